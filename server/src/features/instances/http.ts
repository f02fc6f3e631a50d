/** What other features' controllers need of this one. */
export { InstanceName } from './http/instance-name.pipe.js';
export { toSummary } from './http/instance.presenter.js';
export { healthCheckShape, HealthStatus, InstanceState, InstanceSummary } from './http/instance.schemas.js';
