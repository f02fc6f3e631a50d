import { type CallOptions, callOf, given, IDEMPOTENCY_KEY, type Lenient } from './connection.js';
import type { Client } from './generated/client/index.js';
import {
  cancelDurableInstance,
  getDurableInstance,
  getDurableMetrics,
  listDurableInstances,
  signalDurableInstance,
} from './generated/sdk.gen.js';
import type {
  DurableAnswer,
  DurableInstanceDetails,
  DurableInstanceList,
  DurableMetrics,
  ListDurableInstancesData,
  SignalDurableInstanceRequest,
} from './generated/types.gen.js';
import type { CreateOptions } from './instances.js';

export type ListDurableQuery = Lenient<NonNullable<ListDurableInstancesData['query']>>;
export type DurableSignal = Lenient<SignalDurableInstanceRequest>;

/** Durable functions of instances with pg_durable. The first argument names the instance. Every method throws ToygresError. */
export class Durable {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One page, the newest first; `next_cursor` leads to the next. */
  async list(name: string, query: ListDurableQuery = {}, options: CallOptions = {}): Promise<DurableInstanceList> {
    const { data } = await listDurableInstances({
      ...callOf(this.#client, options),
      path: { name },
      query: given(query),
    });
    return data;
  }

  /** One with its executions and its steps. */
  async get(name: string, id: string, options: CallOptions = {}): Promise<DurableInstanceDetails> {
    const { data } = await getDurableInstance({ ...callOf(this.#client, options), path: { name, id } });
    return data;
  }

  async metrics(name: string, options: CallOptions = {}): Promise<DurableMetrics> {
    const { data } = await getDurableMetrics({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  async cancel(name: string, id: string, reason = '', options: CallOptions = {}): Promise<DurableAnswer> {
    const { data } = await cancelDurableInstance({
      ...callOf(this.#client, options),
      path: { name, id },
      body: { reason },
    });
    return data;
  }

  /** Sends what it waits for. An answer that is lost is asked for again: the Idempotency-Key keeps that from sending twice. */
  async signal(name: string, id: string, signal: DurableSignal, options: CreateOptions = {}): Promise<DurableAnswer> {
    const { idempotencyKey } = options;
    const { data } = await signalDurableInstance({
      ...callOf(this.#client, options),
      path: { name, id },
      body: given(signal),
      ...(idempotencyKey === undefined ? {} : { headers: { [IDEMPOTENCY_KEY]: idempotencyKey } }),
    });
    return data;
  }
}
