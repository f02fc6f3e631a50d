import { Global, Module } from '@nestjs/common';
import { ActivityRepository } from './data/activity.repository.js';
import { OrchestrationRepository } from './data/orchestration.repository.js';
import { DefinitionRegistry } from './domain/definition-registry.js';
import { OrchestrationStarter } from './orchestration-starter.js';

/** What api and worker share: definitions, rows, and how an orchestration is started. */
@Global()
@Module({
  providers: [DefinitionRegistry, OrchestrationRepository, ActivityRepository, OrchestrationStarter],
  exports: [DefinitionRegistry, OrchestrationRepository, ActivityRepository, OrchestrationStarter],
})
export class OrchestrationsModule {}
