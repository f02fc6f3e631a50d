declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the run's own PostgreSQL server, whose role may create further databases. */
    readonly databaseUrl: string;
    /** The run's own Redis, or null when there is none on this machine. */
    readonly redisUrl: string | null;
  }
}

/** Name of the migrated database that every test file clones. */
export const TEMPLATE = 'toygres_template';
