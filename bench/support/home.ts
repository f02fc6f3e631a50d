import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Cleanup } from './cleanup.ts';
import {
  loadConfig,
  MetadataServer,
  migrateDatabase,
  migrateQueue,
  PostgresServer,
  resolveServerUser,
} from './server-code.ts';

/** An empty directory that the user who runs the PostgreSQL servers can enter. Whatever instance runs in it at the end is killed. */
export async function temporaryHome(cleanup: Cleanup): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'toygres-bench-'));
  await chmod(home, 0o711);
  cleanup.add(async () => {
    const instances = join(home, 'instances');
    for (const name of await readdir(instances).catch(() => [])) {
      await (await PostgresServer.find(join(instances, name, 'data')))?.kill();
    }
    await rm(home, { recursive: true, force: true });
  });
  return home;
}

/** A metadata server as the embedded default starts it, with one migrated database. @returns the URL of the database */
export async function startDatabase(cleanup: Cleanup, home: string): Promise<string> {
  const server = await MetadataServer.start(home, await resolveServerUser(), AbortSignal.timeout(60_000));
  cleanup.add(() => server.stop());
  await migrateDatabase(server.url);
  await migrateQueue({ ...loadConfig({}), databaseUrl: server.url });
  return server.url;
}

/** A connection of the bench's own. */
export async function connect(cleanup: Cleanup, url: string): Promise<Client> {
  const client = new Client({ connectionString: url, options: '-c search_path=toygres,public' });
  await client.connect();
  cleanup.add(() => client.end());
  return client;
}
