import { type CallOptions, callOf, given, IDEMPOTENCY_KEY, type Lenient } from './connection.js';
import type { Client } from './generated/client/index.js';
import {
  cancelInstanceOperation,
  checkName,
  createInstance,
  createInstances,
  deleteInstance,
  deleteInstances,
  getInstance,
  getInstanceCredentials,
  getInstanceHealth,
  getInstanceLogs,
  listInstanceEvents,
  listInstances,
  restartInstance,
  retryInstanceOperation,
  startInstance,
  stopInstance,
  testInstanceConnection,
  undeleteInstance,
  updateInstance,
} from './generated/sdk.gen.js';
import type {
  BatchAccepted,
  ConnectionTestResult,
  CreateInstanceRequest,
  CreateInstanceResponse,
  GetInstanceHealthData,
  GetInstanceLogsData,
  HealthHistory,
  InstanceCredentials,
  InstanceDetails,
  InstanceList,
  InstanceLogLine,
  InstanceState,
  InstanceSummary,
  InstanceTemplate,
  ListInstanceEventsData,
  ListInstancesData,
  NameAvailability,
  OperationAccepted,
  TimelinePage,
  UpdateInstanceRequest,
} from './generated/types.gen.js';
import { followLog, type FollowLogOptions } from './log-stream.js';
import { eachItem, LARGEST_PAGE } from './pages.js';
import { waitUntil } from './wait-until.js';

export type ListInstancesQuery = Lenient<NonNullable<ListInstancesData['query']>>;
export type HealthQuery = Lenient<NonNullable<GetInstanceHealthData['query']>>;
export type LogsQuery = Lenient<Omit<NonNullable<GetInstanceLogsData['query']>, 'follow'>>;
export type TimelineQuery = Lenient<NonNullable<ListInstanceEventsData['query']>>;
export type NewInstance = Lenient<CreateInstanceRequest>;

/** Instances that are alike; their names are the base, a hyphen and a number from 1. */
export interface NewSeries {
  readonly baseName: string;
  readonly count: number;
  /** Without a password, each gets one of its own. */
  readonly template: Lenient<InstanceTemplate>;
}

export interface CreateOptions extends CallOptions {
  /** Calls with the same key and the same instance have the same answer, for 24 hours. A random one when left out. */
  readonly idempotencyKey?: string | undefined;
}

export type InstanceChanges = Lenient<UpdateInstanceRequest>;

export interface UpdateOptions extends CallOptions {
  /** Revision that the change is made for: it is refused when somebody else has changed the instance since. */
  readonly revision?: number | undefined;
}

export interface DeleteOptions extends CallOptions {
  /** Removes it for good, data and name, without keeping anything. */
  readonly purge?: boolean | undefined;
}

/** PostgreSQL instances. Wherever a name is asked for, an instance's id will do too. Every method throws ToygresError. */
export class Instances {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One page. */
  async list(query: ListInstancesQuery = {}, options: CallOptions = {}): Promise<InstanceList> {
    const { data } = await listInstances({ ...callOf(this.#client, options), query: given(query) });
    return data;
  }

  /** All instances that match, page by page as they are asked for; the oldest first unless sorted otherwise. */
  all(
    query: Omit<ListInstancesQuery, 'page' | 'limit'> = {},
    options: CallOptions = {},
  ): AsyncGenerator<InstanceSummary, void, undefined> {
    // By age, a new instance comes last and moves no other to another page.
    return eachItem(async (page) => {
      const list = await this.list({ sort: 'created_at', ...given(query), page, limit: LARGEST_PAGE }, options);
      return { items: list.instances, pages: list.pages };
    });
  }

  async get(name: string, options: CallOptions = {}): Promise<InstanceDetails> {
    const { data } = await getInstance({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /**
   * Starts the creation of an instance; {@link waitUntil} waits for its end. An answer that is lost is asked for again: the
   * Idempotency-Key keeps that from creating two.
   */
  async create(instance: NewInstance, options: CreateOptions = {}): Promise<CreateInstanceResponse> {
    const { idempotencyKey } = options;
    const { data } = await createInstance({
      ...callOf(this.#client, options),
      body: given(instance),
      ...(idempotencyKey === undefined ? {} : { headers: { [IDEMPOTENCY_KEY]: idempotencyKey } }),
    });
    return data;
  }

  /** Starts the creation of many instances; `batches.waitForEnd` waits for them. What can not be had fails, and the others go on. */
  async createMany(instances: readonly NewInstance[] | NewSeries, options: CreateOptions = {}): Promise<BatchAccepted> {
    const { idempotencyKey } = options;
    const { data } = await createInstances({
      ...callOf(this.#client, options),
      body: isSeries(instances)
        ? { base_name: instances.baseName, count: instances.count, template: given(instances.template) }
        : { instances: instances.map((instance) => given(instance)) },
      ...(idempotencyKey === undefined ? {} : { headers: { [IDEMPOTENCY_KEY]: idempotencyKey } }),
    });
    return data;
  }

  /** Starts the deletion of many instances, by their names or ids, each as {@link delete} does. */
  async deleteMany(names: readonly string[], options: DeleteOptions = {}): Promise<BatchAccepted> {
    const { purge = false } = options;
    const { data } = await deleteInstances({ ...callOf(this.#client, options), body: { names: [...names], purge } });
    return data;
  }

  /**
   * Changes tags or deletion protection; what is left out stays.
   *
   * @throws ToygresError `revision_changed` when the instance was changed since `options.revision`
   */
  async update(name: string, changes: InstanceChanges, options: UpdateOptions = {}): Promise<InstanceDetails> {
    const { revision } = options;
    const { data } = await updateInstance({
      ...callOf(this.#client, options),
      path: { name },
      body: given(changes),
      ...(revision === undefined ? {} : { headers: { 'If-Match': `"${String(revision)}"` } }),
    });
    return data;
  }

  /** Starts the deletion of an instance; {@link undelete} brings it back until it is purged. Twice is the same as once. */
  async delete(name: string, options: DeleteOptions = {}): Promise<OperationAccepted> {
    const { data } = await deleteInstance({
      ...callOf(this.#client, options),
      path: { name },
      query: options.purge ? { purge: true } : {},
    });
    return data;
  }

  /** Brings a deleted instance back: data, name, host, port and password are the same. */
  async undelete(name: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await undeleteInstance({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** Stops the server; data and endpoint are kept. */
  async stop(name: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await stopInstance({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** Starts a stopped or failed instance, or one that is being stopped as soon as it is. */
  async start(name: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await startInstance({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  async restart(name: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await restartInstance({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** Calls off what is under way with an instance. */
  async cancel(name: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await cancelInstanceOperation({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** Goes on with what left an instance failed. */
  async retry(name: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await retryInstanceOperation({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** The password and the full connection strings of the superuser. */
  async credentials(name: string, options: CallOptions = {}): Promise<InstanceCredentials> {
    const { data } = await getInstanceCredentials({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** Logs in to an instance now, as the superuser with the stored password. A connection that does not work is a result too: see `ok` and `error`. */
  async testConnection(name: string, options: CallOptions = {}): Promise<ConnectionTestResult> {
    const { data } = await testInstanceConnection({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /** What the health checks saw: single checks, or stretches with percentiles and uptime. */
  async health(name: string, query: HealthQuery = {}, options: CallOptions = {}): Promise<HealthHistory> {
    const { data } = await getInstanceHealth({ ...callOf(this.#client, options), path: { name }, query: given(query) });
    return data;
  }

  /** The last lines that its server has written, the oldest first. @throws ToygresError `no_previous_log` */
  async logs(name: string, query: LogsQuery = {}, options: CallOptions = {}): Promise<readonly InstanceLogLine[]> {
    const { data } = await getInstanceLogs({ ...callOf(this.#client, options), path: { name }, query: given(query) });
    return data.lines;
  }

  /**
   * What its server writes, as it writes it: leave the loop, or abort the signal. After a cut it goes on behind the last line, without a gap
   * and without a repeat. It ends by itself when nothing is left of the instance.
   *
   * @throws ToygresError when the server refuses it (4xx), the reason of the signal when that ends it; never because of a cut
   */
  followLogs(name: string, options: FollowLogOptions = {}): AsyncGenerator<InstanceLogLine, void, undefined> {
    return followLog(this.#client, name, options);
  }

  /** What has happened to an instance, the newest first, one page. */
  async timeline(name: string, query: TimelineQuery = {}, options: CallOptions = {}): Promise<TimelinePage> {
    const { data } = await listInstanceEvents({
      ...callOf(this.#client, options),
      path: { name },
      query: given(query),
    });
    return data;
  }

  /** Whether a create with this name would be accepted, and why not. */
  async checkName(name: string, options: CallOptions = {}): Promise<NameAvailability> {
    const { data } = await checkName({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  /**
   * Waits, by events, until an instance is in a state. Limit the time with `AbortSignal.timeout(ms)`.
   *
   * @returns the instance in that state
   * @throws InstanceFailedError when it is `failed`, `deleted` or `purged` instead
   */
  waitUntil(name: string, state: InstanceState, options: CallOptions = {}): Promise<InstanceDetails> {
    return waitUntil(this.#client, (nameOrId) => this.get(nameOrId, options), name, state, options);
  }
}

function isSeries(instances: readonly NewInstance[] | NewSeries): instances is NewSeries {
  return 'baseName' in instances;
}
