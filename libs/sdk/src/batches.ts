import { insist } from './backoff.js';
import { type CallOptions, callOf, given, type Lenient } from './connection.js';
import { followStream } from './event-stream.js';
import type { Client } from './generated/client/index.js';
import { cancelBatch, getBatch, listBatches } from './generated/sdk.gen.js';
import type { Batch, BatchDetails, BatchList, ListBatchesData } from './generated/types.gen.js';

export type ListBatchesQuery = Lenient<NonNullable<ListBatchesData['query']>>;

/** What was asked for many instances at once. Every method throws ToygresError. */
export class Batches {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One page, the newest first. */
  async list(query: ListBatchesQuery = {}, options: CallOptions = {}): Promise<BatchList> {
    const { data } = await listBatches({ ...callOf(this.#client, options), query: given(query) });
    return data;
  }

  /** One batch with what has become of each of its instances. */
  async get(id: string, options: CallOptions = {}): Promise<BatchDetails> {
    const { data } = await getBatch({ ...callOf(this.#client, options), path: { id } });
    return data;
  }

  /** Calls off what was not begun; what is under way goes on. */
  async cancel(id: string, options: CallOptions = {}): Promise<Batch> {
    const { data } = await cancelBatch({ ...callOf(this.#client, options), path: { id } });
    return data;
  }

  /** Waits until every instance of a batch has ended, one way or another. @throws ToygresError, the reason of the signal */
  async waitForEnd(id: string, options: CallOptions = {}): Promise<BatchDetails> {
    for await (const event of followStream(this.#client, options)) {
      const { batch_id: of }: Record<string, unknown> = event.type === 'batch.changed' ? event.data : {};
      if (of === id || event.type.startsWith('stream.')) {
        const batch = await insist(() => this.get(id, options), options.signal);
        if (batch.status !== 'running') {
          return batch;
        }
      }
    }
    throw new Error('An event stream does not end by itself.');
  }
}
