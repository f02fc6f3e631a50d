import { Module } from '@nestjs/common';
import { OrchestrationQueries } from './data/orchestration.queries.js';
import { OrchestrationController } from './http/orchestration.controller.js';
import { OrchestrationPresenter } from './http/orchestration.presenter.js';

@Module({
  providers: [OrchestrationQueries, OrchestrationPresenter],
  controllers: [OrchestrationController],
  exports: [OrchestrationQueries, OrchestrationPresenter],
})
export class OrchestrationsHttpModule {}
