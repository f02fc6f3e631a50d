import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { InstanceState } from '../../server/src/features/instances/index.js';
import { connectionConfig } from '../../server/src/platform/database/connection.js';
import { pause } from '../../server/src/platform/embedded-postgres/pause.js';

/** Part of every password: it is searched for in whatever is written. */
export const CANARY = 'Chaos4Canary';

/** Where each state ends by itself. */
const END: Readonly<Record<InstanceState, InstanceState>> = {
  creating: 'running',
  running: 'running',
  stopping: 'stopped',
  stopped: 'stopped',
  starting: 'running',
  restarting: 'running',
  failed: 'failed',
  deleting: 'deleted',
  deleted: 'deleted',
  purging: 'purged',
  purged: 'purged',
};

/** An instance as a client knows it from what it was answered. */
export interface KnownInstance {
  readonly id: string;
  readonly name: string;
  /** Where it ends when nothing more is asked of it. */
  ends: ReadonlySet<InstanceState>;
  protected: boolean;
  team: string | null;
  /** Numbers whose insertion was confirmed, and those that may be there because the answer was lost. */
  readonly rows: Set<number>;
  readonly perhaps: Set<number>;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What all clients of a run have done. */
export class Tally {
  readonly counts = new Map<string, number>();

  add(what: string, number = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + number);
  }

  get(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  toString(): string {
    return [...this.counts]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, count]) => `${what} ${String(count)}`)
      .join(', ');
  }
}

/** How long a client tries to get an answer, in seconds. An api is started anew within a few. */
const PATIENCE_SECONDS = 60;

/** One of several people who ask the API for things, each for instances of its own. Every request is repeated until it is answered. */
export class ChaosClient {
  readonly instances: KnownInstance[] = [];
  #names = 0;
  #numbers = 0;

  constructor(
    readonly name: string,
    private readonly url: () => string,
    private readonly tally: Tally,
  ) {}

  nextName(): string {
    this.#names += 1;
    return `${this.name}-${String(this.#names)}`;
  }

  /** Those that are not gone. */
  get there(): readonly KnownInstance[] {
    return this.instances.filter(({ ends }) => !ends.has('purged'));
  }

  /** One of those that are not gone, or now and then of all. */
  pick(index: number): KnownInstance | undefined {
    const { there, instances } = this;
    return there[index % Math.max(1, there.length + 1)] ?? instances[index % Math.max(1, instances.length)];
  }

  /** @throws Error when there is no answer for a minute */
  async ask(method: string, path: string, body?: object): Promise<Answer> {
    this.tally.add('operations');
    const key = randomUUID();
    const end = Date.now() + PATIENCE_SECONDS * 1_000;
    for (;;) {
      let failure: unknown;
      try {
        const response = await fetch(`${this.url()}/api/${path}`, {
          method,
          headers: {
            ...(body && { 'Content-Type': 'application/json' }),
            ...(method === 'POST' && { 'Idempotency-Key': key }),
          },
          ...(body && { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(20_000),
        });
        const answer = { status: response.status, body: (await response.json()) as Answer['body'] };
        if (response.status < 500) {
          this.tally.add(`${method} ${String(response.status)}`);
          return answer;
        }
        failure = answer.body['code'];
      } catch (error) {
        failure = error;
      }
      this.tally.add('repeated requests');
      if (Date.now() > end) {
        throw new Error(`${method} ${path} was not answered within a minute: ${String(failure)}`);
      }
      await pause(200, AbortSignal.timeout(10_000));
    }
  }

  async create(name = this.nextName()): Promise<Answer> {
    const answer = await this.ask('POST', 'instances', {
      ...{ name, password: `${CANARY}-${randomUUID()}`, postgres_version: '18', storage_size_gb: 10 },
    });
    if (answer.status === 202) {
      this.know(String(answer.body['instance_id']), name);
    }
    return answer;
  }

  know(id: string, name: string): void {
    const instance = { protected: false, team: null, rows: new Set<number>(), perhaps: new Set<number>() };
    this.instances.push({ ...instance, id, name, ends: new Set<InstanceState>(['running']) });
  }

  /** Notes where an instance ends now that something was accepted. */
  accepted(instance: KnownInstance, { body }: Answer, ends?: readonly InstanceState[]): void {
    instance.ends = new Set(ends ?? [END[body['state'] as InstanceState]]);
  }

  /** Inserts a number, if the server lets anybody in, and remembers it when that was confirmed. */
  async write(instance: KnownInstance): Promise<void> {
    const { body, status } = await this.ask('GET', `instances/${instance.id}/credentials`);
    if (status !== 200) {
      return;
    }
    this.tally.add('operations');
    this.#numbers += 1;
    const number = this.#numbers;
    const client = new Client({
      ...connectionConfig(String(body['dns_connection_string']), 'toygres chaos'),
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      instance.perhaps.add(number);
      await client.query(`CREATE TABLE IF NOT EXISTS chaos (number int)`);
      await client.query(`INSERT INTO chaos VALUES ($1)`, [number]);
      instance.rows.add(number);
      this.tally.add('rows written');
    } catch {
      this.tally.add('rows refused');
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** @returns the numbers that are there */
  async read(instance: KnownInstance): Promise<readonly number[]> {
    const { body } = await this.ask('GET', `instances/${instance.id}/credentials`);
    const client = new Client(connectionConfig(String(body['dns_connection_string']), 'toygres chaos'));
    await client.connect();
    try {
      const { rows: table } = await client.query(`SELECT to_regclass('chaos') IS NOT NULL AS there`);
      if (!(table[0] as { there: boolean }).there) {
        return [];
      }
      const { rows } = await client.query<{ number: number }>(`SELECT number FROM chaos`);
      return rows.map(({ number }) => number);
    } finally {
      await client.end();
    }
  }
}
