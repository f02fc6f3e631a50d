import { randomBytes } from 'node:crypto';
import { chown, rm, writeFile } from 'node:fs/promises';
import type { Installation } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { runServerProgram } from './server-program.js';
import type { ServerUser } from './server-user.js';

export interface InitdbOptions {
  readonly installation: Installation;
  /** An empty directory. */
  readonly directory: string;
  readonly user: ServerUser | null;
  readonly lowPriority?: boolean;
}

/**
 * Initialises a data directory: UTF-8, checksums, superuser `postgres` with a password that nobody knows until another
 * one is set. On failure or abort the directory is left half-filled, for the caller to remove.
 *
 * It is synced to disk (no `--no-sync`), because the claim that it is whole must survive a crash of the machine; it costs
 * nothing that can be measured, and seldom is anybody waiting.
 *
 * @throws EmbeddedPostgresError `initdb_failed` with what initdb said
 */
export async function initialiseDataDirectory(options: InitdbOptions, signal: AbortSignal): Promise<void> {
  const { installation, directory, user } = options;
  // The name shares the prefix of a staging directory, so that a leftover is cleared away with it.
  const passwordFile = `${directory}.password`;
  try {
    await writeFile(passwordFile, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    if (user !== null) {
      await chown(passwordFile, user.uid, user.gid);
      await chown(directory, user.uid, user.gid);
    }
    const args = [
      `--pgdata=${directory}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      ...localeArguments(Number(installation.major)),
    ];
    const result = await runServerProgram(
      { program: installation.initdb, args, user, lowPriority: options.lowPriority ?? false },
      signal,
    );
    if (result.exitCode !== 0) {
      throw new EmbeddedPostgresError(
        'initdb_failed',
        `initdb of PostgreSQL ${installation.release} failed.`,
        result.stderr.trim(),
      );
    }
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * Text sorts by code point, the same on every machine and after every upgrade of the operating system, which is what
 * corrupts indexes elsewhere. PostgreSQL 17 has this built in; before, the C library's C.UTF-8 does it.
 */
export function localeArguments(major: number, platform: NodeJS.Platform = process.platform): string[] {
  // macOS has no C.UTF-8 but gives its UTF-8 character classes without a language.
  const locale = platform === 'darwin' ? ['--locale=C', '--lc-ctype=UTF-8'] : ['--locale=C.UTF-8'];
  return major >= 17 ? [...locale, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : locale;
}
