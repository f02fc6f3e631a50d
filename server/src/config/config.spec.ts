import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, describeVariables, loadConfig } from './config.js';
import { defaultHome, type VariableName, VARIABLES } from './config.schema.js';

const NAMES = Object.keys(VARIABLES) as VariableName[];
const SECRETS = NAMES.filter((name) => 'secret' in VARIABLES[name]);

/** A text that each variable refuses, with a canary in it; null where any text will do. */
const REFUSED: Readonly<Record<VariableName, string | null>> = {
  TOYGRES_HOST: null,
  TOYGRES_PORT: 'c4n4ry',
  TOYGRES_WORKER_PORT: 'c4n4ry',
  TOYGRES_HOME: null,
  TOYGRES_DATABASE_URL: 'mysql://user:c4n4ry@localhost/toygres',
  TOYGRES_REDIS_URL: 'http://user:c4n4ry@localhost',
  TOYGRES_DATA_PLANE: 'c4n4ry',
  TOYGRES_SECRET_KEY: 'c4n4ry',
  TOYGRES_INSTANCE_PORTS: 'c4n4ry',
  TOYGRES_POSTGRES_USER: null,
  TOYGRES_POOL_SIZE: 'c4n4ry',
  TOYGRES_MIN_FREE_DISK_GB: 'c4n4ry',
  TOYGRES_NAMESPACES: 'toygres,C4n4ry_c4n4ry',
  TOYGRES_INSTALLATION: 'c4n4ry!',
  TOYGRES_IMAGES: 'c4n4ry',
  TOYGRES_IMAGE_REGISTRIES: 'registry.example.com,https://c4n4ry',
  TOYGRES_PG_DURABLE_IMAGES: 'c4n4ry',
  TOYGRES_PULL_SECRETS: null,
  TOYGRES_STORAGE_CLASS: null,
  TOYGRES_CPU_REQUEST: 'c4n4ry',
  TOYGRES_CPU_LIMIT: 'c4n4ry',
  TOYGRES_MEMORY_REQUEST: 'c4n4ry',
  TOYGRES_MEMORY_LIMIT: 'c4n4ry',
  TOYGRES_NODE_SELECTOR: 'c4n4ry',
  TOYGRES_TOLERATIONS: '[{"c4n4ry":1}]',
  TOYGRES_REGION: 'C4n4ry',
  TOYGRES_DNS_SUFFIX: null,
  TOYGRES_CLUSTER_DOMAIN: null,
  TOYGRES_EXTERNAL_TRAFFIC_POLICY: 'c4n4ry',
  TOYGRES_SOURCE_RANGES: '203.0.113.0/24,c4n4ry',
  TOYGRES_START_SECONDS: 'c4n4ry',
  TOYGRES_ADDRESS_SECONDS: 'c4n4ry',
  TOYGRES_STOP_SECONDS: 'c4n4ry',
  TOYGRES_RECONCILE_SECONDS: 'c4n4ry',
  TOYGRES_KEEP_DELETED_HOURS: 'c4n4ry',
  TOYGRES_PRICES: '{"c4n4ry":1}',
  TOYGRES_LOG_LEVEL: 'c4n4ry',
  TOYGRES_LOG_FORMAT: 'c4n4ry',
  TOYGRES_HEALTH_INTERVAL_SECONDS: 'c4n4ry',
  TOYGRES_HEALTH_TIMEOUT_SECONDS: 'c4n4ry',
  TOYGRES_HEALTH_UNHEALTHY_AFTER: 'c4n4ry',
  TOYGRES_HEALTH_HEALTHY_AFTER: 'c4n4ry',
  TOYGRES_HEALTH_RETENTION_DAYS: 'c4n4ry',
  TOYGRES_WORKER_CONCURRENCY: 'c4n4ry',
  TOYGRES_BULK_PARALLELISM: 'c4n4ry',
  TOYGRES_LEASE_SECONDS: 'c4n4ry',
  TOYGRES_SWEEP_SECONDS: 'c4n4ry',
  TOYGRES_ALLOWED_HOSTS: null,
  TOYGRES_CORS_ORIGINS: 'https://console.example.com,c4n4ry',
};

const DATABASE_URL = 'postgresql://user:password@db.example.com/toygres';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'toygres-config-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function fileWith(text: string): string {
  const path = join(directory, `secret-${String(Math.random()).slice(2)}`);
  writeFileSync(path, text);
  return path;
}

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('an empty environment', () => {
  it('gives every default', () => {
    expect(loadConfig({ TOYGRES_HOME: '/srv/toygres' })).toEqual({
      host: '127.0.0.1',
      port: 8080,
      workerPort: 8081,
      home: '/srv/toygres',
      databaseUrl: undefined,
      redisUrl: undefined,
      dataPlane: 'local',
      secretKey: undefined,
      instancePorts: { first: 15432, last: 16431 },
      postgresUser: undefined,
      poolSize: 3,
      minFreeDiskGb: 2,
      reconcileSeconds: 300,
      keepDeletedHours: 168,
      namespaces: ['toygres'],
      installation: 'toygres',
      images: {
        15: 'docker.io/library/postgres:15',
        16: 'docker.io/library/postgres:16',
        17: 'docker.io/library/postgres:17',
        18: 'docker.io/library/postgres:18',
      },
      imageRegistries: [],
      durableImages: {},
      pullSecrets: [],
      storageClass: undefined,
      cpuRequest: '250m',
      cpuLimit: undefined,
      memoryRequest: '512Mi',
      memoryLimit: '1Gi',
      nodeSelector: {},
      tolerations: [],
      region: undefined,
      dnsSuffix: 'cloudapp.azure.com',
      clusterDomain: 'cluster.local',
      externalTrafficPolicy: 'Cluster',
      sourceRanges: [],
      startSeconds: 600,
      addressSeconds: 180,
      stopSeconds: 120,
      prices: undefined,
      logLevel: 'info',
      logFormat: 'auto',
      healthIntervalSeconds: 30,
      healthTimeoutSeconds: 5,
      healthUnhealthyAfter: 2,
      healthHealthyAfter: 1,
      healthRetentionDays: 14,
      workerConcurrency: 8,
      bulkParallelism: 10,
      leaseSeconds: 15,
      sweepSeconds: 5,
      allowedHosts: [],
      corsOrigins: [],
    });
  });

  it('puts the home where the system keeps such data', () => {
    expect(defaultHome(0)).toBe('/var/lib/toygres');
    expect(defaultHome(1000)).toBe(join(homedir(), '.local', 'share', 'toygres'));
    expect(defaultHome(1000, { XDG_DATA_HOME: '/data' })).toBe('/data/toygres');
  });

  it('is also one whose variables are empty', () => {
    const empty = Object.fromEntries(NAMES.map((name) => [name, '']));
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });
});

describe('values', () => {
  it('are parsed into what the code needs', () => {
    const config = loadConfig({
      TOYGRES_PORT: '0',
      TOYGRES_HOME: 'relative/home',
      TOYGRES_INSTANCE_PORTS: '20000-20009',
      TOYGRES_NAMESPACES: 'toygres, staging',
      TOYGRES_PRICES: '{"currency":"USD","instance_month":12.5,"storage_gb_month":0.12,"load_balancer_month":18}',
      TOYGRES_HEALTH_INTERVAL_SECONDS: '0.5',
      TOYGRES_CORS_ORIGINS: 'https://console.example.com',
      TOYGRES_ALLOWED_HOSTS: 'toygres.example.com,db.example.com',
      TOYGRES_IMAGE_REGISTRIES: 'Registry.example.com, index.docker.io, docker.io, localhost:5000',
      TOYGRES_PG_DURABLE_IMAGES: '17=registry.example.com/pg_durable:pg17,18=registry.example.com/pg_durable:pg18',
    });
    expect(config.port).toBe(0);
    expect(config.home).toBe(join(process.cwd(), 'relative/home'));
    expect(config.instancePorts).toEqual({ first: 20000, last: 20009 });
    expect(config.namespaces).toEqual(['toygres', 'staging']);
    expect(config.prices).toEqual({
      currency: 'USD',
      instance_month: 12.5,
      storage_gb_month: 0.12,
      load_balancer_month: 18,
    });
    expect(config.healthIntervalSeconds).toBe(0.5);
    expect(config.corsOrigins).toEqual(['https://console.example.com']);
    expect(config.allowedHosts).toEqual(['toygres.example.com', 'db.example.com']);
    expect(config.imageRegistries).toEqual(['registry.example.com', 'docker.io', 'localhost:5000']);
    expect(config.durableImages).toEqual({
      17: 'registry.example.com/pg_durable:pg17',
      18: 'registry.example.com/pg_durable:pg18',
    });
  });

  it.each(['1023-2000', '2000-70000', '3000-2000', '3000', '3000-4000-5000'])('refuse the port range %s', (range) => {
    expect(problemsOf({ TOYGRES_INSTANCE_PORTS: range })).toHaveLength(1);
  });

  it('can not be changed afterwards', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });
});

describe('an error', () => {
  it.each(NAMES.filter((name) => REFUSED[name] !== null))('names %s and not its value', (name) => {
    const [problem, ...others] = problemsOf({ [name]: REFUSED[name] ?? '' });
    expect(problem).toMatch(new RegExp(`^${name}: .+\\.$`));
    expect(problem?.toLowerCase()).not.toContain('c4n4ry');
    expect(others).toEqual([]);
  });

  it('lists every problem, not only the first', () => {
    const problems = problemsOf({ TOYGRES_PORT: '-1', TOYGRES_POOL_SIZE: 'many', TOYGRES_PROT: '1' });
    expect(problems.map((problem) => /^TOYGRES_[A-Z_]+/.exec(problem)?.[0])).toEqual([
      'TOYGRES_PORT',
      'TOYGRES_POOL_SIZE',
      'TOYGRES_PROT',
    ]);
    expect(() => loadConfig({ TOYGRES_PORT: '-1' })).toThrow(/^The configuration is not usable:\n {2}TOYGRES_PORT: /);
  });
});

describe('an unknown variable', () => {
  it.each(['TOYGRES_PROT', 'TOYGRES_PORT_FILE', 'TOYGRES_'])('%s is refused', (name) => {
    expect(problemsOf({ [name]: 'c4n4ry' })).toEqual([
      `${name} is not a variable of Toygres; see toygres-server --help.`,
    ]);
  });

  it('is of no interest when it is not ours, or belongs to the tests', () => {
    expect(problemsOf({ PORT: '1', DATABASE_URL: 'x', TOYGRES_TEST_REDIS_URL: 'redis://localhost' })).toEqual([]);
  });
});

describe('a secret', () => {
  it('is one of those that README and help say', () => {
    expect(SECRETS).toEqual(['TOYGRES_DATABASE_URL', 'TOYGRES_REDIS_URL', 'TOYGRES_SECRET_KEY']);
  });

  it('may come from a file, whose last line break is not a part of it', () => {
    expect(loadConfig({ TOYGRES_DATABASE_URL_FILE: fileWith(`${DATABASE_URL}\n`) }).databaseUrl).toBe(DATABASE_URL);
    expect(loadConfig({ TOYGRES_REDIS_URL_FILE: fileWith('redis://localhost') }).redisUrl).toBe('redis://localhost');
    const key = Buffer.alloc(32, 1).toString('base64');
    expect(loadConfig({ TOYGRES_SECRET_KEY_FILE: fileWith(`${key}\n`) }).secretKey).toBe(key);
  });

  it.each(SECRETS)('%s must not come twice', (name) => {
    const [problem] = problemsOf({ [name]: REFUSED[name] ?? '', [`${name}_FILE`]: fileWith('c4n4ry') });
    expect(problem).toBe(`${name} and ${name}_FILE are both set; set only one.`);
  });

  it.each(SECRETS)('%s must come from a file that can be read', (name) => {
    expect(problemsOf({ [`${name}_FILE`]: join(directory, 'c4n4ry') })).toEqual([
      `${name}_FILE can't be read: ENOENT.`,
    ]);
    expect(problemsOf({ [`${name}_FILE`]: directory })).toEqual([`${name}_FILE can't be read: EISDIR.`]);
  });

  it.each(SECRETS)('%s stays out of the error when its file holds something else', (name) => {
    const [problem] = problemsOf({ [`${name}_FILE`]: fileWith('c4n4ry') });
    expect(problem).toContain(name);
    expect(problem).not.toContain('c4n4ry');
  });
});

it('describes every variable for --help', () => {
  const help = describeVariables();
  for (const name of NAMES) {
    expect(help).toContain(`  ${name}\n      ${VARIABLES[name].description}`);
  }
  for (const name of SECRETS) {
    expect(help).toContain(`Also ${name}_FILE.`);
  }
});
