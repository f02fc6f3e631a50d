export type { ActivityDefinition, Failure, OrchestrationDefinition, OrchestrationStatus } from './domain/definition.js';
export { DefinitionRegistry } from './domain/definition-registry.js';
export { OrchestrationRepository } from './data/orchestration.repository.js';
export { OrchestrationStarter } from './orchestration-starter.js';
