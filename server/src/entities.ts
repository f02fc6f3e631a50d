import { BatchEntity, BatchItemEntity } from './features/batches/data/batch.entities.js';
import { FindingEntity } from './features/consistency/data/finding.entity.js';
import { HealthCheckEntity, HealthRollupEntity } from './features/health/data/health.entity.js';
import {
  InstanceCountEntity,
  InstanceEntity,
  InstanceHealthEntity,
} from './features/instances/data/instance.entities.js';
import { RuntimeImageEntity } from './features/runtime-images/data/runtime-image.entity.js';
import { TimelineEventEntity } from './features/timeline/data/timeline-event.entity.js';
import { OrchestrationActivityEntity, OrchestrationEntity } from './orchestrations/data/orchestration.entities.js';
import { IdempotencyKeyEntity } from './platform/database/entities/idempotency-key.entity.js';
import { SettingEntity } from './platform/database/entities/setting.entity.js';
import { InstancePortEntity } from './data-plane/local/data/instance-port.entity.js';

/** Every table of the schema; a test holds them against the migrations. */
export const ENTITIES = [
  RuntimeImageEntity,
  InstanceEntity,
  InstanceHealthEntity,
  InstanceCountEntity,
  InstancePortEntity,
  OrchestrationEntity,
  OrchestrationActivityEntity,
  TimelineEventEntity,
  BatchEntity,
  BatchItemEntity,
  FindingEntity,
  HealthCheckEntity,
  HealthRollupEntity,
  IdempotencyKeyEntity,
  SettingEntity,
];
