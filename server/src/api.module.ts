import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { type Runtime, RuntimeModule } from './commands/runtime.js';
import { DataPlaneModule } from './data-plane/data-plane.module.js';
import { ENTITIES } from './entities.js';
import { BatchesHttpModule } from './features/batches/batches.http.module.js';
import { CapabilitiesHttpModule } from './features/capabilities/capabilities.http.module.js';
import { ConsistencyHttpModule } from './features/consistency/consistency.http.module.js';
import { DurableHttpModule } from './features/durable/durable.http.module.js';
import { HealthHttpModule } from './features/health/health.http.module.js';
import { InstancesHttpModule } from './features/instances/instances.http.module.js';
import { LogsHttpModule } from './features/logs/logs.http.module.js';
import { RuntimeImagesHttpModule } from './features/runtime-images/runtime-images.http.module.js';
import { StatsHttpModule } from './features/stats/stats.http.module.js';
import { TimelineHttpModule } from './features/timeline/timeline.http.module.js';
import { OrchestrationsHttpModule } from './orchestrations/orchestrations.http.module.js';
import { OrchestrationsModule } from './orchestrations/orchestrations.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { SchemaPipe } from './platform/http/schema.pipe.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import { QueueModule } from './platform/queue/queue.module.js';

import { SystemHttpModule } from './system/system.http.module.js';

/** HTTP. No processor is in reach of this module; import rules and a test hold that. */
@Module({})
export class ApiModule {
  static with(runtime: Runtime): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        RuntimeModule.with(runtime),
        LoggingModule,
        DatabaseModule.forRoot(ENTITIES),
        QueueModule,
        DataPlaneModule,
        OrchestrationsModule,
        InstancesHttpModule,
        RuntimeImagesHttpModule,
        DurableHttpModule,
        BatchesHttpModule,
        HealthHttpModule,
        LogsHttpModule,
        StatsHttpModule,
        ConsistencyHttpModule,
        TimelineHttpModule,
        OrchestrationsHttpModule,
        CapabilitiesHttpModule,
        SystemHttpModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: SchemaPipe },
      ],
    };
  }
}
