import { Injectable } from '@nestjs/common';
import type { SqlExecutor } from '../../platform/database/database.js';
import { DomainError, errorMessage } from '../../platform/errors/domain-error.js';
import { Idempotency, type IdempotencyRequest, type Replayable } from '../../platform/idempotency/idempotency.js';
import {
  connectionFailure,
  DEFAULT_DATABASE,
  endpointOf,
  InstanceRepository,
  InstanceSecrets,
  type LoginTarget,
  MASK,
  SUPERUSER,
} from '../instances/index.js';
import {
  cancelInstance,
  isThere,
  listInstances,
  readInstance,
  readMetrics,
  signalInstance,
} from './data/durable-functions.js';
import { InstanceSession } from './data/instance-session.js';
import type { DurableInstanceDetails, DurableMetrics, DurablePage, DurableQuery } from './domain/durable.js';
import {
  DurableInstanceNotFoundError,
  DurableRefusedError,
  ExtensionMissingError,
  InstanceNotFoundError,
  InstanceUnreachableError,
  InvalidStateError,
  NotDurableError,
} from './domain/durable-errors.js';
import { sqlFailure } from './domain/sql-failure.js';

/** What the extension said to a request. It is kept as JSON for a repeated one. */
export interface DurableAnswer {
  readonly message: string;
}

/**
 * The durable functions of an instance, in its own database. Everything is asked as `postgres`, the customer's own role, with the password that
 * the customer has given: whoever may use this may use that one anyway (see `credentials`). Nothing is done that the customer could not do, and
 * no role of the control plane has a right to any of it. Nobody's SQL is run: `df.start` is not offered.
 *
 * Every method throws InstanceNotFoundError, NotDurableError, InvalidStateError, EndpointUnknownError, InstanceUnreachableError,
 * ExtensionMissingError, DurableRefusedError.
 */
@Injectable()
export class DurableService {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly secrets: InstanceSecrets,
    private readonly sessions: InstanceSession,
    private readonly idempotency: Idempotency,
  ) {}

  async list(nameOrId: string, query: DurableQuery): Promise<DurablePage> {
    return this.#visit(await this.#host(nameOrId), (session) => listInstances(session, query));
  }

  /** @throws DurableInstanceNotFoundError */
  async read(nameOrId: string, id: string): Promise<DurableInstanceDetails> {
    const details = await this.#visit(await this.#host(nameOrId), (session) => readInstance(session, id));
    if (details === undefined) {
      throw new DurableInstanceNotFoundError(nameOrId, id);
    }
    return details;
  }

  async metrics(nameOrId: string): Promise<DurableMetrics> {
    return this.#visit(await this.#host(nameOrId), readMetrics);
  }

  /** Twice is the same as once. @throws DurableInstanceNotFoundError */
  async cancel(nameOrId: string, id: string, reason: string): Promise<DurableAnswer> {
    return this.#tell(await this.#host(nameOrId), id, (session) => cancelInstance(session, id, reason));
  }

  /**
   * A function that waits for two signals of a name takes one that is sent twice for both: the key keeps a repeated request from that.
   *
   * @throws DurableInstanceNotFoundError
   */
  async signal(
    nameOrId: string,
    id: string,
    { name, data }: { readonly name: string; readonly data: unknown },
    key: IdempotencyRequest | undefined,
  ): Promise<Replayable<DurableAnswer>> {
    const answered = await this.idempotency.answerTo<DurableAnswer>(key);
    if (answered) {
      return answered;
    }
    const host = await this.#host(nameOrId);
    return this.idempotency.run(key, () =>
      this.#tell(host, id, (session) => signalInstance(session, id, name, JSON.stringify(data))),
    );
  }

  /** Tells something to a function instance that is there. */
  async #tell(host: Host, id: string, tell: (session: SqlExecutor) => Promise<string>): Promise<DurableAnswer> {
    const message = await this.#visit(host, async (session) =>
      (await isThere(session, id)) ? tell(session) : undefined,
    );
    if (message === undefined) {
      throw new DurableInstanceNotFoundError(host.name, id);
    }
    return { message };
  }

  async #host(nameOrId: string): Promise<Host> {
    const instance = await this.instances.findByNameOrId(nameOrId);
    if (!instance) {
      throw new InstanceNotFoundError(nameOrId);
    }
    const { name, state, imageType } = instance;
    if (imageType !== 'pg_durable') {
      throw new NotDurableError(name);
    }
    if (state !== 'running') {
      const advice = 'Only a running instance answers.';
      throw new InvalidStateError(name, 'be asked for its durable functions', state, advice);
    }
    const { host, ip, port } = endpointOf(instance);
    const password = this.secrets.superuserPassword(instance);
    return {
      name,
      address: `${host}:${String(port)}`,
      target: { host: ip ?? host, port, user: SUPERUSER, password, database: DEFAULT_DATABASE },
    };
  }

  async #visit<Result>(host: Host, work: (session: SqlExecutor) => Promise<Result>): Promise<Result> {
    try {
      return await this.sessions.visit(host.target, work);
    } catch (error) {
      throw inWords(error, host);
    }
  }
}

/** What is asked, and as whom. */
interface Host {
  readonly name: string;
  /** For people. */
  readonly address: string;
  readonly target: LoginTarget;
}

/** Whoever answers there may have asked for the password in plain text, and may say it again. */
function inWords(error: unknown, { name, address, target: { password, database } }: Host): DomainError {
  const masked = (text: string): string => text.replaceAll(password, MASK);
  const words = masked(errorMessage(error)).replace(/\.$/, '');
  switch (sqlFailure(error instanceof Error && 'code' in error ? error.code : undefined)) {
    case 'missing':
      return new ExtensionMissingError(name, database, words);
    case 'refused':
      return new DurableRefusedError(`pg_durable of "${name}" refuses: ${words}.`);
    case 'unreachable':
      return new InstanceUnreachableError(masked(connectionFailure(error, address)));
  }
}
