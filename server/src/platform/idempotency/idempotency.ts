import { Injectable } from '@nestjs/common';
import { Database, type SqlExecutor, type Transaction } from '../database/database.js';
import { DomainError } from '../errors/domain-error.js';

/** A request that carries an Idempotency-Key. */
export interface IdempotencyRequest {
  readonly key: string;
  /** Keyed hash of method, path and body: bodies hold passwords, so neither they nor a plain hash of them is kept. */
  readonly fingerprint: Buffer;
}

/** An answer, and whether it was given before. */
export interface Replayable<Response> {
  readonly response: Response;
  readonly replayed: boolean;
}

/** Hours for which an answer is kept. */
export const IDEMPOTENCY_HOURS = 24;

export class IdempotencyKeyReusedError extends DomainError {
  readonly code = 'idempotency_key_reused';

  constructor() {
    super('This Idempotency-Key was used for another request. Send a new key with a new request.');
  }
}

/**
 * Same key, same answer. The key is claimed in the transaction that does the work: a request that fails leaves nothing behind and may be
 * repeated with its key, and a second one that comes meanwhile waits for the first to commit.
 */
@Injectable()
export class Idempotency {
  constructor(private readonly database: Database) {}

  /**
   * The answer that was given before, for checks that are not to be made again.
   *
   * @throws IdempotencyKeyReusedError when the key came with another request
   */
  async answerTo<Response extends object>(
    request: IdempotencyRequest | undefined,
  ): Promise<Replayable<Response> | undefined> {
    const response = request && (await this.#stored<Response>(this.database, request));
    return response && { response, replayed: true };
  }

  /** @throws IdempotencyKeyReusedError when the key came with another request before */
  async run<Response extends object>(
    request: IdempotencyRequest | undefined,
    work: (transaction: Transaction) => Promise<Response>,
  ): Promise<Replayable<Response>> {
    return this.database.transaction(async (transaction) => {
      if (!request) {
        return { response: await work(transaction), replayed: false };
      }
      const claimed = await transaction.query(
        `INSERT INTO idempotency_keys AS k (key, fingerprint) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, response = NULL, created_at = now()
           WHERE k.created_at < now() - make_interval(hours => $3)
         RETURNING key`,
        [request.key, request.fingerprint, IDEMPOTENCY_HOURS],
      );
      const earlier = claimed.length === 0 ? await this.#stored<Response>(transaction, request) : undefined;
      if (earlier) {
        return { response: earlier, replayed: true };
      }
      const response = await work(transaction);
      await transaction.query(`UPDATE idempotency_keys SET response = $2 WHERE key = $1`, [
        request.key,
        JSON.stringify(response),
      ]);
      return { response, replayed: false };
    });
  }

  /** Removes answers that are too old to be asked for. @returns how many */
  async expire(): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM idempotency_keys WHERE created_at < now() - make_interval(hours => $1) RETURNING key`,
      [IDEMPOTENCY_HOURS],
    );
    return rows.length;
  }

  async #stored<Response>(executor: SqlExecutor, request: IdempotencyRequest): Promise<Response | undefined> {
    const [row] = await executor.query<{ fingerprint: Buffer; response: Response }>(
      `SELECT fingerprint, response FROM idempotency_keys
       WHERE key = $1 AND created_at >= now() - make_interval(hours => $2)`,
      [request.key, IDEMPOTENCY_HOURS],
    );
    if (row && !row.fingerprint.equals(request.fingerprint)) {
      throw new IdempotencyKeyReusedError();
    }
    return row?.response;
  }
}
