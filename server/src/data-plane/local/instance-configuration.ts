import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from '../../platform/embedded-postgres/atomic-file.js';
import { type Settings, toConfigurationFile } from '../../platform/embedded-postgres/settings.js';
import type { InstanceSpec } from '../data-plane.js';
import type { InstanceDirectory } from './instance-directory.js';

/** The user's own settings, beside the generated file. They win, but for {@link fixedSettings}. */
const USER_CONFIGURATION = 'user.conf';

/** Settings that the user may override. Many instances share a small machine, and most of them idle. */
const defaults = (major: number): Settings => ({
  max_connections: 100,
  shared_buffers: '64MB',
  max_wal_size: '512MB',
  password_encryption: 'scram-sha-256',
  log_statement: 'none',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Of the three processes for reading ahead that PostgreSQL 18 starts, one can be kept busy here.
  ...(major >= 18 && { io_workers: 1 }),
});

const AUTHENTICATION = `# Written by Toygres. Nobody gets in without a password.
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;

/** Settings that belong to Toygres. They go on the command line, where not even `ALTER SYSTEM` reaches them. */
export function fixedSettings(directory: InstanceDirectory, port: number): Settings {
  return {
    config_file: directory.configurationFile,
    hba_file: directory.authenticationFile,
    cluster_name: directory.k8sName,
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
  };
}

/** The generated files, by their paths. @param postgresVersion major version */
function generated(directory: InstanceDirectory, postgresVersion: string): ReadonlyMap<string, string> {
  const configuration = `# Written by Toygres and overwritten at every start.
${toConfigurationFile(defaults(Number(postgresVersion)))}include_if_exists '${USER_CONFIGURATION}'
`;
  return new Map([
    [directory.configurationFile, configuration],
    [directory.authenticationFile, AUTHENTICATION],
  ]);
}

/** Writes the generated files anew. @param postgresVersion major version */
export async function writeConfiguration(directory: InstanceDirectory, postgresVersion: string): Promise<void> {
  for (const [path, text] of generated(directory, postgresVersion)) {
    await writeFileAtomically(path, text, 0o644);
  }
}

/** Paths of the generated files that say something else than what would be written. @param postgresVersion major version */
export async function changedConfiguration(
  directory: InstanceDirectory,
  postgresVersion: string,
): Promise<readonly string[]> {
  const files = [...generated(directory, postgresVersion)];
  const texts = await Promise.all(files.map(([path]) => readFile(path, 'utf8').catch(() => null)));
  return files.flatMap(([path, text], index) => (texts[index] === text ? [] : [path]));
}

/** Tells the verifiers of one spec from those of another, without holding them. */
export function fingerprint(spec: InstanceSpec): string {
  return createHash('sha256').update(`${spec.superuserVerifier}\n${spec.monitoringVerifier}`).digest('hex');
}
