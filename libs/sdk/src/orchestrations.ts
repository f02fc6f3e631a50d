import { type CallOptions, callOf, given, type Lenient } from './connection.js';
import type { Client } from './generated/client/index.js';
import { cancelOrchestration, getOrchestration, listOrchestrations, retryOrchestration } from './generated/sdk.gen.js';
import type {
  ListOrchestrationsData,
  OperationAccepted,
  OrchestrationList,
  OrchestrationRecord,
} from './generated/types.gen.js';
import { eachItem, LARGEST_PAGE } from './pages.js';

export type ListOrchestrationsQuery = Lenient<NonNullable<ListOrchestrationsData['query']>>;

/** What the control plane does and has done. Every method throws ToygresError. */
export class Orchestrations {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One page, the newest first. */
  async list(query: ListOrchestrationsQuery = {}, options: CallOptions = {}): Promise<OrchestrationList> {
    const { data } = await listOrchestrations({ ...callOf(this.#client, options), query: given(query) });
    return data;
  }

  /** All orchestrations that match, page by page as they are asked for, the newest first. */
  all(
    query: Omit<ListOrchestrationsQuery, 'page' | 'limit'> = {},
    options: CallOptions = {},
  ): AsyncGenerator<OrchestrationRecord, void, undefined> {
    return eachItem(async (page) => {
      const list = await this.list({ ...query, page, limit: LARGEST_PAGE }, options);
      return { items: list.orchestrations, pages: list.pages };
    });
  }

  /** One orchestration with its activities, attempts, times and errors. */
  async get(id: string, options: CallOptions = {}): Promise<OrchestrationRecord> {
    const { data } = await getOrchestration({ ...callOf(this.#client, options), path: { id } });
    return data;
  }

  /** Calls an orchestration off: what was begun is undone. Possible while it is `cancellable`. */
  async cancel(id: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await cancelOrchestration({ ...callOf(this.#client, options), path: { id } });
    return data;
  }

  /** Goes on with a failed orchestration. Possible while it is `retryable`. */
  async retry(id: string, options: CallOptions = {}): Promise<OperationAccepted> {
    const { data } = await retryOrchestration({ ...callOf(this.#client, options), path: { id } });
    return data;
  }
}
