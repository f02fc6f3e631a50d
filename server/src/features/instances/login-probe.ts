import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { Client } from 'pg';

export interface LoginTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface Login {
  /** e.g. "18.4" */
  readonly version: string;
  /** Milliseconds from the beginning of the connection to the first answer, to a tenth: more would be noise. */
  readonly responseTimeMs: number;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** A real login with a real query: the only proof that an instance can be used. */
@Injectable()
export class LoginProbe {
  /** @throws what the server or the network said; the reason of the signal when that ends it */
  async attempt(target: LoginTarget, signal: AbortSignal): Promise<Login> {
    signal.throwIfAborted();
    const client = new Client({ ...target, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: 'toygres' });
    // An error while idle, after an abort for instance, is of no interest; without a listener it would end the process.
    client.on('error', () => undefined);
    // Not a polite end: a server that hangs would never take part in one.
    const abort = (): void => void client.connection.stream.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const begin = performance.now();
      await client.connect();
      const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
      return {
        version: rows[0]?.version ?? '',
        responseTimeMs: Math.round((performance.now() - begin) * 10) / 10,
      };
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
      await client.end().catch(() => undefined);
    }
  }
}
