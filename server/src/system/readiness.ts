import { Injectable } from '@nestjs/common';
import { DataPlane } from '../data-plane/index.js';
import { Database } from '../platform/database/database.js';
import { pendingMigrations } from '../platform/database/migrate.js';
import { errorMessage } from '../platform/errors/domain-error.js';
import { Queues } from '../platform/queue/queue.module.js';
import { QUEUE_NAMES } from '../platform/queue/queues.js';

export interface ComponentReadiness {
  readonly status: 'ok' | 'failing';
  /** What is wrong, in a sentence; null when nothing is. */
  readonly reason: string | null;
}

export interface Readiness {
  readonly status: 'ok' | 'failing';
  readonly components: Readonly<Record<'database' | 'queue' | 'data_plane' | 'migrations', ComponentReadiness>>;
}

const TIMEOUT_MS = 3_000;

/** Whether this process can do its work: it reaches the database, the queue and the data plane, and the schema is the one it knows. */
@Injectable()
export class ReadinessProbe {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly dataPlane: DataPlane,
  ) {}

  async check(): Promise<Readiness> {
    const [database, queue, dataPlane, migrations] = await Promise.all([
      probe(() => this.database.query('SELECT 1')),
      probe(() => this.queues.get(QUEUE_NAMES[0] ?? 'interactive').getJobCounts('waiting')),
      probe(() => this.dataPlane.capacity()),
      probe(async () => {
        const pending = await pendingMigrations(this.database);
        if (pending.length > 0) {
          throw new Error(`${String(pending.length)} migrations are pending; run toygres-server migrate`);
        }
      }),
    ]);
    const components = { database, queue, data_plane: dataPlane, migrations };
    const ok = Object.values(components).every(({ status }) => status === 'ok');
    return { status: ok ? 'ok' : 'failing', components };
  }
}

async function probe(check: () => Promise<unknown>): Promise<ComponentReadiness> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${String(TIMEOUT_MS / 1_000)} s`));
  }, TIMEOUT_MS);
  try {
    await Promise.race([check(), timeout]);
    return { status: 'ok', reason: null };
  } catch (error) {
    return { status: 'failing', reason: errorMessage(error) };
  } finally {
    clearTimeout(timer);
  }
}
