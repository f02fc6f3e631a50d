import { KubeConfig } from '@kubernetes/client-node';
import { StartError } from '../../platform/errors/start-error.js';

/** The cluster of KUBECONFIG, or the one that this process runs in. Nothing is asked of it. @throws StartError when there is neither */
export function kubeConfigOf(): KubeConfig {
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromDefault();
  } catch (error) {
    throw new StartError('The configuration of the cluster can not be read; see KUBECONFIG.', { cause: error });
  }
  const cluster = kubeConfig.getCurrentCluster();
  // What the library makes up where it finds nothing.
  if (cluster === null || cluster.server === 'http://localhost:8080') {
    throw new StartError('There is no cluster: set KUBECONFIG, or run Toygres in one with a service account.');
  }
  return kubeConfig;
}
