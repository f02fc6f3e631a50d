import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { errorMessage } from '../errors/domain-error.js';
import { connectionConfig } from './connection.js';

/** Channels that are notified: by triggers of the database, the last one by workers. */
export type Channel =
  'toygres_events' | 'toygres_orchestrations' | 'toygres_batches' | 'toygres_findings' | 'toygres_checks';
type Handler = (payload: string) => void;

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/**
 * One dedicated connection that listens for notifications and comes back by itself. After every (re)connection each handler is called once
 * with an empty payload, because what was notified meanwhile is lost: handlers look for themselves and take the payload as a hint.
 */
@Injectable()
export class DatabaseListener implements OnApplicationShutdown {
  readonly #logger = new Logger(DatabaseListener.name);
  readonly #handlers = new Map<Channel, Set<Handler>>();
  #client: Client | undefined;
  #connecting: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Whether notifications arrive at present. */
  get connected(): boolean {
    return this.#client !== undefined;
  }

  /** @returns a function that ends the subscription */
  async subscribe(channel: Channel, handler: Handler): Promise<() => void> {
    const handlers = this.#handlers.get(channel) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(channel, handlers);
    if (this.#client) {
      await this.#client.query(`LISTEN ${channel}`);
    } else if (!this.#retry) {
      this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
      await this.#connecting;
    }
    return () => handlers.delete(handler);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client(connectionConfig(this.url, `${this.applicationName} listen`));
    client.on('error', (error) => {
      this.#lost(client, error);
    });
    client.on('end', () => {
      this.#lost(client, new Error('the connection was closed'));
    });
    client.on('notification', ({ channel, payload }) => {
      this.#dispatch(channel as Channel, payload ?? '');
    });
    try {
      await client.connect();
      // Who subscribes meanwhile is in the map by then.
      for (const channel of this.#handlers.keys()) {
        await client.query(`LISTEN ${channel}`);
      }
    } catch (error) {
      this.#lost(client, error);
      return;
    }
    if (this.#closed) {
      await client.end().catch(() => undefined);
      return;
    }
    this.#client = client;
    this.#retryMs = FIRST_RETRY_MS;
    for (const channel of this.#handlers.keys()) {
      this.#dispatch(channel, '');
    }
  }

  #dispatch(channel: Channel, payload: string): void {
    for (const handler of this.#handlers.get(channel) ?? []) {
      handler(payload);
    }
  }

  #lost(client: Client, error: unknown): void {
    client.removeAllListeners('end').removeAllListeners('notification');
    // A dying client may still emit errors; without a listener they would end the process.
    client.removeAllListeners('error').on('error', () => undefined);
    void client.end().catch(() => undefined);
    if (this.#closed || (this.#client !== undefined && this.#client !== client)) {
      return;
    }
    this.#client = undefined;
    clearTimeout(this.#retry);
    this.#logger.warn(`Notifications of the database are interrupted (${errorMessage(error)}); connecting again.`);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      void this.#connect();
    }, this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }
}
