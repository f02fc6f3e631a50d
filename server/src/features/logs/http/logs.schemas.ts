import { z } from 'zod';
import { flag, moment, whole } from '../../../platform/http/query-parameters.js';
import { LOG_SEVERITIES } from '../domain/log-severity.js';

const LogSeverity = z.enum(LOG_SEVERITIES).meta({
  id: 'LogSeverity',
  description: 'As PostgreSQL ranks its messages.',
  example: 'error',
});

export const InstanceLogLine = z
  .object({
    id: z.string().meta({
      description: 'Send it as Last-Event-ID to go on behind this line.',
      example: 'postgresql-20261114T120000.log:1795377600000:4711',
    }),
    time: z.iso
      .datetime({ offset: true })
      .nullable()
      .meta({ description: 'When it was written; null when unknown.', example: '2026-11-14T12:00:00.123Z' }),
    severity: LogSeverity.nullable().meta({
      description: 'Of the message that the line belongs to; null for what is no message of PostgreSQL.',
    }),
    text: z.string().meta({
      description:
        'As the server wrote it, without the time; recognised passwords are masked, a very long line is cut.',
      example: '[5112] app@shop ERROR:  relation "orders" does not exist at character 15',
    }),
  })
  .meta({ id: 'InstanceLogLine', description: 'A line of the log of an instance.' });

export const InstanceLog = z
  .object({ lines: z.array(InstanceLogLine).meta({ description: 'The oldest first.' }) })
  .meta({ id: 'InstanceLog', description: 'The end of the log of an instance.' });

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time, or how long ago. */
const since = z
  .string()
  .transform((text, context) => {
    const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
    const parsed =
      count === undefined ? moment.safeParse(text).data : new Date(Date.now() - Number(count) * (UNITS[unit] ?? 0));
    if (!parsed) {
      context.addIssue({
        code: 'custom',
        message: 'must be a time such as 2026-11-14T12:00:00Z, or a duration such as 15m',
      });
      return z.NEVER;
    }
    return parsed;
  })
  .optional()
  .meta({ description: 'Only what was written since: a time, or a duration in s, m, h or d.', example: '15m' });

export const LogParameters = z.strictObject({
  tail_lines: whole(1, 5_000, 200).meta({ description: 'The last so many lines.' }),
  since,
  follow: flag.meta({
    description:
      'Go on with what is written later, as server-sent events. The header `Accept: text/event-stream` asks for the same.',
    example: true,
  }),
  previous: flag.meta({
    description: 'The log of the run of the server before the present one; that can not be followed.',
    example: true,
  }),
});
