import { z } from 'zod';
import { whole } from '../../../platform/http/query-parameters.js';
import { DURABLE_STATUSES } from '../domain/durable.js';

const id = z.string().meta({ description: 'Id of the function instance.', example: 'a1b2c3d4' });
const label = z.string().nullable().meta({ description: 'What its user called it.', example: 'nightly-report' });
const functionName = z.string().nullable().meta({ example: 'execute_function_graph' });
const status = z.string().meta({
  description: `One of ${DURABLE_STATUSES.join(', ')}; a later release of the extension may have more.`,
  example: 'running',
});
const text = (description: string) => z.string().nullable().meta({ description, example: null });

const DurableInstance = z
  .object({
    id,
    label,
    function_name: functionName,
    status,
    execution_count: z.int().meta({ example: 1 }),
    output: text('What it came to; at most 300 characters of it.'),
    created_at: z.date().nullable(),
    completed_at: z.date().nullable().meta({ description: 'null when it has not completed.' }),
  })
  .meta({ id: 'DurableInstance', description: 'A durable function that was started.' });

export const DurableInstanceList = z
  .object({
    instances: z.array(DurableInstance),
    next_cursor: z.string().nullable().meta({
      description: 'For `cursor`, to get the next page; null on the last one.',
      example: null,
    }),
  })
  .meta({ id: 'DurableInstanceList', description: 'One page of durable function instances, the newest first.' });

const DurableExecution = z
  .object({
    id: z.int().meta({ description: 'From 1; goes up when a function goes on as new.', example: 1 }),
    status,
    event_count: z.int().meta({ example: 12 }),
    duration_ms: z.int().nullable().meta({ example: 1250 }),
    output: text('What it came to.'),
  })
  .meta({ id: 'DurableExecution' });

const DurableNode = z
  .object({
    id: z.string().meta({ example: 'f0e1d2c3' }),
    type: z.string().meta({ example: 'SQL' }),
    query: z.string().nullable().meta({ description: 'SQL of a SQL node, else its settings.', example: 'SELECT 1' }),
    result_name: text('Name that later steps know its result by.'),
    left_node: text('Id of its first child.'),
    right_node: text('Id of its second child.'),
    status,
    result: text('JSON.'),
    status_details: text('JSON.'),
  })
  .meta({ id: 'DurableNode', description: 'A step of the graph of a durable function.' });

export const DurableInstanceDetails = z
  .object({
    id,
    label,
    function_name: functionName,
    function_version: z.string().nullable().meta({ example: '1.0.0' }),
    current_execution_id: z.int().nullable().meta({ example: 1 }),
    status,
    output: text('What it came to.'),
    executions: z.array(DurableExecution).meta({ description: 'The newest twenty.' }),
    nodes: z.array(DurableNode).meta({ description: 'At most 500.' }),
  })
  .meta({
    id: 'DurableInstanceDetails',
    description: 'A durable function instance with its steps. Texts of more than 20,000 characters are cut.',
  });

const count = (example: number) => z.int().meta({ example });

export const DurableMetrics = z
  .object({
    total_instances: count(12),
    running_instances: count(2),
    completed_instances: count(9),
    failed_instances: count(1),
    total_executions: count(14),
    total_events: count(320),
  })
  .meta({ id: 'DurableMetrics', description: 'How many there are.' });

export const ListDurableInstancesParameters = z.strictObject({
  status: z.enum(DURABLE_STATUSES).optional().meta({ description: 'Only those of this status.', example: 'running' }),
  label: z
    .string()
    .max(255, 'must have at most 255 characters')
    .transform((label) => (label === '' ? undefined : label))
    .optional()
    .meta({ description: 'Only those of this label, to the letter.', example: 'nightly-report' }),
  limit: whole(1, 100, 50).meta({ description: 'Instances per page.' }),
  cursor: z
    .string()
    .max(1000, 'must be a next_cursor')
    .optional()
    .meta({ description: 'The `next_cursor` of the page before.' }),
});

export const CancelDurableInstanceRequest = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .max(500, 'must have at most 500 characters')
      .default('')
      .meta({ description: 'For people; the function instance keeps it.', example: 'No longer needed' }),
  })
  .meta({ id: 'CancelDurableInstanceRequest' });

export const SignalDurableInstanceRequest = z
  .strictObject({
    name: z
      .string()
      .min(1, 'must not be empty')
      .max(255, 'must have at most 255 characters')
      .meta({ description: 'What the function waits for.', example: 'approval' }),
    data: z
      .unknown()
      .default({})
      .meta({ description: 'Any JSON; it is data to the function.', example: { approved: true } }),
  })
  .meta({ id: 'SignalDurableInstanceRequest' });

export const DurableAnswer = z
  .object({ message: z.string().meta({ description: 'What pg_durable says.', example: 'Signal sent.' }) })
  .meta({ id: 'DurableAnswer', description: 'What was done.' });
