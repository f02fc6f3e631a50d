import { Batches } from './batches.js';
import { type CallOptions, callOf, connect, type ToygresOptions } from './connection.js';
import { Durable } from './durable.js';
import { ToygresError } from './errors.js';
import { type EventOptions, followEvents, type KeptEvent, type ToygresEvent } from './event-stream.js';
import { Findings } from './findings.js';
import type { Client } from './generated/client/index.js';
import {
  getCapabilities,
  getConsistency,
  getLiveness,
  getMetrics,
  getReadiness,
  getStats,
} from './generated/sdk.gen.js';
import type { Capabilities, Consistency, Liveness, Readiness, Stats } from './generated/types.gen.js';
import { Instances } from './instances.js';
import { Orchestrations } from './orchestrations.js';
import { RuntimeImages } from './runtime-images.js';

/** A Toygres, as the API shows it. Every method throws {@link ToygresError}. */
export class Toygres {
  readonly instances: Instances;
  readonly orchestrations: Orchestrations;
  readonly batches: Batches;
  readonly findings: Findings;
  readonly runtimeImages: RuntimeImages;
  readonly durable: Durable;
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
    this.instances = new Instances(client);
    this.orchestrations = new Orchestrations(client);
    this.batches = new Batches(client);
    this.findings = new Findings(client);
    this.runtimeImages = new RuntimeImages(client);
    this.durable = new Durable(client);
  }

  /**
   * What happens, as it happens, without an end: leave the loop, or abort the signal. After a cut it goes on where it was, without a gap and
   * without a repeat; where events are lost for good, `stream.reset` says so.
   *
   * @throws ToygresError when the server refuses the stream (4xx), the reason of the signal when that ends it; never because of a cut
   */
  events(options?: EventOptions & { readonly checks?: false | undefined }): AsyncGenerator<KeptEvent, void, undefined>;
  /** With `checks`, also the health checks as they are made. */
  events(options: EventOptions): AsyncGenerator<ToygresEvent, void, undefined>;
  events(options: EventOptions = {}): AsyncGenerator<ToygresEvent, void, undefined> {
    return followEvents(this.#client, options);
  }

  /** Counts, what is under way, capacity, and health over the last day. */
  async stats(options: CallOptions = {}): Promise<Stats> {
    const { data } = await getStats(callOf(this.#client, options));
    return data;
  }

  /** Whether exactly that is there which the instances imply, and what is not so. */
  async consistency(options: CallOptions = {}): Promise<Consistency> {
    const { data } = await getConsistency(callOf(this.#client, options));
    return data;
  }

  /** Versions, limits, and what the data plane can do. */
  async capabilities(options: CallOptions = {}): Promise<Capabilities> {
    const { data } = await getCapabilities(callOf(this.#client, options));
    return data;
  }

  /** Whether the process serves requests. */
  async liveness(options: CallOptions = {}): Promise<Liveness> {
    const { data } = await getLiveness(callOf(this.#client, options));
    return data;
  }

  /** Whether everything that the server needs is there; if not, which part is missing and why. */
  async readiness(options: CallOptions = {}): Promise<Readiness> {
    try {
      const { data } = await getReadiness(callOf(this.#client, options));
      return data;
    } catch (error) {
      if (error instanceof ToygresError && isReadiness(error.body)) {
        return error.body;
      }
      throw error;
    }
  }

  /** The metrics, in the text format of Prometheus. */
  async metrics(options: CallOptions = {}): Promise<string> {
    const { data } = await getMetrics({ ...callOf(this.#client, options), parseAs: 'text' });
    return data;
  }
}

/** Makes a client of the Toygres at an address. It connects when it is first used. */
export function createToygres(options: ToygresOptions): Toygres {
  return new Toygres(connect(options));
}

/** "Not ready" is an answer too, although its status is 503. */
function isReadiness(body: unknown): body is Readiness {
  return typeof body === 'object' && body !== null && 'components' in body;
}
