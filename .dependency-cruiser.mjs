/**
 * The boundaries of docs/architecture.md, as rules. `npm run lint:imports` checks them; scripts/import-rules.spec.mjs proves that each
 * one still fires. Type-only imports count too: knowing another part's types is depending on it.
 */

const TESTS = '\\.(spec|contract)\\.ts$';
const FEATURE = '^server/src/features/([^/]+)/';
const DOMAIN = '^server/src/(?:features/[^/]+|orchestrations)/domain/';

/** What others may import of a feature: in general, and what only controllers or only jobs need, so that neither loads the other. */
const DOORS = '(index|http|jobs)\\.ts$';

/** Packages are found under node_modules, wherever npm has put that. */
const packages = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);

export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'A domain is plain TypeScript that can be read and tested alone. It may use domains, #rules, platform/errors and ' +
        'node:crypto. Move what needs Nest, TypeORM, BullMQ or another layer to data/, jobs/, http/ or the service of the feature.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TESTS },
      to: { pathNot: [DOMAIN, '^libs/rules/', '^server/src/platform/errors/', '^(node:)?crypto$'] },
    },
    {
      name: 'typeorm-in-data',
      comment:
        'TypeORM stays behind repositories: give the repository in data/ a method named after the intention, and take the type ' +
        'Transaction from platform/database where a transaction is passed on.',
      severity: 'error',
      from: {
        path: '^(server|libs|client|bench)/',
        pathNot: ['/data/', '^server/src/platform/database/', TESTS],
      },
      to: { path: packages('typeorm', '@nestjs/typeorm') },
    },
    {
      name: 'features-meet-through-index',
      comment:
        "Import another feature through its index.ts (http.ts from controllers, jobs.ts from jobs); what isn't exported there is its own business. " +
        'Export it there if it is meant for others. Domains, being pure, may meet directly.',
      severity: 'error',
      from: { path: FEATURE, pathNot: ['\\.module\\.ts$', DOMAIN] },
      to: { path: FEATURE, pathNot: ['^server/src/features/$1/', `^server/src/features/[^/]+/${DOORS}`] },
    },
    {
      name: 'modules-meet-through-modules',
      comment: 'A module file imports index.ts or a module file of another feature, nothing else of it.',
      severity: 'error',
      from: { path: `${FEATURE}.*\\.module\\.ts$` },
      to: {
        path: FEATURE,
        pathNot: ['^server/src/features/$1/', '^server/src/features/[^/]+/(index|[^/]+\\.module)\\.ts$'],
      },
    },
    {
      name: 'features-have-one-door',
      comment:
        'Outside the features too, a feature is reached through its index.ts, or through a module file where modules are composed.',
      severity: 'error',
      // entities.ts lists every table, for the data source and for the drift check.
      from: { path: '^(server/src/(?!features/)|bench/)', pathNot: ['^server/src/entities\\.ts$', TESTS] },
      to: { path: FEATURE, pathNot: '^server/src/features/[^/]+/(index|[^/]+\\.module)\\.ts$' },
    },
    {
      name: 'http-stays-in-http',
      comment:
        'How a thing looks in the API is said in http/ folders. ESLint holds the other half of this rule: HTTP exceptions.',
      severity: 'error',
      from: { path: '^(server|libs)/', pathNot: ['/http/', TESTS] },
      to: { path: packages('@nestjs/swagger') },
    },
    {
      name: 'api-loads-no-job',
      comment:
        'An api process must not even load a processor: it would take work from the queue. Something that api.module.ts imports leads ' +
        'to this file; import the *.module.ts or *.http.module.ts of the feature instead.',
      severity: 'error',
      from: { path: '^server/src/api\\.module\\.ts$' },
      to: { path: ['^server/src/.*/jobs/', '\\.jobs\\.module\\.ts$', '\\.processor\\.ts$'], reachable: true },
    },
    {
      name: 'worker-loads-no-http',
      comment:
        'A worker process must not even load a controller. Something that worker.module.ts imports leads to this file; import the ' +
        '*.module.ts or *.jobs.module.ts of the feature instead.',
      severity: 'error',
      from: { path: '^server/src/worker\\.module\\.ts$' },
      to: { path: ['^server/src/.*/http/', '\\.http\\.module\\.ts$', '\\.controller\\.ts$'], reachable: true },
    },
    {
      name: 'adapters-behind-the-port',
      comment:
        'Only data-plane.module.ts and data-plane.jobs.module.ts choose an adapter. Everything else injects DataPlane and works with any of them. ' +
        'The command check-access is about the rights of one adapter.',
      severity: 'error',
      from: {
        path: '^(server|libs|migrations|bench)/',
        pathNot: [
          '^server/src/data-plane/(data-plane(\\.jobs)?\\.module\\.ts$|local/|kubernetes/)',
          '^server/src/commands/check-access\\.ts$',
          '^server/src/entities\\.ts$',
          TESTS,
        ],
      },
      to: { path: '^server/src/data-plane/(local|kubernetes)/' },
    },
    {
      name: 'adapters-stand-apart',
      comment: 'One adapter never leans on another; what both need belongs to data-plane/ or platform/.',
      severity: 'error',
      from: { path: '^server/src/data-plane/(local|kubernetes)/', pathNot: TESTS },
      to: { path: '^server/src/data-plane/(local|kubernetes)/', pathNot: '^server/src/data-plane/$1/' },
    },
    {
      name: 'rules-stand-alone',
      comment: 'libs/rules also runs in the browser: it imports nothing but itself, not even Node.js.',
      severity: 'error',
      from: { path: '^libs/rules/', pathNot: TESTS },
      to: { pathNot: '^libs/rules/' },
    },
    {
      name: 'sdk-stands-alone',
      comment:
        'The SDK is installed without the server: it knows the contract (openapi.json) and nothing of what is behind it.',
      severity: 'error',
      from: { path: '^libs/sdk/src/', pathNot: TESTS },
      to: { path: '^(server|client|migrations|libs/rules)/' },
    },
    {
      name: 'client-knows-no-server',
      comment: 'The console talks to the server through the SDK only, like anyone else.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|migrations)/' },
    },
    {
      name: 'console-features-meet-through-index',
      comment:
        'A page of the console imports another feature through its index.ts only; what is not exported there is its own business.',
      severity: 'error',
      from: { path: '^client/src/app/features/([^/]+)/' },
      to: {
        path: '^client/src/app/features/([^/]+)/',
        pathNot: ['^client/src/app/features/$1/', '^client/src/app/features/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'console-pages-on-top',
      comment:
        'What all pages stand on (core, live, ui) knows no page and nothing of what surrounds them. Move what it needs down, or pass it in.',
      severity: 'error',
      from: { path: '^client/src/app/(core|live|ui)/', pathNot: TESTS },
      to: { path: '^client/src/app/(features|shell)/' },
    },
    {
      name: 'console-widgets-ask-nobody',
      comment:
        'A widget in ui/ shows what it is given: it takes data as inputs and knows neither the API nor the event stream.',
      severity: 'error',
      from: { path: '^client/src/app/ui/', pathNot: TESTS },
      to: { path: ['^client/src/app/live/', '^client/src/app/core/toygres'] },
    },
    {
      name: 'console-testing-in-tests',
      comment: 'client/src/testing holds doubles and samples: nothing that is shipped may import it.',
      severity: 'error',
      from: { path: '^client/src/app/', pathNot: TESTS },
      to: { path: '^client/src/testing/' },
    },
    {
      name: 'platform-has-no-business',
      comment:
        'platform/ is technology without business words. What it needs of a feature is a parameter or an interface of its own.',
      severity: 'error',
      from: { path: '^server/src/platform/', pathNot: TESTS },
      to: { path: '^server/src/(features|orchestrations|data-plane|housekeeping|[^/]+\\.module\\.ts$)' },
    },
    {
      name: 'no-cycle',
      comment:
        'Files that import each other in a circle can only be understood together. Cycles of types alone are harmless.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      comment: 'Nothing imports this file, and it imports nothing: it is dead, or a mistake.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '\\.config\\.mjs$', '^server/src/main\\.ts$', TESTS, '^tests/', '^bench/'],
      },
      to: {},
    },
    {
      name: 'no-dead-code',
      comment: 'The server never reaches this file. Delete it, or move what only tests use to tests/support.',
      severity: 'error',
      from: { path: '^server/src/main\\.ts$' },
      to: { path: '^server/src/', pathNot: [TESTS, '\\.d\\.ts$'], reachable: false },
    },
    {
      name: 'no-dev-dependency',
      comment: 'What runs in production must not need a package of devDependencies. Move the package to dependencies.',
      severity: 'error',
      from: { path: '^(server/src|migrations|libs/[^/]+/src)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-package',
      comment: 'This package is only there because another one needs it. Add it to package.json.',
      severity: 'error',
      from: { pathNot: '^libs/sdk/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolved',
      comment: "This import leads nowhere, so that no rule could judge it. A file's name ends in .js in an import.",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],

  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '^libs/sdk/src/generated/', '\\.gen\\.ts$'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Sees imports that the compiler would drop.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'node', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
