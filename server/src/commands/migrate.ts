import type { Config } from '../config/config.js';
import { EmbeddedHome } from './embedded-home.js';
import { migrateAll } from './serve.js';

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
