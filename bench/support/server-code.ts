import type * as InitdbModule from '../../server/src/platform/embedded-postgres/initdb.js';
import type * as BinariesModule from '../../server/src/platform/embedded-postgres/binaries.js';
import type * as ConfigModule from '../../server/src/config/config.js';
import type * as ConfigurationModule from '../../server/src/data-plane/local/instance-configuration.js';
import type * as RolesModule from '../../server/src/data-plane/roles.js';
import type * as DirectoryModule from '../../server/src/data-plane/local/instance-directory.js';
import type * as MetadataModule from '../../server/src/platform/embedded-postgres/metadata-server.js';
import type * as MigrateModule from '../../server/src/platform/database/migrate.js';
import type * as PostgresServerModule from '../../server/src/platform/embedded-postgres/postgres-server.js';
import type * as QueueModule from '../../server/src/platform/queue/queue-backend.js';
import type * as ProgramModule from '../../server/src/platform/embedded-postgres/server-program.js';
import type * as ScramModule from '../../server/src/platform/crypto/scram.js';
import type * as ServerUserModule from '../../server/src/platform/embedded-postgres/server-user.js';
import type * as SingleUserModule from '../../server/src/platform/embedded-postgres/single-user-mode.js';

/**
 * Loads a module of the built server. Its sources can't be loaded here: Node.js strips types, but it doesn't compile decorators. The types
 * come from the sources, so that nothing has to be built to check this directory.
 *
 * @param path below `server/src`
 */
export function loadServerCode(path: string): Promise<unknown> {
  return import(new URL(`../../dist/server/src/${path}`, import.meta.url).href);
}

const embedded = 'platform/embedded-postgres';

export const { PostgresBinaries } = (await loadServerCode(`${embedded}/binaries.js`)) as typeof BinariesModule;
export const { initialiseDataDirectory, localeArguments } = (await loadServerCode(
  `${embedded}/initdb.js`,
)) as typeof InitdbModule;
export const { runServerProgram } = (await loadServerCode(`${embedded}/server-program.js`)) as typeof ProgramModule;
export const { MetadataServer } = (await loadServerCode(`${embedded}/metadata-server.js`)) as typeof MetadataModule;
export const { PostgresServer } = (await loadServerCode(
  `${embedded}/postgres-server.js`,
)) as typeof PostgresServerModule;
export const { resolveServerUser } = (await loadServerCode(`${embedded}/server-user.js`)) as typeof ServerUserModule;
export const { executeInSingleUserMode } = (await loadServerCode(
  `${embedded}/single-user-mode.js`,
)) as typeof SingleUserModule;
export const { scramVerifier } = (await loadServerCode('platform/crypto/scram.js')) as typeof ScramModule;
export const { migrateDatabase } = (await loadServerCode('platform/database/migrate.js')) as typeof MigrateModule;
export const { migrateQueue, QueueConnection } = (await loadServerCode(
  'platform/queue/queue-backend.js',
)) as typeof QueueModule;
export const { loadConfig } = (await loadServerCode('config/config.js')) as typeof ConfigModule;
export const { rolesSql } = (await loadServerCode('data-plane/roles.js')) as typeof RolesModule;
export const { fixedSettings, writeConfiguration } = (await loadServerCode(
  'data-plane/local/instance-configuration.js',
)) as typeof ConfigurationModule;
export const { InstanceDirectory } = (await loadServerCode(
  'data-plane/local/instance-directory.js',
)) as typeof DirectoryModule;
