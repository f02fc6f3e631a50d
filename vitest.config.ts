import { defaultClientConditions, defaultServerConditions } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  // Packages of this repository, such as `#rules`, are tested from their sources.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  ssr: { resolve: { conditions: ['source', ...defaultServerConditions] } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['server/src/**/*.spec.ts', 'libs/*/src/**/*.spec.ts', 'scripts/**/*.spec.mjs'],
          // They take milliseconds; on a busy machine one that makes thousands of texts may take more than five seconds all the same.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'medium',
          include: ['tests/medium/**/*.spec.ts'],
          globalSetup: ['tests/support/medium-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.spec.ts'],
          globalSetup: ['tests/support/e2e-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has servers of its own to run on the same two cores.
          fileParallelism: false,
          // As many as there are systems for those tests that say that they may run beside each other.
          maxConcurrency: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'k8s',
          include: ['tests/k8s/*.spec.ts'],
          globalSetup: ['tests/support/e2e-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // They wait for the cluster most of the time.
          maxConcurrency: 8,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          // When the others are done: it disturbs the cluster itself.
          name: 'k8s-chaos',
          include: ['tests/k8s/chaos/*.spec.ts'],
          globalSetup: ['tests/support/e2e-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
    exclude: [...configDefaults.exclude, '**/dist/**'],
  },
});
