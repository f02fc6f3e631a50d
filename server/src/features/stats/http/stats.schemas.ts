import { z } from 'zod';
import { HealthBucket } from '../../health/http.js';
import { InstanceSummary } from '../../instances/http.js';
import { OrchestrationRecord } from '../../../orchestrations/http.js';

export const Stats = z
  .object({
    total: z.int().meta({ description: 'Instances that are neither deleted nor purged.', example: 15 }),
    by_state: z
      .object({
        creating: z.int(),
        running: z.int(),
        stopping: z.int(),
        stopped: z.int(),
        starting: z.int(),
        restarting: z.int(),
        failed: z.int(),
        deleting: z.int(),
        deleted: z.int(),
        purging: z.int(),
      })
      .meta({
        description: 'The deleted ones that can be brought back too, although `total` leaves them out.',
        example: {
          creating: 2,
          running: 12,
          stopping: 0,
          stopped: 0,
          starting: 0,
          restarting: 0,
          failed: 1,
          deleting: 0,
          deleted: 3,
          purging: 0,
        },
      }),
    by_health: z
      .object({ healthy: z.int(), unhealthy: z.int(), unknown: z.int() })
      .meta({ description: 'Of the running instances.', example: { healthy: 11, unhealthy: 1, unknown: 0 } }),
    recent_instances: z.array(InstanceSummary).meta({ description: 'The newest five.' }),
    failed_instances: z
      .array(InstanceSummary)
      .meta({ description: 'Up to twenty failed instances, the latest first.', example: [] }),
    orchestrations_in_flight: z.array(OrchestrationRecord).meta({ description: 'What is under way.', example: [] }),
    capacity: z
      .object({
        ports: z
          .object({ used: z.int(), total: z.int() })
          .nullable()
          .meta({ example: { used: 15, total: 1000 } }),
        disk: z
          .object({ free_bytes: z.int(), total_bytes: z.int() })
          .nullable()
          .meta({ example: { free_bytes: 412_316_860_416, total_bytes: 536_870_912_000 } }),
        storage_promised_gb: z.int().meta({ description: 'Sum of the sizes of all instances.', example: 150 }),
      })
      .meta({ id: 'Capacity', description: 'What is left to give away; null where it is not known.' }),
    health_over_time: z
      .array(HealthBucket)
      .meta({ description: 'All instances over the last 24 hours, per quarter of an hour; up to ten seconds old.' }),
    create_latency: z
      .array(
        z
          .object({
            stage: z.string().meta({ description: 'An activity, or `total`.', example: 'instance.start' }),
            p50_ms: z.number().meta({ example: 62 }),
            p95_ms: z.number().meta({ example: 88 }),
            samples: z.int().meta({ example: 200 }),
          })
          .meta({ id: 'StageLatency' }),
      )
      .meta({ description: 'As measured over the last 200 creates.' }),
    as_of: z.date(),
  })
  .meta({ id: 'Stats', description: 'Figures over all instances.' });
