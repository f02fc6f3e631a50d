import { z } from 'zod';
import { FAILURE_CODES } from '../../failure-codes.js';
import { PROGRESS_UNITS } from '../domain/definition.js';
import { pageShape } from '../../platform/http/page.js';
import { commaSeparated, whole } from '../../platform/http/query-parameters.js';

const time = z.iso.datetime({ offset: true });

const OrchestrationStatus = z
  .enum(['pending', 'running', 'compensating', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'OrchestrationStatus', example: 'succeeded' });

const ActivityStatus = z
  .enum(['pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped'])
  .meta({ id: 'ActivityStatus', description: '`waiting` for its next attempt.', example: 'succeeded' });

export const FailureCode = z.enum(FAILURE_CODES).meta({
  id: 'FailureCode',
  description: 'What went wrong, for programs; docs/failures.md says what to do. Later versions may add codes.',
  example: 'server_exited',
});

const FailedAttempt = z
  .object({
    attempt: z.int().meta({ example: 1 }),
    started_at: time,
    finished_at: time,
    error_code: FailureCode,
    error: z.string().meta({ example: 'PostgreSQL ended while it was starting.' }),
  })
  .meta({ id: 'FailedAttempt' });

const Progress = z
  .object({
    done: z.number().meta({ example: 1_073_741_824 }),
    total: z.number().nullable().meta({ description: 'null when the end is not known.', example: 4_294_967_296 }),
    unit: z.enum(PROGRESS_UNITS),
  })
  .meta({ id: 'Progress', description: 'Progress that has grown moves the deadline on.' });

export const ActivityRecord = z
  .object({
    name: z.string().meta({ example: 'instance.start' }),
    title: z.string().meta({ description: 'What happens, for people.', example: 'Start PostgreSQL' }),
    phase: z
      .enum(['forward', 'compensation'])
      .meta({ description: '`compensation` undoes what a failed orchestration had begun.' }),
    status: ActivityStatus,
    attempt: z.int().meta({ description: 'Attempts begun.', example: 1 }),
    max_attempts: z
      .int()
      .nullable()
      .meta({ description: 'How often it is tried; null for an activity of an earlier build.', example: 3 }),
    started_at: time.nullable().meta({ description: 'Begin of the first attempt.', example: '2026-11-14T12:00:00Z' }),
    attempt_started_at: time
      .nullable()
      .meta({ description: 'Begin of the last attempt.', example: '2026-11-14T12:00:00Z' }),
    finished_at: time.nullable().meta({ example: '2026-11-14T12:00:01Z' }),
    next_attempt_at: time.nullable().meta({ description: 'While it waits for its next attempt.' }),
    progress: Progress.nullable().meta({ description: 'How far it has come, where that can be measured.' }),
    usual_ms: z
      .number()
      .nullable()
      .meta({ description: 'Median of the times measured lately, in milliseconds; null when none was.', example: 62 }),
    error_code: FailureCode.nullable().meta({ example: null }),
    error: z.string().nullable(),
    failed_attempts: z.array(FailedAttempt).meta({ description: 'The oldest first.', example: [] }),
  })
  .meta({ id: 'ActivityRecord', description: 'One step of an orchestration.' });

export const OrchestrationRecord = z
  .object({
    id: z.string().meta({ example: 'create-proddb-a1b2c3d4' }),
    kind: z.string().meta({ example: 'create' }),
    status: OrchestrationStatus,
    instance_id: z.uuid().nullable().meta({ example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11' }),
    instance_name: z.string().nullable().meta({ example: 'proddb' }),
    started_by: z.string().meta({ example: 'anonymous' }),
    after_id: z
      .string()
      .nullable()
      .meta({ description: 'The orchestration that has to end before this one begins.', example: null }),
    retries: z.int().meta({ description: 'How often it was gone on with after it had failed.', example: 0 }),
    cancel_requested: z.boolean().meta({ description: 'It was called off; what was begun is being undone, or was.' }),
    cancellable: z.boolean().meta({ description: 'Whether it can be called off now.' }),
    retryable: z.boolean().meta({ description: 'Whether it can be gone on with now.' }),
    deadline: z
      .date()
      .meta({ description: 'When it is ended and undone if it is still open.', example: '2026-11-14T12:10:00Z' }),
    created_at: z.date(),
    started_at: z.date().nullable().meta({ example: '2026-11-14T12:00:00Z' }),
    finished_at: z.date().nullable().meta({ example: '2026-11-14T12:00:01Z' }),
    error_code: FailureCode.nullable().meta({ example: null }),
    error: z.string().nullable().meta({ description: 'Why it failed, in a sentence.' }),
    error_details: z.string().nullable().meta({ description: 'What the failing part itself said.' }),
    activities: z.array(ActivityRecord),
  })
  .meta({ id: 'OrchestrationRecord', description: 'Something that the control plane does, with its steps.' });

export const OrchestrationList = z
  .object({
    orchestrations: z.array(OrchestrationRecord),
    ...pageShape({ total: 42, page: 1, pages: 3 }),
  })
  .meta({ id: 'OrchestrationList', description: 'One page of orchestrations.' });

export const ListOrchestrationsParameters = z.strictObject({
  kind: commaSeparated(z.string().regex(/^[a-z][a-z-]{0,40}$/, 'must be a kind such as create')).meta({
    description: 'Kinds, with commas between them.',
    example: ['create', 'delete'],
  }),
  status: commaSeparated(OrchestrationStatus).meta({
    description: 'Statuses, with commas between them.',
    example: ['failed'],
  }),
  instance_id: z
    .uuid('must be the id of an instance')
    .optional()
    .meta({ description: 'Only orchestrations of this instance.' }),
  page: whole(1, 1_000_000, 1).meta({ description: 'From 1.' }),
  limit: whole(1, 100, 20).meta({ description: 'Orchestrations per page.' }),
});
