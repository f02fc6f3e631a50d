import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * One environment variable: what it is called, what it means, its default in words, and how its text becomes a value.
 * README, `--help` and the parser are all made from this table.
 */
interface Variable<Schema extends z.ZodType = z.ZodType> {
  readonly key: string;
  readonly description: string;
  /** The default as shown to people; the schema holds the real one. */
  readonly shown: string;
  readonly schema: Schema;
  /** A secret may also be given as a file: `<NAME>_FILE`. */
  readonly secret?: boolean;
}

const number = (minimum: number, maximum: number) => {
  const error = `must be a number from ${String(minimum)} to ${String(maximum)}`;
  return z.coerce.number({ error }).min(minimum, error).max(maximum, error);
};

const integer = (minimum: number, maximum: number) => {
  const error = `must be a whole number from ${String(minimum)} to ${String(maximum)}`;
  return z.coerce.number({ error }).int(error).min(minimum, error).max(maximum, error);
};

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const portRange = z
  .string()
  .regex(/^\d+-\d+$/, 'must be two ports with a hyphen between them, for example 15432-16431')
  .transform((text) => {
    const [first = 0, last = 0] = text.split('-').map(Number);
    return { first, last };
  })
  .refine(({ first, last }) => first >= 1024 && last <= 65535 && first <= last, {
    message: 'must lie within 1024-65535, the lower port first',
  });

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Where the embedded default keeps its data: a place that a service may own when run as root, the user's own otherwise. */
export function defaultHome(uid = process.getuid?.(), env: NodeJS.ProcessEnv = {}): string {
  if (uid === 0) {
    return '/var/lib/toygres';
  }
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'toygres');
}

/** What an instance costs per month, for the estimate before a create. Whole currency units. */
const PriceTable = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'currency must be a code such as USD'),
  instance_month: z.number().min(0),
  storage_gb_month: z.number().min(0),
  load_balancer_month: z.number().min(0),
});

const prices = z.string().transform((text, context) => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
  const parsed = PriceTable.safeParse(value);
  if (!parsed.success) {
    context.addIssue({
      code: 'custom',
      message: 'must be an object with currency, instance_month, storage_gb_month and load_balancer_month',
    });
    return z.NEVER;
  }
  return parsed.data;
});

/** Every variable that Toygres reads. The order is the order of the help text. */
export const VARIABLES = {
  TOYGRES_HOST: {
    key: 'host',
    description: 'Address to listen on.',
    shown: '127.0.0.1',
    schema: z.string().min(1).default('127.0.0.1'),
  },
  TOYGRES_PORT: {
    key: 'port',
    description: 'Port of the API; 0 takes any free port.',
    shown: '8080',
    schema: integer(0, 65535).default(8080),
  },
  TOYGRES_WORKER_PORT: {
    key: 'workerPort',
    description: 'Port of the health endpoint of `worker`; 0 takes any free port.',
    shown: '8081',
    schema: integer(0, 65535).default(8081),
  },
  TOYGRES_HOME: {
    key: 'home',
    description: 'Directory of the embedded PostgreSQL servers and of the secret key.',
    shown: '~/.local/share/toygres, as root /var/lib/toygres',
    schema: z.string().min(1).optional(),
  },
  TOYGRES_DATABASE_URL: {
    key: 'databaseUrl',
    description: 'Metadata database (PostgreSQL 15 or newer). Unset: an embedded PostgreSQL 18.',
    shown: 'embedded',
    schema: url(['postgresql:', 'postgres:']).optional(),
    secret: true,
  },
  TOYGRES_REDIS_URL: {
    key: 'redisUrl',
    description: 'Queue in Redis. Unset: the queue lives in the metadata database.',
    shown: 'the metadata database',
    schema: url(['redis:', 'rediss:']).optional(),
    secret: true,
  },
  TOYGRES_DATA_PLANE: {
    key: 'dataPlane',
    description: 'Where instances run: `local` = processes on this machine.',
    shown: 'local',
    schema: z.enum(['local']).default('local'),
  },
  TOYGRES_SECRET_KEY: {
    key: 'secretKey',
    description:
      'Key that encrypts the stored passwords: 32 bytes in base64. Unset: `secret.key` in TOYGRES_HOME, made on the first start.',
    shown: 'made on first start',
    schema: z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === 32, {
        message: 'must be 32 bytes in base64; make one with: openssl rand -base64 32',
      })
      .optional(),
    secret: true,
  },
  TOYGRES_INSTANCE_PORTS: {
    key: 'instancePorts',
    description: 'Ports for the instances of the local data plane.',
    shown: '15432-16431',
    schema: portRange.prefault('15432-16431'),
  },
  TOYGRES_POSTGRES_USER: {
    key: 'postgresUser',
    description: 'When Toygres runs as root: the unprivileged user that runs the PostgreSQL servers.',
    shown: 'postgres if it exists, else nobody',
    schema: z.string().min(1).optional(),
  },
  TOYGRES_POOL_SIZE: {
    key: 'poolSize',
    description:
      'Initialised data directories kept ready for the newest PostgreSQL version; of each other one is. 0 = none.',
    shown: '3',
    schema: integer(0, 100).default(3),
  },
  TOYGRES_MIN_FREE_DISK_GB: {
    key: 'minFreeDiskGb',
    description: 'Free disk space, in GB (10^9 bytes), below which a create is refused.',
    shown: '2',
    schema: number(0, 1_000_000_000).default(2),
  },
  TOYGRES_NAMESPACES: {
    key: 'namespaces',
    description: 'Namespaces that an instance may be created in, separated by commas; the first is the default.',
    shown: 'toygres',
    schema: list
      .refine((names) => names.length > 0 && names.every((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)), {
        message: 'must be legal Kubernetes names separated by commas',
      })
      .prefault('toygres'),
  },
  TOYGRES_RECONCILE_SECONDS: {
    key: 'reconcileSeconds',
    description: 'Seconds between two comparisons of what is recorded with what is there.',
    shown: '300',
    schema: number(1, 86_400).default(300),
  },
  TOYGRES_KEEP_DELETED_HOURS: {
    key: 'keepDeletedHours',
    description: 'Hours for which a deleted instance can be brought back; then it is purged.',
    shown: '168 (7 days)',
    schema: number(0, 87_600).default(168),
  },
  TOYGRES_PRICES: {
    key: 'prices',
    description:
      'Prices for the cost estimate, as JSON: {"currency":"USD","instance_month":0,"storage_gb_month":0.1,"load_balancer_month":18}.',
    shown: 'none, no estimate is shown',
    schema: prices.optional(),
  },
  TOYGRES_LOG_LEVEL: {
    key: 'logLevel',
    description: 'fatal, error, warn, info, debug, trace or silent.',
    shown: 'info',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  },
  TOYGRES_LOG_FORMAT: {
    key: 'logFormat',
    description: 'json, pretty (lines for people) or auto: pretty on a terminal, json otherwise.',
    shown: 'auto',
    schema: z.enum(['auto', 'json', 'pretty']).default('auto'),
  },
  TOYGRES_HEALTH_INTERVAL_SECONDS: {
    key: 'healthIntervalSeconds',
    description: 'Seconds between two health checks of an instance.',
    shown: '30',
    schema: number(0.5, 3600).default(30),
  },
  TOYGRES_HEALTH_TIMEOUT_SECONDS: {
    key: 'healthTimeoutSeconds',
    description: 'Seconds after which a health check has failed.',
    shown: '5',
    schema: number(0.1, 60).default(5),
  },
  TOYGRES_HEALTH_UNHEALTHY_AFTER: {
    key: 'healthUnhealthyAfter',
    description: 'Consecutive failed checks that make an instance unhealthy.',
    shown: '2',
    schema: integer(1, 100).default(2),
  },
  TOYGRES_HEALTH_HEALTHY_AFTER: {
    key: 'healthHealthyAfter',
    description: 'Consecutive good checks that make it healthy again.',
    shown: '1',
    schema: integer(1, 100).default(1),
  },
  TOYGRES_HEALTH_RETENTION_DAYS: {
    key: 'healthRetentionDays',
    description: 'Days for which health checks are kept.',
    shown: '14',
    schema: integer(1, 3650).default(14),
  },
  TOYGRES_WORKER_CONCURRENCY: {
    key: 'workerConcurrency',
    description: 'Activities that a worker runs at once.',
    shown: '8',
    schema: integer(1, 500).default(8),
  },
  TOYGRES_BULK_PARALLELISM: {
    key: 'bulkParallelism',
    description: 'Instances of one bulk request that are worked on at once.',
    shown: '10',
    schema: integer(1, 500).default(10),
  },
  TOYGRES_LEASE_SECONDS: {
    key: 'leaseSeconds',
    description: 'Seconds after which the work of a worker that died is taken over.',
    shown: '15',
    schema: number(1, 600).default(15),
  },
  TOYGRES_SWEEP_SECONDS: {
    key: 'sweepSeconds',
    description: 'Seconds between two sweeps for orchestrations that the queue has lost.',
    shown: '5',
    schema: number(0.2, 600).default(5),
  },
  TOYGRES_ALLOWED_HOSTS: {
    key: 'allowedHosts',
    description:
      'Further values of the Host header to answer to, separated by commas. Loopback names are always allowed.',
    shown: 'none',
    schema: list.prefault(''),
  },
  TOYGRES_CORS_ORIGINS: {
    key: 'corsOrigins',
    description: 'Origins that may call the API from a browser, separated by commas.',
    shown: 'none',
    schema: list
      .refine((origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin), {
        message: 'must be origins such as https://console.example.com, separated by commas',
      })
      .prefault(''),
  },
} as const satisfies Record<string, Variable>;

type Table = typeof VARIABLES;
export type VariableName = keyof Table;

/** The configuration, parsed: one member per variable, under its `key`. */
export type Config = {
  readonly [Name in VariableName as Table[Name]['key']]: z.output<Table[Name]['schema']>;
} & { readonly home: string };

/** The configuration of a running process: the embedded default has found its database. */
export type ResolvedConfig = Config & { readonly databaseUrl: string };
