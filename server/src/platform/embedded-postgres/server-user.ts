import { execFile } from 'node:child_process';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const run = promisify(execFile);

/** The operating-system user that runs the PostgreSQL servers. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root hands its servers to somebody else: to `configured`, else to `postgres`,
 * else to `nobody`. It has to be a user with a name, because `initdb` looks the name up.
 *
 * @returns null when this process is not root and runs the servers itself
 * @throws EmbeddedPostgresError `server_user_unusable`
 */
export async function resolveServerUser(configured?: string, ownUid = process.getuid?.()): Promise<ServerUser | null> {
  if (ownUid !== 0) {
    return null;
  }
  for (const name of configured === undefined ? ['postgres', 'nobody'] : [configured]) {
    const user = await findUser(name);
    if (user !== null && user.uid !== 0) {
      return user;
    }
  }
  throw new EmbeddedPostgresError(
    'server_user_unusable',
    configured === undefined
      ? 'PostgreSQL does not run as root, and there is neither a user postgres nor nobody: set TOYGRES_POSTGRES_USER to an unprivileged user, or start Toygres as one.'
      : 'TOYGRES_POSTGRES_USER must name a user of this machine other than root.',
  );
}

/** Asks `id`, which knows the users of LDAP and the like too, unlike /etc/passwd. */
async function findUser(name: string): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (which) => Number((await run('id', [which, '--', name])).stdout)),
    );
    return uid !== undefined && gid !== undefined && Number.isInteger(uid) && Number.isInteger(gid)
      ? { name, uid, gid }
      : null;
  } catch {
    return null;
  }
}

/**
 * Makes the home directory, and makes sure that the server user can reach what lies in it. A directory that was there
 * before is not changed: who may enter it is for its owner to say.
 *
 * @returns its path without symbolic links, by which the servers in it are found again
 * @throws EmbeddedPostgresError `server_user_unusable`, naming the directory that is in the way
 */
export async function prepareHome(home: string, user: ServerUser | null): Promise<string> {
  const first = await mkdir(home, { recursive: true, mode: 0o700 });
  if (user !== null && first !== undefined) {
    for (const directory of chain(dirname(first), home).slice(1)) {
      await chmod(directory, 0o711);
    }
  }
  const path = await realpath(home);
  if (user === null) {
    return path;
  }
  for (const directory of chain(sep, path)) {
    if (!mayEnter(user, await stat(directory))) {
      throw new EmbeddedPostgresError(
        'server_user_unusable',
        `The user ${user.name}, which runs the PostgreSQL servers, can't enter ${directory}: ` +
          `set TOYGRES_HOME to a directory that it can reach, or run: chmod o+x '${directory}'`,
      );
    }
  }
  return path;
}

/** The directories from `top` down to `bottom`, both included. */
function chain(top: string, bottom: string): string[] {
  const directories = [top];
  for (const name of relative(top, bottom).split(sep)) {
    directories.push(resolve(directories.at(-1) ?? top, name));
  }
  return directories;
}

/** Whether the permission bits let a user pass through a directory. Its groups beyond the first are given up when the server starts. */
export function mayEnter(
  user: Pick<ServerUser, 'uid' | 'gid'>,
  directory: { uid: number; gid: number; mode: number },
): boolean {
  if (directory.uid === user.uid) {
    return (directory.mode & 0o100) !== 0;
  }
  if (directory.gid === user.gid) {
    return (directory.mode & 0o010) !== 0;
  }
  return (directory.mode & 0o001) !== 0;
}
