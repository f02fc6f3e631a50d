import { setTimeout as sleep } from 'node:timers/promises';
import { logIn, PASSWORD, POSTGRES_VERSION } from './instance-parts.ts';

/** When what happened in a create, in milliseconds since the request was sent. */
export interface CreateTimes {
  readonly name: string;
  readonly orchestration: string;
  readonly accepted: number;
  readonly announced: number;
  readonly loggedIn: number;
}

interface StateChanged {
  readonly instance_id: string;
  readonly data: { readonly state: string; readonly failure_reason?: string };
}

/** A client of the API that waits by the event stream, as the SDK does. */
export class ToygresClient {
  readonly url: string;
  readonly #more: Readonly<Record<string, unknown>>;
  readonly #ends = new Map<string, PromiseWithResolvers<undefined>>();
  readonly #stream = new AbortController();

  private constructor(url: string, more: Readonly<Record<string, unknown>>) {
    this.url = url;
    this.#more = more;
  }

  /** @param more of what is asked for with each create */
  static async open(url: string, more: Readonly<Record<string, unknown>> = {}): Promise<ToygresClient> {
    const client = new ToygresClient(url, more);
    const response = await fetch(`${url}/api/events`, { signal: client.#stream.signal });
    void client.#follow(response).catch(() => undefined);
    return client;
  }

  close(): void {
    this.#stream.abort();
  }

  /** Creates an instance and logs in as soon as it is announced as running. @param by name or address; names may be known here only */
  async create(name: string, by: 'dns' | 'ip' = 'dns'): Promise<CreateTimes> {
    const begun = performance.now();
    const since = (): number => performance.now() - begun;
    const body = { name, password: PASSWORD, postgres_version: POSTGRES_VERSION, storage_size_gb: 10, ...this.#more };
    const { instance_id, orchestration_id } = await this.request<{ instance_id: string; orchestration_id: string }>(
      'POST',
      '/api/instances',
      body,
    );
    const accepted = since();
    await this.#endOf(instance_id, 'running').promise;
    const announced = since();
    const credentials = await this.request<Record<`${typeof by}_connection_string`, string>>(
      'GET',
      `/api/instances/${name}/credentials`,
    );
    await logIn(credentials[`${by}_connection_string`]);
    return { name, orchestration: orchestration_id, accepted, announced, loggedIn: since() };
  }

  /** Deletes an instance and resolves when it is gone. */
  async delete(name: string): Promise<void> {
    const { id } = await this.request<{ id: string }>('GET', `/api/instances/${name}`);
    await this.request('DELETE', `/api/instances/${name}?purge=true`);
    await this.#endOf(id, 'purged').promise;
  }

  async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    }
    return (await response.json()) as Answer;
  }

  /** The event may come before the answer to the request that it follows from. */
  #endOf(instanceId: string, state: string): PromiseWithResolvers<undefined> {
    const key = `${instanceId} ${state}`;
    const end = this.#ends.get(key) ?? Promise.withResolvers<undefined>();
    this.#ends.set(key, end);
    return end;
  }

  async #follow(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const frames = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames.filter((candidate) => candidate.includes('event: instance.state_changed\n'))) {
        this.#changed(JSON.parse(frame.slice(frame.indexOf('data: ') + 6)) as StateChanged);
      }
    }
  }

  #changed({ instance_id, data }: StateChanged): void {
    if (data.state === 'failed') {
      this.#endOf(instance_id, 'running').reject(new Error(data.failure_reason));
    } else {
      this.#endOf(instance_id, data.state).resolve(undefined);
    }
  }
}

/** For what announces itself nowhere. */
export async function until(ask: () => Promise<boolean>, everyMs = 50): Promise<void> {
  while (!(await ask())) {
    await sleep(everyMs);
  }
}
