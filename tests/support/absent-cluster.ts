import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { temporaryHome } from './servers.js';
import { TestApi } from './test-api.js';

type Config = Parameters<typeof TestApi.start>[0];

/** The configuration of a cluster where nobody answers. @returns its path */
export async function absentCluster(): Promise<string> {
  const kubeConfig = join(await temporaryHome('toygres-kubeconfig-'), 'config');
  await writeFile(
    kubeConfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      // Port 9 is for what is thrown away; nothing listens there.
      clusters: [{ name: 'absent', cluster: { server: 'https://127.0.0.1:9' } }],
      users: [{ name: 'nobody', user: {} }],
      contexts: [{ name: 'absent', context: { cluster: 'absent', user: 'nobody' } }],
      'current-context': 'absent',
    }),
  );
  return kubeConfig;
}

/**
 * The API on the data plane of a cluster where nobody answers. It needs none to accept what is asked for; without a worker, what it accepts stays
 * `creating`. What becomes of it on a cluster is tested in `tests/k8s`.
 */
export async function startApiWithoutCluster(config: Config = {}): Promise<TestApi> {
  vi.stubEnv('KUBECONFIG', await absentCluster());
  return TestApi.start({ dataPlane: 'kubernetes', ...config });
}
