import { z } from 'zod';
import { flag, whole } from '../../../platform/http/query-parameters.js';

const TimelineEventType = z
  .enum([
    'instance.created',
    'instance.state_changed',
    'instance.health_changed',
    'instance.endpoint_changed',
    'instance.updated',
    'orchestration.progress',
    'orchestration.cancel_requested',
    'orchestration.compensating',
    'orchestration.succeeded',
    'orchestration.failed',
    'orchestration.cancelled',
    'batch.changed',
    'findings.changed',
  ])
  .meta({
    id: 'TimelineEventType',
    description: 'What happened. Later versions will add types; pass over those that you do not know.',
    example: 'instance.state_changed',
  });

export const TimelineEvent = z
  .object({
    id: z.string().meta({ description: 'Grows with every event; a decimal number as text.', example: '4711' }),
    type: TimelineEventType,
    instance_id: z.uuid().nullable().meta({
      description: 'null for what is not about one instance.',
      example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11',
    }),
    instance_name: z.string().nullable().meta({ example: 'proddb' }),
    orchestration_id: z
      .string()
      .nullable()
      .meta({ description: 'The orchestration that did it; null when none did.', example: 'create-proddb-a1b2c3d4' }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What changed.', example: { from: 'creating', state: 'running' } }),
    created_at: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'TimelineEvent', description: 'Something that happened.' });

export const TimelinePage = z
  .object({
    events: z.array(TimelineEvent).meta({ description: 'The newest first.' }),
    next_before: z
      .string()
      .nullable()
      .meta({ description: 'Pass it as `before` for the next page; null at the end.', example: '4711' }),
  })
  .meta({ id: 'TimelinePage', description: 'One page of a timeline.' });

const id = z
  .string()
  .regex(/^\d{1,18}$/, 'must be the id of an event')
  .transform((text) => BigInt(text));

export const TimelineParameters = z.strictObject({
  before: id.optional().meta({ description: 'Only events older than this one.', example: '4711' }),
  limit: whole(1, 500, 100).meta({ description: 'Events per page.' }),
});

export const StreamParameters = z.strictObject({
  instance: z
    .string()
    .optional()
    .meta({ description: 'Only events of this instance (name or id).', example: 'proddb' }),
  checks: flag.meta({
    description:
      'Also send `health.checked`: health checks as they are made, without an id, once a second at most. Not sent when left out.',
    example: true,
  }),
  last_event_id: id
    .optional()
    .meta({ description: 'As the header Last-Event-ID, for clients that can not set it.', example: '4711' }),
});
