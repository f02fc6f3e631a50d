import { Injectable } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { DataSource } from 'typeorm';

/** Whatever runs SQL: the pool, or an open transaction. */
export interface SqlExecutor {
  /** @returns the rows; for a statement without RETURNING, none */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Runs statements that are parsed and planned once per connection: for what runs many times a second, where planning costs more than
 * running. Not for statements whose best plan depends on the parameters.
 */
interface PreparedExecutor extends SqlExecutor {
  prepared<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** An event for the timeline. It is written as the last statement of its transaction (see {@link Transaction.emit}). */
export interface TimelineEvent {
  /** Null for what is not about one instance. */
  readonly instanceId: string | null;
  readonly orchestrationId?: string | null;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * An open transaction. Repositories take it explicitly; it can't be used once its `work` has ended.
 *
 * Events are collected and written immediately before the commit, because giving an event its id takes a lock that is held until then.
 */
export class Transaction implements PreparedExecutor {
  readonly #events: TimelineEvent[] = [];
  readonly #afterCommit: (() => Promise<void> | void)[] = [];

  constructor(private readonly client: ClientBase) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, [...parameters])).rows as Row[];
  }

  async prepared<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(named(sql, parameters))).rows as Row[];
  }

  emit(event: TimelineEvent): void {
    this.#events.push(event);
  }

  /** Runs after the commit; for hints to other parts that may be lost, never for what must happen. */
  afterCommit(work: () => Promise<void> | void): void {
    this.#afterCommit.push(work);
  }

  async flushEvents(): Promise<void> {
    if (this.#events.length > 0) {
      await this.prepared(INSERT_EVENTS, [
        JSON.stringify(
          this.#events.map((event) => ({
            instance_id: event.instanceId,
            orchestration_id: event.orchestrationId ?? null,
            type: event.type,
            data: event.data,
          })),
        ),
      ]);
    }
  }

  async runAfterCommit(): Promise<void> {
    for (const work of this.#afterCommit) {
      await work();
    }
  }
}

const INSERT_EVENTS = `
  INSERT INTO instance_events (instance_id, orchestration_id, type, data)
  SELECT e.instance_id, e.orchestration_id, e.type, e.data
  FROM jsonb_to_recordset($1::jsonb) AS e (instance_id uuid, orchestration_id text, type text, data jsonb)`;

const names = new Map<string, string>();

function named(sql: string, parameters: readonly unknown[]): { name: string; text: string; values: unknown[] } {
  const name = names.get(sql) ?? createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, name);
  return { name, text: sql, values: [...parameters] };
}

/** The metadata database: single statements and transactions. TypeORM opens the pool; statements go to it as they are written. */
@Injectable()
export class Database implements PreparedExecutor {
  /**
   * Set within a transaction. Whoever takes a second connection while holding one waits for all others that do the same, and they for him:
   * with as many transactions as connections, for ever. So it is refused at the first try instead of under load.
   */
  readonly #within = new AsyncLocalStorage<true>();
  readonly #pool: Pool;

  constructor(dataSource: DataSource) {
    this.#pool = (dataSource.driver as unknown as { readonly master: Pool }).master;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.#refuseWithin();
    return (await this.#pool.query(sql, [...parameters])).rows as Row[];
  }

  async prepared<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.#refuseWithin();
    return (await this.#pool.query(named(sql, parameters))).rows as Row[];
  }

  /** Runs `work` in a transaction, READ COMMITTED; whatever it throws rolls back. */
  async transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const { result, transaction } = await this.#begin('BEGIN', async (client) => {
      const transaction = new Transaction(client);
      const result = await work(transaction);
      await transaction.flushEvents();
      return { result, transaction };
    });
    await transaction.runAfterCommit();
    return result;
  }

  /** Runs `work` on one snapshot: each of its statements sees what the first one saw, and none can change anything. */
  async snapshot<Result>(work: (snapshot: SqlExecutor) => Promise<Result>): Promise<Result> {
    return this.#begin('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (client) => work(new Transaction(client)));
  }

  async #begin<Result>(begin: string, work: (client: ClientBase) => Promise<Result>): Promise<Result> {
    this.#refuseWithin();
    const client = await this.#pool.connect();
    // A connection that breaks fails the statement that is under way; without a listener it would end the process too.
    client.on('error', ignore);
    let broken = false;
    try {
      await client.query(begin);
      const result = await this.#within.run(true, () => work(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => (broken = true));
      throw error;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  #refuseWithin(): void {
    if (this.#within.getStore()) {
      throw new Error('A transaction is open here: pass it on instead of taking a second connection.');
    }
  }
}

function ignore(): void {
  // Whoever waits for the statement is told.
}
