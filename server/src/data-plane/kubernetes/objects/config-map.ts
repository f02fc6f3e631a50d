import type { V1ConfigMap } from '@kubernetes/client-node';
import { type Settings, toConfigurationFile } from '../../../platform/embedded-postgres/settings.js';
import type { InstancePlan } from '../../data-plane.js';
import type { Applied } from '../json.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';
import { metadataOf } from './identity.js';
import { DURABLE_HBA } from './durable.js';
import { DURABLE_INITIALISE_SCRIPT, INITIALISE_SCRIPT, PREPARE_SCRIPT } from './scripts.js';

/** Files of the ConfigMap. */
export const CONFIGURATION = 'postgresql.conf';
export const AUTHENTICATION = 'pg_hba.conf';
export const PREPARE = 'prepare.sh';
export const INITIALISE = 'initialise.sh';

/** Defaults; `ALTER SYSTEM` overrides them. */
const SETTINGS: Settings = {
  max_connections: 100,
  shared_buffers: '128MB',
  password_encryption: 'scram-sha-256',
  log_statement: 'none',
  // As on the local data plane: a line without a user is what the server itself says.
  log_line_prefix: '%m [%p] %q%u@%d ',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Inside the container only the user that runs the server gets in without a password; from outside nobody does. @param inside further lines */
const hba = (inside: string): string => `# Written by Toygres. Nobody gets in from outside without a password.
local all postgres peer
${inside}host all all all scram-sha-256
`;

export function configMapOf(plan: InstancePlan, settings: KubernetesSettings): Applied<V1ConfigMap> {
  const isDurable = plan.imageType === 'pg_durable';
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadataOf(plan, settings.installation),
    data: {
      [CONFIGURATION]: `# Written by Toygres.\n${toConfigurationFile(SETTINGS)}`,
      [AUTHENTICATION]: hba(isDurable ? DURABLE_HBA : ''),
      [PREPARE]: PREPARE_SCRIPT,
      [INITIALISE]: isDurable ? DURABLE_INITIALISE_SCRIPT : INITIALISE_SCRIPT,
    },
  };
}
