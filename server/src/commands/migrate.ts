import type { Config, ResolvedConfig } from '../config/config.js';
import { migrateDatabase } from '../platform/database/migrate.js';
import { inWordsOfDatabase } from '../platform/errors/start-error.js';
import { migrateQueue } from '../platform/queue/queue-backend.js';
import { EmbeddedHome } from './embedded-home.js';

/** Applies pending migrations. Without TOYGRES_DATABASE_URL it starts the embedded database for as long as it takes. */
export async function migrate(config: Config): Promise<void> {
  const home =
    config.databaseUrl === undefined ? await EmbeddedHome.open(config, new AbortController().signal) : undefined;
  try {
    const applied = await migrateAll({ ...config, databaseUrl: config.databaseUrl ?? home?.databaseUrl ?? '' });
    process.stdout.write(
      applied.length === 0 ? 'The database is up to date.\n' : applied.map((name) => `Applied ${name}\n`).join(''),
    );
  } finally {
    await home?.close();
  }
}

/** Applies what is pending, in the database and in the queue. @returns the names of the applied migrations */
export async function migrateAll(config: ResolvedConfig): Promise<readonly string[]> {
  const applied = await migrateDatabase(config.databaseUrl).catch(inWordsOfDatabase);
  await migrateQueue(config);
  return applied;
}
