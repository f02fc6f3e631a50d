import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ActivityRunner } from './jobs/activity-runner.js';
import { ActivityProcessor } from './jobs/activity.processor.js';
import { Dispatcher } from './jobs/dispatcher.js';
import { EngineShutdown } from './jobs/engine-shutdown.js';
import { HandlerRegistry } from './jobs/handler-registry.js';
import { LeaseKeeper } from './jobs/lease-keeper.js';
import { OrchestrationCloser } from './jobs/orchestration-closer.js';

/** What carries orchestrations out: dispatcher, leases, runner and processor. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    HandlerRegistry,
    LeaseKeeper,
    OrchestrationCloser,
    ActivityRunner,
    Dispatcher,
    ActivityProcessor,
    EngineShutdown,
  ],
})
export class OrchestrationsJobsModule {}
