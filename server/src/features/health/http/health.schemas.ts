import { z } from 'zod';
import { FailureCode } from '../../../orchestrations/http.js';
import { healthCheckShape, HealthStatus } from '../../instances/http.js';
import { moment, whole } from '../../../platform/http/query-parameters.js';

const HOUR_MS = 3_600_000;

/** Stretches that checks can be summed up over, in seconds. */
export const RESOLUTIONS = { raw: null, '1m': 60, '5m': 300, '15m': 900, '1h': 3_600, '1d': 86_400 } as const;

export const HealthParameters = z
  .strictObject({
    from: moment.meta({ description: 'Begin of the window; 24 hours before its end when left out.' }),
    to: moment.meta({ description: 'End of the window; now when left out.' }),
    resolution: z
      .enum(Object.keys(RESOLUTIONS) as [keyof typeof RESOLUTIONS, ...(keyof typeof RESOLUTIONS)[]])
      .default('raw')
      .meta({
        description: '`raw`: the latest checks. Otherwise stretches of this length with percentiles and uptime.',
      }),
    limit: whole(1, 5_000, 500).meta({ description: 'At most this many raw checks.' }),
  })
  .transform(({ from, to, ...rest }) => {
    const end = to ?? new Date();
    return { ...rest, from: from ?? new Date(end.getTime() - 24 * HOUR_MS), to: end };
  })
  .refine(({ from, to }) => from < to, { message: 'must lie before "to"', path: ['from'] });

export const HealthCheck = z
  .object({
    ...healthCheckShape,
    postgres_version: z.string().nullable().meta({ example: 'PostgreSQL 18.4' }),
  })
  .meta({ id: 'HealthCheck', description: 'One check.' });

export const HealthBucket = z
  .object({
    from: z.date(),
    checks: z.int().meta({ example: 90 }),
    uptime_percent: z.number().meta({ description: 'Good checks among all, in percent.', example: 99.8 }),
    p50_ms: z.number().nullable().meta({ description: 'Median response time, in milliseconds.', example: 3.1 }),
    p95_ms: z.number().nullable().meta({ example: 8.4 }),
  })
  .meta({ id: 'HealthBucket', description: 'Checks of one stretch. A stretch without a check is left out.' });

export const HealthHistory = z
  .object({
    current_status: HealthStatus,
    last_check: z
      .date()
      .nullable()
      .meta({ description: 'null before the first check.', example: '2026-11-14T12:00:00Z' }),
    history: z.array(HealthCheck).meta({ description: 'With `raw`: the newest first. Otherwise empty.' }),
    buckets: z.array(HealthBucket).meta({ description: 'With another resolution: the oldest first. Otherwise empty.' }),
    uptime_percent: z
      .number()
      .nullable()
      .meta({ description: 'Of the window; null when nothing was checked.', example: 99.8 }),
  })
  .meta({ id: 'HealthHistory', description: 'Health of one instance.' });

export const InstanceCheck = z
  .object({
    instance_id: z.uuid(),
    status: z.enum(['healthy', 'unhealthy']),
    checked_at: z.iso.datetime({ offset: true }),
    response_time_ms: z
      .number()
      .nullable()
      .meta({ description: 'Login and query; null when there was no answer.', example: 2.6 }),
    code: FailureCode.nullable().meta({ description: 'Why it failed, for programs.', example: null }),
    reason: z.string().nullable().meta({ description: 'Why it failed; null when it did not.', example: null }),
  })
  .meta({ id: 'InstanceCheck', description: 'A check of one instance.' });

export const ChecksEvent = z
  .object({
    type: z.literal('health.checked'),
    checks: z.array(InstanceCheck).meta({ description: 'In the order in which they were made, or nearly so.' }),
  })
  .meta({
    id: 'ChecksEvent',
    description:
      'Health checks as they are made. It is about this moment: it has no id, is not kept, and may be left out.',
  });
