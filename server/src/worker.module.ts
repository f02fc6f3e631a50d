import { type DynamicModule, Module } from '@nestjs/common';
import { type Runtime, RuntimeModule } from './commands/runtime.js';
import { DataPlaneModule } from './data-plane/data-plane.module.js';
import { DataPlaneJobsModule } from './data-plane/data-plane.jobs.module.js';
import { ENTITIES } from './entities.js';
import { BatchesJobsModule } from './features/batches/batches.jobs.module.js';
import { ConsistencyJobsModule } from './features/consistency/consistency.jobs.module.js';
import { HealthJobsModule } from './features/health/health.jobs.module.js';
import { InstancesJobsModule } from './features/instances/instances.jobs.module.js';
import { HousekeepingJobsModule } from './housekeeping/housekeeping.jobs.module.js';
import { OrchestrationsJobsModule } from './orchestrations/orchestrations.jobs.module.js';
import { OrchestrationsModule } from './orchestrations/orchestrations.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { SystemModule } from './system/system.module.js';

/** Queues, schedulers and activities. No controller is in reach of this module; import rules and a test hold that. */
@Module({})
export class WorkerModule {
  static with(runtime: Runtime): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        RuntimeModule.with(runtime),
        LoggingModule,
        DatabaseModule.forRoot(ENTITIES),
        QueueModule,
        DataPlaneModule,
        DataPlaneJobsModule,
        SystemModule,
        OrchestrationsModule,
        OrchestrationsJobsModule,
        InstancesJobsModule,
        BatchesJobsModule,
        HealthJobsModule,
        ConsistencyJobsModule,
        HousekeepingJobsModule,
      ],
    };
  }
}
