import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { LocalHome, newSpec, SUPERUSER_PASSWORD } from '../medium/data-plane/local-home.js';
import type { InstanceSecrets } from '../../server/src/features/instances/index.js';
import type { SqlExecutor } from '../../server/src/platform/database/database.js';
import { type InstanceColumns, insertInstances, instanceRow } from './rows.js';

const STAND_IN = join(import.meta.dirname, 'df-schema.sql');
const never = new AbortController().signal;

/** A function instance that a test has been given. */
export interface Started {
  readonly id: string;
  readonly label?: string;
  readonly status?: string;
  readonly output?: string;
}

/** Where instances are recorded, and how their passwords are sealed. */
export interface ControlPlane {
  readonly database: SqlExecutor;
  readonly secrets: InstanceSecrets;
}

/** A real PostgreSQL with a stand-in for the schema of pg_durable (see `df-schema.sql`). */
export class DurableServer {
  private constructor(
    private readonly home: LocalHome,
    readonly admin: Client,
    readonly port: number,
  ) {}

  static async start(): Promise<DurableServer> {
    const home = await LocalHome.make();
    const plane = await home.plane();
    const spec = await newSpec();
    for (const step of ['reserve', 'prepareVolume', 'configure', 'start'] as const) {
      await plane[step](spec, never);
    }
    const { port } = await plane.endpoint(spec, never);
    const target = { host: '127.0.0.1', port, user: 'postgres', password: SUPERUSER_PASSWORD, database: 'postgres' };
    const admin = new Client(target);
    await admin.connect();
    return new DurableServer(home, admin, port);
  }

  /** An empty schema. */
  async reset(): Promise<void> {
    await this.admin.query('DROP SCHEMA IF EXISTS df CASCADE');
    await this.admin.query(await readFile(STAND_IN, 'utf8'));
  }

  /** Puts function instances there, the last the newest. */
  async give(...started: readonly Started[]): Promise<void> {
    for (const { id, label = null, status = 'running', output = null } of started) {
      await this.admin.query('INSERT INTO df.stand_in (instance_id, label, status, output) VALUES ($1, $2, $3, $4)', [
        id,
        label,
        status,
        output,
      ]);
    }
  }

  /** What was asked of it that changes something, and as whom. */
  async calls(): Promise<Record<string, unknown>[]> {
    return (await this.admin.query<Record<string, unknown>>('SELECT * FROM df.stand_in_calls')).rows;
  }

  /** Makes a control plane take this server for that of an instance with pg_durable. */
  async pretend(
    { database, secrets }: ControlPlane,
    changes: Partial<InstanceColumns> = {},
    password = SUPERUSER_PASSWORD,
  ): Promise<void> {
    const row = instanceRow({
      image_type: 'pg_durable',
      endpoint_host: 'localhost',
      endpoint_ip: '127.0.0.1',
      endpoint_port: this.port,
      ...changes,
    });
    const { superuserSecret } = secrets.seal(row.id, password);
    await insertInstances(database, [{ ...row, superuser_secret: superuserSecret }]);
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.home.remove();
  }
}
