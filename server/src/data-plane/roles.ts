import { isScramVerifier } from '../platform/crypto/scram.js';
import { DataPlaneError, type InstanceSpec, MONITORING_ROLE } from './data-plane.js';

/**
 * SQL that sets the verifiers and makes the monitoring role. It may be executed any number of times.
 *
 * @throws DataPlaneError `configure_failed` for anything that is not a verifier, a plain password above all
 */
export function rolesSql(spec: Pick<InstanceSpec, 'superuserVerifier' | 'monitoringVerifier'>): string[] {
  if (!isScramVerifier(spec.superuserVerifier) || !isScramVerifier(spec.monitoringVerifier)) {
    throw new DataPlaneError('configure_failed', 'A password must be given as a SCRAM-SHA-256 verifier.', false);
  }
  return [
    `ALTER ROLE postgres LOGIN SUPERUSER PASSWORD '${spec.superuserVerifier}'`,
    `DO $$ BEGIN
       IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${MONITORING_ROLE}') THEN CREATE ROLE ${MONITORING_ROLE}; END IF;
     END $$`,
    `ALTER ROLE ${MONITORING_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '${spec.monitoringVerifier}'`,
    `GRANT pg_monitor TO ${MONITORING_ROLE}`,
  ];
}
