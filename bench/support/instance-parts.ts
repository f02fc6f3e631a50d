import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import {
  executeInSingleUserMode,
  fixedSettings,
  initialiseDataDirectory,
  InstanceDirectory,
  localeArguments,
  PostgresBinaries,
  PostgresServer,
  resolveServerUser,
  rolesSql,
  runServerProgram,
  scramVerifier,
  writeConfiguration,
} from './server-code.ts';
import { timed } from './statistics.ts';

export const POSTGRES_VERSION = '18';
export const PASSWORD = 'SecurePass123!';

const run = promisify(execFile);
const NEVER = new AbortController().signal;

/** A measured instance; it is gone after `discard`. */
export interface Measured {
  readonly milliseconds: number;
  discard(): Promise<void>;
}

/** Makes instances by hand, with nothing of a control plane around it: what a create can't be faster than. */
export class InstanceParts {
  private readonly home: string;
  private readonly installation: Awaited<ReturnType<InstanceType<typeof PostgresBinaries>['install']>>;
  private readonly user: Awaited<ReturnType<typeof resolveServerUser>>;
  private readonly verifier: string;
  /** What sets the passwords and makes the monitoring role. */
  private readonly statements: readonly string[];

  private constructor(
    home: string,
    installation: InstanceParts['installation'],
    user: InstanceParts['user'],
    verifier: string,
  ) {
    this.home = home;
    this.installation = installation;
    this.user = user;
    this.verifier = verifier;
    this.statements = rolesSql({ superuserVerifier: verifier, monitoringVerifier: verifier });
  }

  static async prepare(home: string): Promise<InstanceParts> {
    const installation = await new PostgresBinaries(home).install(POSTGRES_VERSION);
    const parts = new InstanceParts(home, installation, await resolveServerUser(), await scramVerifier(PASSWORD));
    await mkdir(join(home, 'instances'), { recursive: true, mode: 0o711 });
    await mkdir(parts.#template, { mode: 0o755 });
    await initialiseDataDirectory({ installation, directory: parts.#template, user: parts.user }, NEVER);
    return parts;
  }

  /** `initdb`, start, login. */
  async fromNothing(): Promise<Measured> {
    const directory = await this.#directory();
    const passwordFile = join(this.home, `${directory.k8sName}.password`);
    await writeFile(passwordFile, this.verifier);
    await mkdir(directory.dataDirectory, { mode: 0o700 });
    if (this.user) {
      await chown(passwordFile, this.user.uid, this.user.gid);
      await chown(directory.dataDirectory, this.user.uid, this.user.gid);
    }
    const args = [
      `--pgdata=${directory.dataDirectory}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--data-checksums',
      ...localeArguments(Number(POSTGRES_VERSION)),
    ];
    return this.#measure(directory, async () => {
      await runServerProgram({ program: this.installation.initdb, args, user: this.user }, NEVER);
    });
  }

  /** What is left of it when a directory was initialised ahead of time: rename, `postgres --single`, start, login. */
  async fromPool(initialised: string): Promise<Measured> {
    const directory = await this.#directory();
    const { installation, user, statements } = this;
    const { dataDirectory } = directory;
    return this.#measure(directory, async () => {
      await rename(initialised, dataDirectory);
      await executeInSingleUserMode({ installation, dataDirectory, user, statements }, NEVER);
    });
  }

  /**
   * Copies of an initialised data directory, on disk. As good as real ones here, where nobody looks at their identifiers.
   *
   * @param parent on the same file system as where they will be used
   */
  async stock(count: number, parent = this.home): Promise<string[]> {
    await mkdir(parent, { recursive: true });
    const paths = Array.from({ length: count }, () => join(parent, randomBytes(8).toString('hex')));
    for (const path of paths) {
      await run('cp', ['-a', this.#template, path]);
    }
    // Otherwise the first to sync anything would pay for it.
    await run('sync');
    return paths;
  }

  get #template(): string {
    return join(this.home, 'template');
  }

  /** A directory with its configuration and without data. */
  async #directory(): Promise<InstanceType<typeof InstanceDirectory>> {
    const k8sName = `parts-${randomBytes(4).toString('hex')}`;
    const directory = new InstanceDirectory(join(this.home, 'instances'), k8sName);
    const ref = { instanceId: k8sName, k8sName, namespace: 'toygres', postgresVersion: POSTGRES_VERSION };
    await directory.create(ref, this.user);
    await writeConfiguration(directory, POSTGRES_VERSION);
    return directory;
  }

  async #measure(directory: InstanceType<typeof InstanceDirectory>, prepare: () => Promise<void>): Promise<Measured> {
    const { installation, user } = this;
    const port = await freePort();
    const milliseconds = await timed(async () => {
      await prepare();
      await PostgresServer.start(
        {
          installation,
          dataDirectory: directory.dataDirectory,
          user,
          settings: fixedSettings(directory, port),
          log: directory.log,
        },
        NEVER,
      );
      await logIn({ host: '127.0.0.1', port, user: 'postgres', password: PASSWORD, database: 'postgres' });
    });
    return {
      milliseconds,
      discard: async () => {
        await (await PostgresServer.find(directory.dataDirectory))?.kill();
        await rm(directory.path, { recursive: true });
      },
    };
  }
}

/** The first authenticated query. */
export async function logIn(target: string | ConstructorParameters<typeof Client>[0]): Promise<void> {
  const client = new Client(target);
  await client.connect();
  await client.query('SELECT 1');
  // Not waited for: whoever asked has had the answer.
  client.on('error', () => undefined);
  void client.end();
}
