import eslint from '@eslint/js';
import vitest from '@vitest/eslint-plugin';
import angular from 'angular-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.spec.ts', '**/*.spec.mjs', '**/*.contract.ts', 'tests/**/*.ts', 'client/src/testing/**/*.ts'];
const PROGRAMS = ['scripts/**', 'bench/**', 'server/src/main.ts'];

const environmentIsParsedOnce =
  'The environment is parsed once: add the variable to server/src/config/config.schema.ts, and inject CONFIG where its value is needed.';
const httpStaysInHttp =
  'HTTP exceptions exist only in http/ folders: throw a class that extends DomainError, and give its code a status in platform/http.';
const mediaAreAsked = "Ask the CDK's BreakpointObserver or MediaMatcher, which work where there is no matchMedia, too.";
const waitForEvents =
  'Wait for what has to happen (an event, a row, a line of the log), not for time to pass; tests/support has the means.';

/** What @nestjs/common offers to throw an HTTP status with. */
const HTTP_EXCEPTIONS = [
  'HttpException',
  'BadGatewayException',
  'BadRequestException',
  'ConflictException',
  'ForbiddenException',
  'GatewayTimeoutException',
  'GoneException',
  'HttpVersionNotSupportedException',
  'ImATeapotException',
  'InternalServerErrorException',
  'MethodNotAllowedException',
  'MisdirectedException',
  'NotAcceptableException',
  'NotFoundException',
  'NotImplementedException',
  'PayloadTooLargeException',
  'PreconditionFailedException',
  'RequestTimeoutException',
  'ServiceUnavailableException',
  'UnauthorizedException',
  'UnprocessableEntityException',
  'UnsupportedMediaTypeException',
];

const noEnvImport = ['process', 'node:process'].map((name) => ({
  name,
  importNames: ['env'],
  message: environmentIsParsedOnce,
}));
const noHttpException = { name: '@nestjs/common', importNames: HTTP_EXCEPTIONS, message: httpStaysInHttp };
const noSleepImport = { name: 'node:timers/promises', importNames: ['setTimeout'], message: waitForEvents };

const noSleep = {
  selector:
    "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'][arguments.0.type='Identifier']",
  message: waitForEvents,
};
const noSilentSkip = {
  selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^skip/]',
  message:
    "Skip inside the test, with a condition and a reason: context.skip(condition, 'why'). `npm test` prints the reasons.",
};

/** Attributes of components whose values are no words. */
const SYMBOLS = [
  'appearance',
  'aria-describedby',
  'aria-haspopup',
  'aria-hidden',
  'aria-keyshortcuts',
  'aria-labelledby',
  'aria-live',
  'ariaCurrentWhenActive',
  'autocapitalize',
  'autocomplete',
  'color',
  'formArrayName',
  'formControlName',
  'formGroupName',
  'height',
  'inputmode',
  'look',
  'mat-sort-header',
  'matButton',
  'matColumnDef',
  'mode',
  'name',
  'panelClass',
  'preserveAspectRatio',
  'rel',
  'scope',
  'svgIcon',
  'target',
  'type',
  'width',
  'xPosition',
  'yPosition',
];

export default defineConfig(
  globalIgnores(['tmp/', '.angular/', '**/dist/', '**/coverage/', '**/*.gen.ts', 'libs/sdk/src/generated/']),
  globalIgnores(['client/src/index.html', 'client/public/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  {
    name: 'toygres/templates',
    files: ['client/src/app/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-self-closing-tags': 'error',
      '@angular-eslint/template/prefer-control-flow': 'error',
      // The words of a feature stand in its *.text.ts, where they can be translated.
      '@angular-eslint/template/i18n': [
        'error',
        { checkId: false, checkDuplicateId: false, checkAttributes: true, checkText: true, ignoreAttributes: SYMBOLS },
      ],
    },
  },
  {
    files: ['**/*.{ts,js,mjs}'],
    extends: [eslint.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',

      // Leaves the imports of a file with decorators alone: constructor injection needs the class itself at run time.
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],

      // Nest takes its options as literals and declares their types as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A Nest module is a class without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A method that implements a port is async, so that what it throws is a rejection, even when nothing in it waits.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },

  {
    name: 'toygres/environment',
    files: ['server/**/*.ts', 'libs/**/*.ts', 'migrations/**/*.ts'],
    ignores: ['server/src/config/**', 'server/src/main.ts', ...TESTS],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: environmentIsParsedOnce }],
      'no-restricted-imports': ['error', { paths: [...noEnvImport, noHttpException] }],
    },
  },
  {
    name: 'toygres/http',
    files: ['server/src/**/http/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-restricted-imports': ['error', { paths: noEnvImport }] },
  },
  {
    name: 'toygres/console',
    files: ['client/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'tg', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'tg', style: 'camelCase' }],
      '@angular-eslint/prefer-signals': 'error',
      '@angular-eslint/prefer-output-readonly': 'error',
      'no-restricted-globals': ['error', { name: 'matchMedia', message: mediaAreAsked }],
      // Angular's validators are meant to be passed on as they are.
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
    },
  },
  {
    name: 'toygres/programs',
    files: PROGRAMS,
    rules: { 'no-console': 'off' },
  },

  {
    name: 'toygres/tests',
    files: TESTS,
    ...vitest.configs.recommended,
    settings: { vitest: { typecheck: false } },
    rules: {
      ...vitest.configs.recommended.rules,
      'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert'] }],
      'vitest/no-focused-tests': 'error',
      // Would also refuse context.skip(condition, 'why'), which is how to skip; the selectors below refuse the rest.
      'vitest/no-disabled-tests': 'off',
      'no-restricted-syntax': ['error', noSilentSkip],
      'vitest/no-standalone-expect': 'off',
      'vitest/no-conditional-expect': 'off',
      'vitest/valid-title': ['error', { allowArguments: true }],
      // The second one says what it is about.
      'vitest/valid-expect': ['error', { maxArgs: 2 }],
      // An index into what the test itself has just built.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // expect.any() and its kind are of the type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      // `expect(service.method)` is what it is for.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'toygres/no-sleep',
    files: TESTS,
    ignores: ['tests/support/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [noSleepImport] }],
      'no-restricted-syntax': ['error', noSilentSkip, noSleep],
    },
  },

  {
    name: 'toygres/javascript',
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'AbortController',
          'AbortSignal',
          'Buffer',
          'URL',
          'clearInterval',
          'clearTimeout',
          'console',
          'fetch',
          'performance',
          'setInterval',
          'setTimeout',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
