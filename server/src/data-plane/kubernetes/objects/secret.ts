import type { V1Secret } from '@kubernetes/client-node';
import type { InstanceSpec } from '../../data-plane.js';
import { rolesSql } from '../../roles.js';
import type { Applied } from '../json.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';
import { metadataOf } from './identity.js';

/** Files of the Secret. */
export const SUPERUSER_VERIFIER = 'superuser-verifier';
export const ROLES = 'roles.sql';

/**
 * What the server is told about its passwords: verifiers, with which nobody can log in. The image takes one in place of a password.
 *
 * @throws DataPlaneError `configure_failed` for a plain password
 */
export function secretOf(spec: InstanceSpec, settings: KubernetesSettings): Applied<V1Secret> {
  const statements = rolesSql(spec).map((statement) => `${statement};\n`);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(spec, settings.installation),
    type: 'Opaque',
    data: { [SUPERUSER_VERIFIER]: encode(spec.superuserVerifier), [ROLES]: encode(statements.join('\n')) },
  };
}

const encode = (text: string): string => Buffer.from(text).toString('base64');
