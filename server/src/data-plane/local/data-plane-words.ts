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

/** Does something and puts its failure into the words of the data plane. What they don't cover is thrown as it is. */
export async function inDataPlaneWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (error instanceof EmbeddedPostgresError) {
    const details = error.details ?? '';
    if (details.includes('No space left on device')) {
      return diskFull(error, error.details);
    }
    if (details.includes('could not create any TCP/IP sockets')) {
      return new DataPlaneError(
        'port_in_use',
        'Another program took the port of the instance while it was starting.',
        true,
        error.details,
        {
          cause: error,
        },
      );
    }
    const { code, retryable } = CODES[error.code];
    return new DataPlaneError(code, error.message, retryable, error.details, { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? diskFull(error, null) : error;
}

function diskFull(cause: unknown, details: string | null): DataPlaneError {
  return new DataPlaneError(
    'disk_full',
    'The disk that TOYGRES_HOME lies on is full: free some space, then try again.',
    false,
    details,
    { cause },
  );
}
