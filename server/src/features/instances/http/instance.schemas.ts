import { z } from 'zod';
import {
  NAME_MAX_LENGTH,
  NAME_MIN_LENGTH,
  NAME_PATTERN,
  NAME_RULES,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  PASSWORD_RULES,
  type Rule,
  STORAGE_MAX_GB,
  STORAGE_MIN_GB,
  TAG_KEY_RULES,
  TAG_VALUE_RULES,
  TAGS_MAX_COUNT,
  unmet,
} from '#rules';
import { IMAGE_TYPES } from '../../../data-plane/index.js';
import { FailureCode } from '../../../orchestrations/http.js';
import { pageShape } from '../../../platform/http/page.js';
import { commaSeparated, flag, moment, repeated, whole } from '../../../platform/http/query-parameters.js';
import { HEALTH_STATUSES, INSTANCE_STATES } from '../domain/instance.js';
import { NAME_REFUSALS } from '../domain/instance-errors.js';
import { LIST_SORTS } from '../data/list-filter.js';

/** Reports every rule that a value does not meet, under the code of the rule. */
export function report<Value>(
  rules: readonly Rule<Value>[],
  value: Value,
  context: z.core.$RefinementCtx,
  path: string[] = [],
): void {
  for (const { code, message } of unmet(rules, value)) {
    context.addIssue({ code: 'custom', message, path, params: { code } });
  }
}

const Tags = z
  .record(z.string(), z.string())
  .superRefine((tags, context) => {
    for (const [key, value] of Object.entries(tags)) {
      report(TAG_KEY_RULES, key, context, [key]);
      report(TAG_VALUE_RULES, value, context, [key]);
    }
    if (Object.keys(tags).length > TAGS_MAX_COUNT) {
      const message = `An instance has at most ${String(TAGS_MAX_COUNT)} tags.`;
      context.addIssue({ code: 'custom', message, params: { code: 'too_many_tags' } });
    }
  })
  .meta({
    description: `At most ${String(TAGS_MAX_COUNT)}; the rules are those of Kubernetes labels.`,
    maxProperties: TAGS_MAX_COUNT,
  });

const PostgresVersion = z.string().regex(/^\d{1,3}$/, 'must be a major version such as "18"');

const InstanceName = z
  .string()
  .superRefine((name, context) => {
    report(NAME_RULES, name, context);
  })
  .meta({
    description: 'Name of the instance and of its DNS label.',
    minLength: NAME_MIN_LENGTH,
    maxLength: NAME_MAX_LENGTH,
    pattern: NAME_PATTERN,
    example: 'proddb',
  });

export const Password = z.string().meta({
  description: 'Password of the superuser `postgres`: upper and lower case, a digit, and not the name.',
  format: 'password',
  minLength: PASSWORD_MIN_LENGTH,
  maxLength: PASSWORD_MAX_LENGTH,
  example: 'SecurePass123!',
});

const ImageType = z.enum(IMAGE_TYPES).meta({
  id: 'ImageType',
  description:
    '`stock`: PostgreSQL as it is. `pg_durable`: set up for durable functions; `GET /api/capabilities` says where it is offered.',
  example: 'stock',
});

/** What an instance is to be like, beside its name and password. */
export const specificationShape = {
  postgres_version: PostgresVersion.meta({
    description: 'Major version; `GET /api/capabilities` has the list.',
    example: '18',
  }),
  storage_size_gb: z
    .int()
    .min(STORAGE_MIN_GB, `must be at least ${String(STORAGE_MIN_GB)}`)
    .max(STORAGE_MAX_GB, `must be at most ${String(STORAGE_MAX_GB)}`)
    .meta({ description: 'Size of the volume in GB (10^9 bytes).', example: 10 }),
  use_load_balancer: z
    .boolean()
    .default(false)
    .meta({ description: 'A public address of its own, where the data plane can give one.', example: false }),
  namespace: z
    .string()
    .max(63, 'must have at most 63 characters')
    .optional()
    .meta({ description: 'One of the allowed namespaces; the first of them when left out.', example: 'toygres' }),
  tags: Tags.default({}).meta({ example: { environment: 'production', team: 'backend' } }),
  deletion_protection: z
    .boolean()
    .default(false)
    .meta({ description: 'Refuses every deletion until it is turned off.', example: true }),
  image_type: ImageType.default('stock'),
  runtime_image: z
    .string()
    .max(NAME_MAX_LENGTH, `must have at most ${String(NAME_MAX_LENGTH)} characters`)
    .nullable()
    .default(null)
    .meta({
      description:
        'Name of the runtime image that it is made of, which must hold the same major version; null: none. With one, `image_type` is `stock`, whatever is asked for.',
      example: null,
    }),
};

export const CreateInstanceRequest = z
  .strictObject({ name: InstanceName, password: Password, ...specificationShape })
  .superRefine((input, context) => {
    report(PASSWORD_RULES, input, context, ['password']);
  })
  .meta({ id: 'CreateInstanceRequest' });

export const CreateInstanceResponse = z
  .object({
    instance_id: z.uuid().meta({ example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11' }),
    k8s_name: z.string().meta({ example: 'proddb-a1b2c3d4' }),
    dns_name: z.string().meta({ example: 'proddb' }),
    orchestration_id: z.string().meta({ example: 'create-proddb-a1b2c3d4' }),
    state: z.literal('creating'),
    message: z.string().meta({ example: 'Instance creation started' }),
  })
  .meta({ id: 'CreateInstanceResponse' });

export const UpdateInstanceRequest = z
  .strictObject({
    tags: Tags.optional().meta({
      description: 'All tags: those that are left out are removed.',
      example: { team: 'backend' },
    }),
    deletion_protection: z.boolean().optional().meta({ example: false }),
  })
  .refine((changes) => Object.keys(changes).length > 0, {
    message: 'must have at least one field to change',
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ id: 'UpdateInstanceRequest', description: 'What is to change; what is left out stays.' });

export const DeleteInstanceParameters = z.strictObject({
  purge: flag.meta({ description: 'Removes it for good, data and name, without keeping anything.' }),
});

const OrchestrationProgress = z
  .object({
    id: z.string().meta({ example: 'create-proddb-a1b2c3d4' }),
    kind: z.string().meta({ example: 'create' }),
    status: z.enum(['pending', 'running', 'compensating']),
    started_by: z.string().meta({ description: 'Who asked for it.', example: 'anonymous' }),
    created_at: z.iso.datetime({ offset: true }),
    deadline: z.iso
      .datetime({ offset: true })
      .meta({ description: 'When it is ended and undone if it is still open.', example: '2026-11-14T12:10:00Z' }),
    completed: z.int().meta({ description: 'Activities done.', example: 3 }),
    total: z.int().meta({ description: 'Activities in all.', example: 5 }),
    activity: z.string().nullable().meta({ description: 'The activity that it is at.', example: 'instance.start' }),
    cancel_requested: z
      .boolean()
      .meta({ description: 'It was called off; what was begun is being undone.', example: false }),
    cancellable: z.boolean().meta({ description: 'Whether it can be called off now.', example: true }),
  })
  .meta({ id: 'OrchestrationProgress', description: 'The orchestration that is under way.' });

export const InstanceState = z.enum(INSTANCE_STATES).meta({
  id: 'InstanceState',
  description:
    'Where an instance is in its life. `deleted` can be brought back until `purge_at`; `purged` is gone. Later versions may add states.',
  example: 'running',
});

export const OperationAccepted = z
  .object({
    orchestration_id: z.string().nullable().meta({
      description: 'What carries it out; null when nothing is left to do.',
      example: 'stop-proddb-a1b2c3d4',
    }),
    state: InstanceState,
    message: z.string().meta({ example: 'The instance is being stopped.' }),
  })
  .meta({ id: 'OperationAccepted', description: 'What was accepted.' });

export const HealthStatus = z
  .enum(HEALTH_STATUSES)
  .meta({ id: 'HealthStatus', description: 'What the health checks saw.', example: 'healthy' });

/** What every health check says about itself, wherever it is shown. */
export const healthCheckShape = {
  status: z.enum(['healthy', 'unhealthy']),
  checked_at: z.date(),
  response_time_ms: z
    .number()
    .nullable()
    .meta({ description: 'Login and query; null when there was no answer.', example: 2.6 }),
  code: FailureCode.nullable().meta({
    description: 'Why it failed, for programs; null when it did not.',
    example: null,
  }),
  reason: z.string().nullable().meta({ description: 'Why it failed; null when it did not.' }),
};

const LastHealthCheck = z.object(healthCheckShape).meta({ id: 'LastHealthCheck' });

const Endpoint = z
  .object({
    host: z.string().meta({ example: 'localhost' }),
    ip: z.string().nullable().meta({ example: '127.0.0.1' }),
    port: z.int().meta({ example: 15432 }),
  })
  .meta({ id: 'Endpoint', description: 'Where clients reach an instance.' });

const Usage = z
  .object({
    data_bytes: z.int().nullable().meta({ description: 'Size of all databases.', example: 24_117_248 }),
    databases: z.int().nullable().meta({ example: 1 }),
    connections: z.int().nullable().meta({ example: 3 }),
    at: z.date(),
  })
  .meta({ id: 'Usage' });

export const InstanceSummary = z
  .object({
    id: z.uuid().meta({ example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11' }),
    user_name: z.string().meta({ description: 'The name that its user gave it.', example: 'proddb' }),
    k8s_name: z.string().meta({ description: 'Name of its resources.', example: 'proddb-a1b2c3d4' }),
    dns_name: z.string().meta({ description: 'Its DNS label.', example: 'proddb' }),
    state: InstanceState,
    health_status: HealthStatus,
    postgres_version: z.string().meta({ description: 'Major version.', example: '18' }),
    storage_size_gb: z.int().meta({ example: 10 }),
    ip_connection_string: z.string().nullable().meta({
      description: 'With the IP address, the password masked; null while there is none.',
      example: 'postgresql://postgres:***@127.0.0.1:15432/postgres',
    }),
    dns_connection_string: z.string().nullable().meta({
      description: 'With the host name, the password masked; null while there is none.',
      example: 'postgresql://postgres:***@localhost:15432/postgres',
    }),
    created_at: z.date(),
    updated_at: z.date(),
    namespace: z.string().meta({ example: 'toygres' }),
    tags: z.record(z.string(), z.string()).meta({ example: { environment: 'production', team: 'backend' } }),
    deletion_protection: z.boolean(),
    image_type: ImageType,
    runtime_image: z.string().nullable().meta({
      description: 'Name of the runtime image that it was made of; null when it was made of none.',
      example: null,
    }),
    purge_at: z.date().nullable().meta({
      description: 'Until when a deleted instance can be brought back; then it is removed for good.',
      example: null,
    }),
    failure_code: FailureCode.nullable().meta({ description: 'Why it failed, for programs.', example: null }),
    failure_reason: z.string().nullable().meta({ description: 'Why it failed, in a sentence.', example: null }),
    last_health_check: LastHealthCheck.nullable().meta({
      description: 'What the last check saw; null before the first.',
    }),
    orchestration: OrchestrationProgress.nullable().meta({
      description: 'What is under way; null when nothing is.',
      example: null,
    }),
  })
  .meta({ id: 'InstanceSummary', description: 'An instance in a list.' });

export const InstanceDetails = InstanceSummary.extend({
  use_load_balancer: z.boolean(),
  image: z.string().nullable().meta({
    description: 'What its server is made of, by its digest; null: what the installation has for the version.',
    example: null,
  }),
  external_ip: z
    .string()
    .nullable()
    .meta({ description: 'The address that clients reach it at.', example: '127.0.0.1' }),
  endpoint: Endpoint.nullable().meta({ description: 'null while there is none.' }),
  state_changed_at: z.date(),
  health_changed_at: z.date(),
  deleted_at: z.date().nullable(),
  purged_at: z.date().nullable().meta({ description: 'When the last of it was gone.' }),
  failure_details: z.string().nullable().meta({ description: 'What the server itself said, e.g. the end of its log.' }),
  server_version: z.string().nullable().meta({ description: 'As the server says it.', example: 'PostgreSQL 18.4' }),
  usage: Usage.nullable().meta({ description: 'As the last good health check saw it; null before the first.' }),
  revision: z.int().meta({ description: 'Goes up with every change; the ETag.', example: 4 }),
  health_check_orchestration_id: z.string().meta({ example: 'health-proddb-a1b2c3d4' }),
}).meta({ id: 'InstanceDetails', description: 'An instance.' });

export const InstanceList = z
  .object({
    instances: z.array(InstanceSummary),
    ...pageShape({ total: 15, page: 1, pages: 2 }),
    total: z.int().meta({
      description:
        'Instances on all pages. Where a thousand or more match tags, a search or times, it may be up to ten seconds old.',
      example: 15,
    }),
  })
  .meta({ id: 'InstanceList', description: 'One page of instances.' });

const SORTS = LIST_SORTS.flatMap((sort) => [sort, `-${sort}`] as const) as [string, ...string[]];

export const ListInstancesParameters = z.strictObject({
  state: commaSeparated(InstanceState).meta({
    description: 'States, with commas between them. Deleted and purged instances are shown only when asked for.',
    example: ['running', 'failed'],
  }),
  health: commaSeparated(HealthStatus).meta({
    description: 'Health statuses, with commas between them.',
    example: ['unhealthy'],
  }),
  version: commaSeparated(PostgresVersion).meta({
    description: 'Major versions of PostgreSQL, with commas between them.',
    example: ['17', '18'],
  }),
  created_after: moment.meta({ description: 'Only instances created after this time.' }),
  created_before: moment.meta({ description: 'Only instances created before this time.' }),
  tag: repeated(z.string().regex(/^[^:]+:[^:]*$/, 'must have the form key:value')).meta({
    description: 'Tags as key:value; may be repeated, all must match.',
    example: ['environment:production'],
  }),
  search: z
    .string()
    .trim()
    .max(63, 'must have at most 63 characters')
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .meta({ description: 'A part of the name or DNS name.', example: 'prod' }),
  sort: z.enum(SORTS).default('-created_at').meta({ description: 'A hyphen in front means descending.' }),
  page: whole(1, 1_000_000, 1).meta({ description: 'From 1.' }),
  limit: whole(1, 100, 20).meta({ description: 'Instances per page.' }),
});

export const NAME_PARAMETER = { name: 'name', description: 'Name of the instance, or its id.', example: 'proddb' };

export const NameAvailability = z
  .object({
    name: z.string().meta({ example: 'proddb' }),
    available: z.boolean().meta({ example: true }),
    reason: z.string().nullable().meta({ description: 'Why not, in a sentence.', example: null }),
    code: z
      .enum(NAME_REFUSALS as [string, ...string[]])
      .nullable()
      .meta({ description: 'Why not, for programs: the rule that it breaks, or what holds it.', example: null }),
    dns_name: z.string().meta({ example: 'proddb' }),
  })
  .meta({ id: 'NameAvailability', description: 'Whether a name can be taken.' });

export const InstanceCredentials = z
  .object({
    username: z.string().meta({ example: 'postgres' }),
    password: z.string().meta({ example: 'SecurePass123!' }),
    database: z.string().meta({ example: 'postgres' }),
    host: z.string().meta({ example: 'localhost' }),
    port: z.int().meta({ example: 15432 }),
    dns_connection_string: z
      .string()
      .meta({ example: 'postgresql://postgres:SecurePass123!@localhost:15432/postgres' }),
    ip_connection_string: z
      .string()
      .nullable()
      .meta({ example: 'postgresql://postgres:SecurePass123!@127.0.0.1:15432/postgres' }),
  })
  .meta({ id: 'InstanceCredentials', description: 'How the superuser connects.' });

export const ConnectionTestResult = z
  .object({
    ok: z.boolean().meta({ description: 'Whether the login and the query worked.', example: true }),
    response_time_ms: z
      .number()
      .nullable()
      .meta({ description: 'Connection, login and query; null when it failed.', example: 4.2 }),
    server_version: z
      .string()
      .nullable()
      .meta({ description: 'As the server says it; null when it failed.', example: 'PostgreSQL 18.4' }),
    error: z
      .string()
      .nullable()
      .meta({ description: 'Why it failed, in a sentence; null when it did not.', example: null }),
    tested_at: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'ConnectionTestResult', description: 'What a test of a connection saw.' });
