import { Injectable } from '@nestjs/common';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { InstanceRepository } from './data/instance.repository.js';
import { DEFAULT_DATABASE, MASK, SUPERUSER } from './domain/instance.js';
import { endpointOf } from './domain/instance-endpoint.js';
import { InstanceNotFoundError } from './domain/instance-errors.js';
import { InstanceSecrets } from './instance-secrets.js';
import { LoginProbe } from './login-probe.js';

export interface ConnectionTestResult {
  readonly ok: boolean;
  readonly response_time_ms: number | null;
  readonly server_version: string | null;
  readonly error: string | null;
  readonly tested_at: string;
}

/** How long a test may take, in milliseconds: someone is watching. */
const TIMEOUT_MS = 5_000;

const INVALID_PASSWORD = '28P01';

/** Connects to an instance as its user would: to its endpoint, as the superuser, with the password that is stored. */
@Injectable()
export class ConnectionTest {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly secrets: InstanceSecrets,
    private readonly login: LoginProbe,
  ) {}

  /** A connection that does not come about is a result, not an error. @throws InstanceNotFoundError, EndpointUnknownError */
  async run(nameOrId: string): Promise<ConnectionTestResult> {
    const instance = await this.instances.findByNameOrId(nameOrId);
    if (!instance) {
      throw new InstanceNotFoundError(nameOrId);
    }
    const { host, ip, port } = endpointOf(instance);
    const password = this.secrets.superuserPassword(instance);
    const target = { host: ip ?? host, port, user: SUPERUSER, password, database: DEFAULT_DATABASE };
    const tested_at = new Date().toISOString();
    try {
      const { version, responseTimeMs } = await this.login.attempt(target, AbortSignal.timeout(TIMEOUT_MS));
      return {
        ok: true,
        response_time_ms: responseTimeMs,
        server_version: `PostgreSQL ${version}`,
        error: null,
        tested_at,
      };
    } catch (error) {
      // Whoever listens there may have asked for the password in plain text, and may say it again.
      const sentence = connectionFailure(error, `${host}:${String(port)}`).replaceAll(password, MASK);
      return { ok: false, response_time_ms: null, server_version: null, error: sentence, tested_at };
    }
  }
}

/** Why a connection does not work: what a person can do something with; PostgreSQL's and the network's own words for the rest. */
export function connectionFailure(error: unknown, address: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const message = errorMessage(error);
  if (code === 'ECONNREFUSED') {
    return `Nothing listens at ${address}: the connection was refused.`;
  }
  if (code === INVALID_PASSWORD) {
    return `The server refuses the stored password: it was changed on the server itself.`;
  }
  if ((error instanceof Error && error.name === 'TimeoutError') || /timeout/i.test(message)) {
    return `There was no answer from ${address} within ${String(TIMEOUT_MS / 1_000)} seconds.`;
  }
  return `The connection to ${address} failed: ${message.replace(/\.$/, '')}.`;
}
