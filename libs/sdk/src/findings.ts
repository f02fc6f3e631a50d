import { type CallOptions, callOf, given, type Lenient } from './connection.js';
import type { Client } from './generated/client/index.js';
import { listFindings, repairFinding } from './generated/sdk.gen.js';
import type { Finding, FindingList, ListFindingsData } from './generated/types.gen.js';

export type ListFindingsQuery = Lenient<NonNullable<ListFindingsData['query']>>;

/** What the regular comparison of record and reality has found. Every method throws ToygresError. */
export class Findings {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One page, the newest first; those that are open unless `resolved` is asked for. */
  async list(query: ListFindingsQuery = {}, options: CallOptions = {}): Promise<FindingList> {
    const { data } = await listFindings({ ...callOf(this.#client, options), query: given(query) });
    return data;
  }

  /** Removes what belongs to nobody, or to an instance that should have nothing. Possible unless `repair` is `none`. */
  async repair(id: string, options: CallOptions = {}): Promise<Finding> {
    const { data } = await repairFinding({ ...callOf(this.#client, options), path: { id } });
    return data;
  }
}
