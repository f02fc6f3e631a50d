import { Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { DataPlaneError } from '../../../data-plane/index.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';

export interface LoginTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** A real login with a real query: the only proof that an instance can be used. */
@Injectable()
export class LoginProbe {
  /** @throws DataPlaneError `not_ready` with the server's words */
  async attempt(target: LoginTarget, signal: AbortSignal): Promise<{ version: string }> {
    signal.throwIfAborted();
    const client = new Client({ ...target, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: 'toygres' });
    // An error while idle, after an abort for instance, is of no interest; without a listener it would end the process.
    client.on('error', () => undefined);
    const abort = (): void => void client.end().catch(() => undefined);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await client.connect();
      const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
      return { version: rows[0]?.version ?? '' };
    } catch (error) {
      signal.throwIfAborted();
      throw new DataPlaneError('not_ready', `A login does not work yet: ${errorMessage(error)}.`, true, null, {
        cause: error,
      });
    } finally {
      signal.removeEventListener('abort', abort);
      await client.end().catch(() => undefined);
    }
  }
}
