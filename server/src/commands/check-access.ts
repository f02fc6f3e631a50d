import type { Config } from '../config/config.js';
import { missingAccess } from '../data-plane/kubernetes/access.js';
import { kubeConfigOf } from '../data-plane/kubernetes/kube-config.js';
import { StartError } from '../platform/errors/start-error.js';

/** Prints which rights this account lacks in the cluster. @throws StartError when something is missing that nothing works without */
export async function checkAccess(config: Config): Promise<void> {
  const missing = await missingAccess(kubeConfigOf(), config.namespaces).catch((error: unknown) => {
    throw new StartError('The cluster can not be asked; see KUBECONFIG.', { cause: error });
  });
  for (const { namespace, verb, resource, without } of missing) {
    const where = namespace === null ? 'in the cluster' : `in the namespace ${namespace}`;
    process.stdout.write(
      `missing: ${verb} ${resource} ${where}${without === undefined ? '' : `; without it ${without}`}\n`,
    );
  }
  if (missing.some(({ without }) => without === undefined)) {
    throw new StartError('Toygres lacks rights in the cluster; k8s/server/rbac.yaml has the roles that hold them.');
  }
  process.stdout.write(`Toygres has the rights that it needs in ${config.namespaces.join(', ')}.\n`);
}
