/** What other features' controllers need of this one. */
export { toCreateInstance } from './http/create-instance.js';
export { InstanceName } from './http/instance-name.pipe.js';
export { toSummary } from './http/instance.presenter.js';
export {
  CreateInstanceRequest,
  healthCheckShape,
  HealthStatus,
  InstanceState,
  InstanceSummary,
  NAME_PARAMETER,
  Password,
  report,
  specificationShape,
} from './http/instance.schemas.js';
