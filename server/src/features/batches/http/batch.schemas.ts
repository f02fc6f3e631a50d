import { z } from 'zod';
import { BATCH_MAX_ITEMS, NAME_RULES, PASSWORD_RULES, seriesNames } from '#rules';
import { pageShape } from '../../../platform/http/page.js';
import { commaSeparated, whole } from '../../../platform/http/query-parameters.js';
import { CreateInstanceRequest, Password, report, specificationShape } from '../../instances/http.js';
import { BATCH_ITEM_STATUSES, BATCH_KINDS, BATCH_STATUSES } from '../domain/batch.js';

const InstanceTemplate = z
  .strictObject({
    password: Password.optional().meta({
      description: 'The same password for all; when it is left out, each gets one of its own.',
    }),
    ...specificationShape,
  })
  .meta({ id: 'InstanceTemplate', description: 'What all instances of a series are like.' });

const onlyOne = 'Send either "base_name", "count" and "template", or "instances".';

export const BulkCreateRequest = z
  .strictObject({
    base_name: z
      .string()
      .optional()
      .meta({ description: 'The names are this, a hyphen and a number from 1.', example: 'shop' }),
    count: z
      .int()
      .min(1, 'must be at least 1')
      .max(BATCH_MAX_ITEMS, `must be at most ${String(BATCH_MAX_ITEMS)}`)
      .optional()
      .meta({ description: 'How many.', example: 20 }),
    template: InstanceTemplate.optional(),
    instances: z
      .array(CreateInstanceRequest)
      .min(1, 'must have at least one instance')
      .max(BATCH_MAX_ITEMS, `must have at most ${String(BATCH_MAX_ITEMS)} instances`)
      .optional()
      .meta({ description: 'In place of the others: each instance by itself.' }),
  })
  .superRefine(({ base_name: base, count, template, instances }, context) => {
    const series = [base, count, template].filter((part) => part !== undefined).length;
    if (instances ? series > 0 : series < 3) {
      context.addIssue({ code: 'custom', message: onlyOne, params: { code: 'required' } });
      return;
    }
    if (base !== undefined && count !== undefined) {
      const [longest = `${base}-1`] = seriesNames(base, count).slice(-1);
      report(NAME_RULES, longest, context, ['base_name']);
      if (template?.password !== undefined) {
        report(PASSWORD_RULES, { name: base, password: template.password }, context, ['template', 'password']);
      }
    }
    const seen = new Set<string>();
    for (const [index, { name }] of (instances ?? []).entries()) {
      if (seen.has(name)) {
        const message = `The name "${name}" is there twice.`;
        context.addIssue({
          code: 'custom',
          message,
          path: ['instances', index, 'name'],
          params: { code: 'name_repeated' },
        });
      }
      seen.add(name);
    }
  })
  .meta({ id: 'BulkCreateRequest', description: onlyOne });

export const BulkDeleteRequest = z
  .strictObject({
    names: z
      .array(z.string().min(1, 'must not be empty'))
      .min(1, 'must have at least one name')
      .max(BATCH_MAX_ITEMS, `must have at most ${String(BATCH_MAX_ITEMS)} names`)
      .meta({ description: 'Names of instances, or their ids.', example: ['shop-1', 'shop-2'] }),
    purge: z
      .boolean()
      .default(false)
      .meta({ description: 'Removes them for good, data and names, without keeping anything.', example: false }),
  })
  .meta({ id: 'BulkDeleteRequest' });

export const BatchAccepted = z
  .object({
    batch_id: z.string().meta({ example: 'batch-create-0c1d2e3f4a' }),
    total: z.int().meta({ description: 'Instances that it is about.', example: 20 }),
    message: z.string().meta({ example: '20 instances will be created.' }),
  })
  .meta({ id: 'BatchAccepted', description: 'What was accepted.' });

const BatchStatus = z.enum(BATCH_STATUSES).meta({
  id: 'BatchStatus',
  description:
    '`running` as long as an item has not ended; then `failed` when one has failed, else `cancelled` when one was called off.',
  example: 'running',
});

const count = (example: number) => z.int().meta({ example });

const batchShape = {
  id: z.string().meta({ example: 'batch-create-0c1d2e3f4a' }),
  kind: z.enum(BATCH_KINDS).meta({ description: 'What is done with each instance.', example: 'create' }),
  status: BatchStatus,
  started_by: z.string().meta({ description: 'Who asked for it.', example: 'anonymous' }),
  cancel_requested: z.boolean().meta({ description: 'The rest was called off.', example: false }),
  total: count(20),
  pending: count(8),
  running: count(10),
  succeeded: count(1),
  failed: count(1),
  cancelled: count(0),
  created_at: z.date(),
  finished_at: z.date().nullable(),
};

export const Batch = z
  .object(batchShape)
  .meta({ id: 'Batch', description: 'Many instances by one request, and how many of them are how far.' });

const BatchItem = z
  .object({
    position: z.int().meta({ description: 'From 0, in the order of the request.', example: 0 }),
    name: z.string().meta({ example: 'shop-01' }),
    status: z.enum(BATCH_ITEM_STATUSES).meta({
      id: 'BatchItemStatus',
      description: '`pending` until it is its turn; then as its orchestration.',
      example: 'succeeded',
    }),
    instance_id: z.uuid().nullable().meta({ description: 'null while there is none.' }),
    orchestration_id: z.string().nullable().meta({
      description: 'What carries it out; null while it waits, and where nothing was to be done.',
      example: 'create-shop-01-a1b2c3d4',
    }),
    error_code: z.string().nullable().meta({ description: 'Why it failed, for programs.', example: null }),
    error: z.string().nullable().meta({ description: 'Why it failed, in a sentence.', example: null }),
  })
  .meta({ id: 'BatchItem', description: 'One instance of a batch.' });

export const BatchDetails = z
  .object({ ...batchShape, items: z.array(BatchItem) })
  .meta({ id: 'BatchDetails', description: 'A batch with its items.' });

export const BatchList = z
  .object({ batches: z.array(Batch), ...pageShape({ total: 3, page: 1, pages: 1 }) })
  .meta({ id: 'BatchList', description: 'One page of batches.' });

export const ListBatchesParameters = z.strictObject({
  status: commaSeparated(BatchStatus).meta({
    description: 'Statuses, with commas between them.',
    example: ['running'],
  }),
  page: whole(1, 1_000_000, 1).meta({ description: 'From 1.' }),
  limit: whole(1, 100, 20).meta({ description: 'Batches per page.' }),
});
