import type { Response } from 'undici';

/** What the API server answers with when it refuses. */
export interface Status {
  readonly code?: number;
  readonly message?: string;
  readonly reason?: string;
}

/** The API server refused something, or could not be asked. */
export class ClusterError extends Error {
  /**
   * @param status HTTP status; null when there was no answer
   * @param reason e.g. `Forbidden`, `AlreadyExists`
   * @param message what it said
   */
  constructor(
    readonly status: number | null,
    readonly reason: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ClusterError';
  }

  static async of(response: Response): Promise<ClusterError> {
    const text = await response.text();
    const { message, reason } = parse(text);
    return new ClusterError(
      response.status,
      reason ?? response.statusText,
      message ?? (text.trim() || response.statusText),
    );
  }

  static ofStatus({ code, reason, message }: Status): ClusterError {
    return new ClusterError(code ?? null, reason ?? 'Unknown', message ?? 'The API server has ended the watch.');
  }

  /** Whether a right is missing, or not known yet: see {@link RIGHTS_UNREAD_MS}. Quotas and rules of a namespace are refused with 403 too. */
  get lacksRight(): boolean {
    return this.status === 403 && /cannot \w+ resource/.test(this.message);
  }

  /** Whether it may go well in a while with nothing changed: nobody answers, or too much is asked, or something inside has failed. */
  get passing(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}

/** How long an API server that has just started may refuse what is allowed: it answers before it has read who may do what. In milliseconds. */
export const RIGHTS_UNREAD_MS = 10_000;

/** What is thrown in place of an error of the network, or of a time that is over. Other errors are what they are. */
export function unreachable(cause: unknown): unknown {
  if (cause instanceof Error && ['TypeError', 'TimeoutError', 'SocketError'].includes(cause.name)) {
    const { code, message } = (cause.cause ?? cause) as NodeJS.ErrnoException;
    return new ClusterError(null, 'Unreachable', `The API server does not answer: ${code ?? message}.`, { cause });
  }
  return cause;
}

function parse(text: string): Status {
  try {
    return JSON.parse(text) as Status;
  } catch {
    return {};
  }
}
