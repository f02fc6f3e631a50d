import { CreateInstances1764000000000 } from './1764000000000-create-instances.js';
import { CreateOrchestrations1764000001000 } from './1764000001000-create-orchestrations.js';
import { CreateInstanceEvents1764000002000 } from './1764000002000-create-instance-events.js';
import { CreateHealthChecks1764000003000 } from './1764000003000-create-health-checks.js';
import { CreateIdempotencyKeys1764000004000 } from './1764000004000-create-idempotency-keys.js';
import { CreateInstanceCounts1764000005000 } from './1764000005000-create-instance-counts.js';
import { CreateHealthRollups1764000010000 } from './1764000010000-create-health-rollups.js';
import { KeepDeletedInstances1764000011000 } from './1764000011000-keep-deleted-instances.js';
import { CreateBatches1764000012000 } from './1764000012000-create-batches.js';
import { CreateFindings1764000012500 } from './1764000012500-create-findings.js';
import { HealthCodes1764000013000 } from './1764000013000-health-codes.js';
import { ClusterResources1764000014000 } from './1764000014000-cluster-resources.js';
import { CreateRuntimeImages1764000015000 } from './1764000015000-create-runtime-images.js';

/** All migrations in their order. A migration that has been merged is never edited. */
export const MIGRATIONS = [
  CreateInstances1764000000000,
  CreateOrchestrations1764000001000,
  CreateInstanceEvents1764000002000,
  CreateHealthChecks1764000003000,
  CreateIdempotencyKeys1764000004000,
  CreateInstanceCounts1764000005000,
  CreateHealthRollups1764000010000,
  KeepDeletedInstances1764000011000,
  CreateBatches1764000012000,
  CreateFindings1764000012500,
  HealthCodes1764000013000,
  ClusterResources1764000014000,
  CreateRuntimeImages1764000015000,
];
