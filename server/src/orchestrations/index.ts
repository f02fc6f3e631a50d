export type { ActivityDefinition, Failure, OrchestrationDefinition, OrchestrationStatus } from './domain/definition.js';
export { DefinitionRegistry } from './domain/definition-registry.js';
export { ActivityRepository } from './data/activity.repository.js';
export { OrchestrationNotFoundError } from './domain/orchestration-errors.js';
export { type OrchestrationHead, OrchestrationRepository } from './data/orchestration.repository.js';
export { OrchestrationStarter } from './orchestration-starter.js';
