import {
  EmbeddedPostgresError,
  type EmbeddedPostgresErrorCode,
} from '../../platform/embedded-postgres/embedded-postgres-error.js';
import { DataPlaneError, type DataPlaneErrorCode } from '../data-plane.js';

const CODES: Readonly<
  Record<EmbeddedPostgresErrorCode, { readonly code: DataPlaneErrorCode; readonly retryable: boolean }>
> = {
  unsupported_platform: { code: 'unsupported_platform', retryable: false },
  unsupported_version: { code: 'unsupported_version', retryable: false },
  server_user_unusable: { code: 'unsupported_platform', retryable: false },
  initdb_failed: { code: 'initdb_failed', retryable: true },
  single_user_failed: { code: 'configure_failed', retryable: true },
  server_exited: { code: 'server_exited', retryable: true },
};

export const DISK_FULL = {
  code: 'disk_full',
  reason: 'The disk that the instances lie on is full: free some space.',
} as const;

/**
 * Does something and puts its failure into the words of the data plane. What they don't cover is thrown as it is.
 *
 * @param isDiskFull whether the disk is full that it writes to: a program that can't write can't write why it has failed either
 */
export async function inDataPlaneWords<T>(
  work: () => Promise<T>,
  isDiskFull: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await translate(error, isDiskFull);
  }
}

/** Whether a file could not be written because there is no space left. */
export function isNoSpace(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

async function translate(error: unknown, isDiskFull: () => Promise<boolean>): Promise<unknown> {
  if (!(error instanceof EmbeddedPostgresError)) {
    return isNoSpace(error) ? diskFull(error, null) : error;
  }
  // The log of a server reaches back to what an earlier one has ended of; its last words are in the message.
  const said = error.code === 'server_exited' ? error.message : (error.details ?? '');
  if (said.includes('No space left on device') || (await isDiskFull())) {
    return diskFull(error, error.details);
  }
  if (said.includes('could not create any TCP/IP sockets')) {
    return new DataPlaneError(
      'port_in_use',
      'Another program took the port of the instance while it was starting.',
      true,
      error.details,
      { cause: error },
    );
  }
  const { code, retryable } = CODES[error.code];
  return new DataPlaneError(code, error.message, retryable, error.details, { cause: error });
}

function diskFull(cause: unknown, details: string | null): DataPlaneError {
  return new DataPlaneError(DISK_FULL.code, DISK_FULL.reason, false, details, { cause });
}
