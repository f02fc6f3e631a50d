export type { ListQuery } from './data/list-filter.js';
export { InstanceQueries, type InstanceRow } from './data/instance.queries.js';
export { type InstanceRecord, InstanceRepository, type NewInstance, planOf } from './data/instance.repository.js';
export { healthSchedulerId } from './domain/health-scheduler-id.js';
export {
  HEALTH_STATUSES,
  type HealthStatus,
  HIDDEN_STATES,
  INSTANCE_STATES,
  type InstanceState,
} from './domain/instance.js';
export { connectionFailure } from './connection-test.js';
export { DEFAULT_DATABASE, MASK, SUPERUSER } from './domain/instance.js';
export { endpointOf } from './domain/instance-endpoint.js';
export { isLoginRefused } from './domain/login-refusal.js';
export { InstanceNotFoundError, InvalidStateError } from './domain/instance-errors.js';
export { InstanceLifecycle } from './instance-lifecycle.js';
export { InstanceUpkeep } from './instance-upkeep.js';
export type { LoginTarget } from './login-probe.js';
export { InstanceSecrets, newPassword } from './instance-secrets.js';
export { type CreateInstance, InstanceService } from './instance.service.js';
