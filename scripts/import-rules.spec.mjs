import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../.dependency-cruiser.mjs';

const root = join(import.meta.dirname, '..');

const PACKAGES = ['@nestjs/common', '@nestjs/swagger', 'typeorm', 'bullmq', 'undeclared', 'test-tool'];
const MANIFEST = {
  type: 'module',
  dependencies: { '@nestjs/common': '1', '@nestjs/swagger': '1', typeorm: '1', bullmq: '1' },
  devDependencies: { 'test-tool': '1' },
  imports: { '#rules': { source: './libs/rules/src/index.ts', default: './dist/libs/rules/src/index.js' } },
};

const imports = (...names) => `${names.map((name) => `import '${name}';`).join('\n')}\nexport {};\n`;
const feature = (path) => `server/src/features/${path}`;

/** A small Toygres that keeps every rule, with the imports that the rules are meant to allow. */
const LEGAL = {
  'server/src/main.ts': imports('./api.module.js', './worker.module.js', './data-plane/data-plane.module.js'),
  'server/src/api.module.ts': imports('./features/a/a.http.module.js', '#rules'),
  'server/src/worker.module.ts': imports('./features/a/a.jobs.module.js'),
  'server/src/platform/errors/domain-error.ts': 'export const thrown = 1;\n',
  'server/src/platform/database/database.ts': imports('typeorm'),
  'server/src/data-plane/data-plane.module.ts': imports('./local/local-data-plane.js', '@nestjs/common'),
  'server/src/data-plane/local/local-data-plane.ts': imports('./data/sql-port-ledger.js'),
  'server/src/data-plane/local/data/sql-port-ledger.ts': imports('typeorm'),
  [feature('a/index.ts')]: imports('./domain/a.js'),
  [feature('a/a.module.ts')]: imports('./data/a.repository.js', '../b/b.module.js', '../b/index.js'),
  [feature('a/a.http.module.ts')]: imports('./http/a.controller.js', './a.module.js'),
  [feature('a/a.jobs.module.ts')]: imports('./jobs/a.processor.js', './a.module.js'),
  [feature('a/domain/a.ts')]: imports(
    './other.js',
    '#rules',
    '../../../platform/errors/domain-error.js',
    'node:crypto',
  ),
  [feature('a/domain/other.ts')]: 'export const other = 1;\n',
  [feature('a/domain/a.spec.ts')]: imports('test-tool', './a.js'),
  [feature('a/data/a.repository.ts')]: imports('typeorm', '../../../platform/database/database.js', '../../b/index.js'),
  [feature('a/http/a.controller.ts')]: imports('@nestjs/swagger', '../index.js'),
  [feature('a/jobs/a.processor.ts')]: imports('bullmq', '../../b/index.js'),
  [feature('b/index.ts')]: imports('./b.js'),
  [feature('b/b.ts')]: imports('@nestjs/common'),
  [feature('b/b.module.ts')]: imports('./b.js'),
  'libs/rules/src/index.ts': imports('./rule.js'),
  'libs/rules/src/rule.ts': 'export const rule = 1;\n',
  'migrations/1-create.ts': imports('typeorm'),
  'client/src/page.ts': imports('../../libs/rules/src/index.js'),
  'client/src/app/features/a/index.ts': imports('./button.js'),
  'client/src/app/features/a/button.ts': imports('../../live/live.js', '../../ui/icon.js'),
  'client/src/app/features/b/b.ts': imports('../a/index.js', '../../shell/text.js'),
  'client/src/app/features/b/b.spec.ts': imports('./b.js', '../../../testing/samples.js'),
  'client/src/app/live/live.ts': imports('../core/toygres.js'),
  'client/src/app/core/toygres.ts': 'export const toygres = 1;\n',
  'client/src/app/shell/text.ts': 'export const text = 1;\n',
  'client/src/app/ui/icon.ts': 'export const icon = 1;\n',
  'client/src/testing/samples.ts': 'export const samples = 1;\n',
  'tests/medium/a.spec.ts': imports('../../server/src/data-plane/local/local-data-plane.js', 'test-tool'),
};

/** For each rule, files that break it. They replace legal ones or join them. */
const VIOLATIONS = [
  ...['@nestjs/common', 'typeorm', 'bullmq', 'node:fs', '../data/a.repository.js', '../../b/index.js'].map((name) => ({
    rule: 'domain-is-pure',
    because: `a domain imports ${name}`,
    files: { [feature('a/domain/a.ts')]: imports(name) },
  })),
  {
    rule: 'typeorm-in-data',
    because: 'a service imports typeorm',
    files: { [feature('b/b.ts')]: imports('typeorm') },
  },
  {
    rule: 'features-meet-through-index',
    because: 'a file imports the inside of another feature',
    files: { [feature('a/jobs/a.processor.ts')]: imports('../../b/b.js') },
  },
  {
    rule: 'features-meet-through-index',
    because: 'a file imports only a type from the inside of another feature',
    files: {
      [feature('a/jobs/a.processor.ts')]: "import type { B } from '../../b/b.js';\nexport type C = B;\n",
      [feature('b/b.ts')]: 'export type B = string;\n',
    },
  },
  {
    rule: 'modules-meet-through-modules',
    because: 'a module imports a service of another feature',
    files: { [feature('a/a.module.ts')]: imports('../b/b.js', './data/a.repository.js', '../b/b.module.js') },
  },
  {
    rule: 'features-have-one-door',
    because: 'the root imports a service of a feature',
    files: { 'server/src/api.module.ts': imports('./features/a/a.http.module.js', './features/b/b.js') },
  },
  {
    rule: 'http-stays-in-http',
    because: 'a service imports @nestjs/swagger',
    files: { [feature('b/b.ts')]: imports('@nestjs/swagger') },
  },
  {
    rule: 'api-loads-no-job',
    because: 'a controller leads to a processor',
    files: { [feature('a/http/a.controller.ts')]: imports('../jobs/a.processor.js', '../index.js') },
  },
  {
    rule: 'worker-loads-no-http',
    because: 'a processor leads to a controller',
    files: { [feature('a/jobs/a.processor.ts')]: imports('../http/a.controller.js', '../../b/index.js') },
  },
  {
    rule: 'adapters-behind-the-port',
    because: 'a service imports an adapter',
    files: { [feature('b/b.ts')]: imports('../../data-plane/local/local-data-plane.js') },
  },
  {
    rule: 'adapters-stand-apart',
    because: 'an adapter imports another',
    files: {
      'server/src/data-plane/kubernetes/k.ts': 'export const k = 1;\n',
      'server/src/data-plane/local/local-data-plane.ts': imports('../kubernetes/k.js', './data/sql-port-ledger.js'),
    },
  },
  {
    rule: 'rules-stand-alone',
    because: 'libs/rules imports the server',
    files: { 'libs/rules/src/rule.ts': imports('../../../server/src/platform/errors/domain-error.js') },
  },
  {
    rule: 'rules-stand-alone',
    because: 'libs/rules imports Node.js',
    files: { 'libs/rules/src/rule.ts': imports('node:path') },
  },
  {
    rule: 'sdk-stands-alone',
    because: 'the SDK imports the rules',
    files: { 'libs/sdk/src/index.ts': imports('../../rules/src/index.js') },
  },
  {
    rule: 'console-features-meet-through-index',
    because: 'a page imports the inside of another feature',
    files: { 'client/src/app/features/b/b.ts': imports('../a/button.js') },
  },
  {
    rule: 'console-pages-on-top',
    because: 'the live store imports a page',
    files: { 'client/src/app/live/live.ts': imports('../features/a/index.js') },
  },
  {
    rule: 'console-widgets-ask-nobody',
    because: 'a widget reads the API',
    files: { 'client/src/app/ui/icon.ts': imports('../core/toygres.js') },
  },
  {
    rule: 'console-testing-in-tests',
    because: 'a page imports a sample',
    files: { 'client/src/app/features/b/b.ts': imports('../../../testing/samples.js') },
  },
  {
    rule: 'client-knows-no-server',
    because: 'the console imports the server',
    files: { 'client/src/page.ts': imports('../../server/src/platform/errors/domain-error.js') },
  },
  {
    rule: 'platform-has-no-business',
    because: 'platform imports a feature',
    files: { 'server/src/platform/database/database.ts': imports('../../features/b/index.js', 'typeorm') },
  },
  {
    rule: 'no-cycle',
    because: 'two files import each other',
    files: { [feature('a/domain/other.ts')]: imports('./a.js') },
  },
  {
    rule: 'no-orphan',
    because: 'a file stands alone',
    files: { 'libs/rules/src/lonely.ts': 'export const lonely = 1;\n' },
  },
  {
    rule: 'no-dead-code',
    because: 'only a test imports a file of the server',
    files: {
      [feature('b/unused.ts')]: imports('./b.js'),
      [feature('b/unused.spec.ts')]: imports('./unused.js'),
    },
  },
  {
    rule: 'no-dev-dependency',
    because: 'the server imports a package of devDependencies',
    files: { [feature('b/b.ts')]: imports('test-tool') },
  },
  {
    rule: 'no-undeclared-package',
    because: 'the server imports a package that package.json does not name',
    files: { [feature('b/b.ts')]: imports('undeclared') },
  },
  {
    rule: 'no-unresolved',
    because: 'an import leads nowhere',
    files: { [feature('b/b.ts')]: imports('./gone.js') },
  },
];

describe.concurrent('the import rules', { timeout: 60_000 }, () => {
  let directory;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'toygres-imports-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('let a tree pass that keeps them', async () => {
    expect(await brokenBy(await mkdtemp(join(directory, 'tree-')), LEGAL)).toEqual([]);
  });

  it.each(VIOLATIONS)('$rule: $because', async ({ rule, files }) => {
    expect(await brokenBy(await mkdtemp(join(directory, 'tree-')), { ...LEGAL, ...files })).toContain(rule);
  });

  it('are all tried here', () => {
    const tried = new Set(VIOLATIONS.map(({ rule }) => rule));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});

/** The names of the rules that a tree of these files breaks. */
async function brokenBy(tree, files) {
  const write = async (path, text) => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  };
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'tsconfig.base.json']) {
    await copyFile(join(root, file), join(tree, file));
  }
  await write('package.json', JSON.stringify(MANIFEST));
  for (const name of PACKAGES) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, '');
  }
  for (const [path, text] of Object.entries(files)) {
    await write(path, text);
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules', '.bin', 'depcruise'),
      ...['--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
      ...['server', 'libs', 'migrations', 'client', 'tests'],
    ],
    { cwd: tree, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout).summary.violations.map(({ rule }) => rule.name);
}
