import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isRegistry, normaliseRegistry } from '#rules';

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

const keyValues = (what: string) =>
  list
    .refine((pairs) => pairs.every((pair) => /^[^=]+=.+$/.test(pair)), {
      message: `must be ${what}, separated by commas`,
    })
    .transform((pairs) =>
      Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
    );

/** Text of an object in JSON. @param error what it must be, in words */
const json = <Schema extends z.ZodType>(schema: Schema, error: string) =>
  z.string().transform((text, context): z.output<Schema> => {
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: 'custom', message: error });
      return z.NEVER;
    }
  });

/** Images by the major version that each holds. @param example one of them */
const imagesByMajor = (example: string) =>
  keyValues(`major versions with their images, for example ${example}`).refine(
    (images) => Object.keys(images).every((major) => /^\d{2}$/.test(major)),
    { message: `must name each image by a major version, for example ${example}` },
  );

const Tolerations = z.array(
  z.strictObject({
    key: z.string().exactOptional(),
    operator: z.enum(['Exists', 'Equal']).exactOptional(),
    value: z.string().exactOptional(),
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).exactOptional(),
    tolerationSeconds: z.number().int().exactOptional(),
  }),
);

const quantity = z
  .string()
  .regex(/^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, 'must be a quantity of Kubernetes, for example 250m or 512Mi');

const labelValue = z
  .string()
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'must be 1 to 63 letters, digits, hyphens, dots and underscores',
  );

/** What an instance costs per month, for the estimate before a create. Whole currency units. */
const PriceTable = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'currency must be a code such as USD'),
  instance_month: z.number().min(0),
  storage_gb_month: z.number().min(0),
  load_balancer_month: z.number().min(0),
});

const prices = json(
  PriceTable,
  'must be JSON: an object with currency, instance_month, storage_gb_month and load_balancer_month',
);

/** An address of version 4 or 6 and the length of its prefix. */
function isCidr(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return rest.length === 0 && bits !== undefined && /^\d{1,3}$/.test(length) && Number(length) <= bits;
}

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
    description:
      'Where instances run: `local` = processes on this machine; `kubernetes` = the cluster of KUBECONFIG, or the one that Toygres runs in.',
    shown: 'local',
    schema: z.enum(['local', 'kubernetes']).default('local'),
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
  TOYGRES_INSTALLATION: {
    key: 'installation',
    description: 'Name of this Toygres among those that share a cluster: what bears another name is left alone.',
    shown: 'toygres',
    schema: labelValue.default('toygres'),
  },
  TOYGRES_IMAGES: {
    key: 'images',
    description:
      'On a cluster: the image of each major version, for example 18=registry.example.com/postgres:18.1@sha256:…, separated by commas.',
    shown: 'the official images, docker.io/library/postgres:<15 to 18>',
    schema: imagesByMajor('18=docker.io/library/postgres:18.1')
      .refine((images) => Object.keys(images).length > 0, { message: 'must name at least one image' })
      .prefault(['18', '17', '16', '15'].map((major) => `${major}=docker.io/library/postgres:${major}`).join(',')),
  },
  TOYGRES_IMAGE_REGISTRIES: {
    key: 'imageRegistries',
    description:
      'On a cluster: registries that runtime images may come from, for example registry.example.com, separated by commas.',
    shown: 'none, no runtime image can be registered',
    schema: list
      .refine((hosts) => hosts.every((host) => isRegistry(host)), {
        message: 'must be hosts such as registry.example.com or localhost:5000, separated by commas',
      })
      .transform((hosts) => [...new Set(hosts.map(normaliseRegistry))])
      .prefault(''),
  },
  TOYGRES_PG_DURABLE_IMAGES: {
    key: 'durableImages',
    description:
      'On a cluster: the image with pg_durable of each major version, for example 18=registry.example.com/pg_durable@sha256:…, separated by commas.',
    shown: 'none, pg_durable is not offered',
    schema: imagesByMajor('18=registry.example.com/pg_durable:pg18').prefault(''),
  },
  TOYGRES_PULL_SECRETS: {
    key: 'pullSecrets',
    description: 'On a cluster: names of the Secrets with which images are pulled, separated by commas.',
    shown: 'none',
    schema: list.prefault(''),
  },
  TOYGRES_STORAGE_CLASS: {
    key: 'storageClass',
    description: 'On a cluster: the storage class of volumes. It should be able to expand them.',
    shown: 'the default class of the cluster',
    schema: z.string().min(1).optional(),
  },
  TOYGRES_CPU_REQUEST: {
    key: 'cpuRequest',
    description: 'On a cluster: the processor time that is kept for an instance.',
    shown: '250m',
    schema: quantity.default('250m'),
  },
  TOYGRES_CPU_LIMIT: {
    key: 'cpuLimit',
    description: 'On a cluster: the processor time that an instance may use.',
    shown: 'no limit',
    schema: quantity.optional(),
  },
  TOYGRES_MEMORY_REQUEST: {
    key: 'memoryRequest',
    description: 'On a cluster: the memory that is kept for an instance.',
    shown: '512Mi',
    schema: quantity.default('512Mi'),
  },
  TOYGRES_MEMORY_LIMIT: {
    key: 'memoryLimit',
    description: 'On a cluster: the memory beyond which the server of an instance is killed.',
    shown: '1Gi',
    schema: quantity.default('1Gi'),
  },
  TOYGRES_NODE_SELECTOR: {
    key: 'nodeSelector',
    description:
      'On a cluster: labels of the nodes that instances run on, for example agentpool=databases, separated by commas.',
    shown: 'none',
    schema: keyValues('labels such as agentpool=databases').prefault(''),
  },
  TOYGRES_TOLERATIONS: {
    key: 'tolerations',
    description:
      'On a cluster: taints that instances tolerate, as JSON: [{"key":"kubernetes.azure.com/scalesetpriority","operator":"Equal","value":"spot","effect":"NoSchedule"}] for spot nodes.',
    shown: 'none',
    schema: json(
      Tolerations,
      'must be a JSON list of tolerations with key, operator, value, effect and tolerationSeconds',
    ).prefault('[]'),
  },
  TOYGRES_REGION: {
    key: 'region',
    description: 'On a cluster: the region in the DNS names of load balancers, for example westus3.',
    shown: 'the label topology.kubernetes.io/region of the node',
    schema: z
      .string()
      .regex(/^[a-z0-9-]+$/, 'must be the name of a region, for example westus3')
      .optional(),
  },
  TOYGRES_DNS_SUFFIX: {
    key: 'dnsSuffix',
    description: 'On a cluster: what follows the region in the DNS names of load balancers.',
    shown: 'cloudapp.azure.com',
    schema: z.string().min(1).default('cloudapp.azure.com'),
  },
  TOYGRES_CLUSTER_DOMAIN: {
    key: 'clusterDomain',
    description: 'On a cluster: the domain of its own DNS names.',
    shown: 'cluster.local',
    schema: z.string().min(1).default('cluster.local'),
  },
  TOYGRES_EXTERNAL_TRAFFIC_POLICY: {
    key: 'externalTrafficPolicy',
    description:
      'On a cluster: `Local` keeps the addresses of clients on their way through a load balancer; `Cluster` spreads what comes over all nodes.',
    shown: 'Cluster',
    schema: z.enum(['Cluster', 'Local']).default('Cluster'),
  },
  TOYGRES_SOURCE_RANGES: {
    key: 'sourceRanges',
    description: 'On a cluster: who may connect to instances, as CIDRs separated by commas.',
    shown: 'everybody',
    schema: list
      .refine((ranges) => ranges.every((range) => isCidr(range)), {
        message: 'must be CIDRs such as 203.0.113.0/24, separated by commas',
      })
      .prefault(''),
  },
  TOYGRES_START_SECONDS: {
    key: 'startSeconds',
    description:
      'On a cluster: seconds that a pod may take to accept connections, with a node and a disk to be made for it.',
    shown: '600',
    schema: number(5, 3600).default(600),
  },
  TOYGRES_ADDRESS_SECONDS: {
    key: 'addressSeconds',
    description: 'On a cluster: seconds that a load balancer may take to get an address.',
    shown: '180',
    schema: number(5, 3600).default(180),
  },
  TOYGRES_STOP_SECONDS: {
    key: 'stopSeconds',
    description: 'On a cluster: seconds that a server has to shut down before it is killed.',
    shown: '120',
    schema: integer(1, 3600).default(120),
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
