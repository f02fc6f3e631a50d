import { errorMessage } from './domain-error.js';

/** Something that the person who starts Toygres must mend; shown without a stack. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** @throws StartError for what the database or the way to it says, anything else as it is */
export function inWordsOfDatabase(error: unknown): never {
  if (error instanceof Error && 'code' in error) {
    throw new StartError(`TOYGRES_DATABASE_URL: the database can not be used (${errorMessage(error)}).`, {
      cause: error,
    });
  }
  throw error;
}

/**
 * @param variable that chooses the port
 * @returns a handler that throws StartError when nothing can listen there, anything else as it is
 */
export function inWordsOfPort(variable: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
      throw new StartError(
        `${variable}: nothing can listen there (${error.message}). Choose another, or 0 for any free port.`,
        { cause: error },
      );
    }
    throw error;
  };
}
