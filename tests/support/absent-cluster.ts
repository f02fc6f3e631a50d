import { join } from 'node:path';
import { vi } from 'vitest';
import { TestApi } from './test-api.js';

type Config = Parameters<typeof TestApi.start>[0];

/** A KUBECONFIG of a cluster where nobody answers: port 9 is for what is thrown away, and nothing listens there. */
export const ABSENT_CLUSTER = join(import.meta.dirname, 'absent-cluster.json');

/**
 * The API on the data plane of a cluster where nobody answers. It needs none to accept what is asked for; without a worker, what it accepts stays
 * `creating`. What becomes of it on a cluster is tested in `tests/k8s`.
 */
export async function startApiWithoutCluster(config: Config = {}): Promise<TestApi> {
  vi.stubEnv('KUBECONFIG', ABSENT_CLUSTER);
  return TestApi.start({ dataPlane: 'kubernetes', ...config });
}
