import { type Backoff, delayAfter, pause } from './backoff.js';
import { answerError, connectionError } from './errors.js';
import { type Client, createClient, createConfig } from './generated/client/index.js';

export const IDEMPOTENCY_KEY = 'Idempotency-Key';

export type HeaderRecord = Readonly<Record<string, string>>;

export interface ToygresOptions {
  /** Where Toygres answers, e.g. `http://127.0.0.1:8080`. In a browser, `''` is the origin of the page. */
  readonly baseUrl: string | URL;
  /** Headers of every request, or what makes them, e.g. with a token that changes. */
  readonly headers?: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>) | undefined;
  /** Stands in for the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, which then throws the reason of the signal. `AbortSignal.timeout(ms)` limits its time. */
  readonly signal?: AbortSignal | undefined;
}

/** A request whose answer is lost is sent again: three times in all, within less than a second. */
const ATTEMPTS = 3;
/** What proxies answer while a server is started anew, and a server that is about to end. */
const UNAVAILABLE = new Set([502, 503, 504]);
const BACKOFF: Backoff = { firstMs: 150, longestMs: 500 };

/**
 * The generated client, set up so that a lost answer is asked for again, and that whatever is thrown is a ToygresError or the reason of the
 * caller's signal.
 */
export function connect({ baseUrl, headers, fetch }: ToygresOptions): Client {
  const send = fetch ?? ((request) => globalThis.fetch(request));
  const client = createClient(
    createConfig({
      baseUrl: String(baseUrl).replace(/\/+$/, ''),
      parseAs: 'json',
      fetch: (input) => sendPersistently(send, input as Request),
    }),
  );
  client.interceptors.request.use(async (request) => {
    const given = typeof headers === 'function' ? await headers() : (headers ?? {});
    for (const [name, value] of Object.entries(given)) {
      request.headers.set(name, value);
    }
    if (request.method === 'POST' && !request.headers.has(IDEMPOTENCY_KEY)) {
      request.headers.set(IDEMPOTENCY_KEY, randomKey());
    }
    return request;
  });
  client.interceptors.error.use((error, response, _request, { signal }) => {
    if (signal?.aborted) {
      return signal.reason;
    }
    return response && !response.ok
      ? answerError(response, error instanceof Error ? undefined : error)
      : connectionError(error, response);
  });
  return client;
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that came over plain HTTP. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Every request may be sent twice: reading changes nothing, deleting twice is deleting once, and a POST carries its Idempotency-Key. */
async function sendPersistently(send: typeof fetch, request: Request): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await unlessAborted(send(attempt < ATTEMPTS ? request.clone() : request), request.signal);
      if (attempt === ATTEMPTS || !UNAVAILABLE.has(response.status)) {
        return response;
      }
      await response.body?.cancel();
    } catch (error) {
      if (attempt === ATTEMPTS || request.signal.aborted) {
        throw error;
      }
    }
    await pause(delayAfter(attempt, BACKOFF), request.signal);
  }
}

/**
 * Settles as the answer does, or with the reason of the signal. Node.js alone does not see to that: it ties signal and answer by objects that
 * may be collected as garbage meanwhile, and the call would never end.
 */
async function unlessAborted(answer: Promise<Response>, signal: AbortSignal): Promise<Response> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** `T` whose optional members may also be given as undefined, whether or not the caller compiles with exactOptionalPropertyTypes. */
export type Lenient<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] };

/** Brings what a caller gave into the form of the generated functions: without members that are undefined. */
export function given<T>(members: Lenient<T>): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** What every generated function is called with. */
export function callOf(
  client: Client,
  { signal }: CallOptions,
): { readonly client: Client; readonly throwOnError: true; readonly signal?: AbortSignal } {
  return { client, throwOnError: true, ...(signal ? { signal } : {}) };
}
