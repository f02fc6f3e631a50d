import { chmod, mkdir, opendir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../platform/embedded-postgres/atomic-file.js';
import { ServerLog } from '../../platform/embedded-postgres/server-log.js';
import type { ServerUser } from '../../platform/embedded-postgres/server-user.js';
import type { InstanceRef } from '../data-plane.js';

/** What `instance.json` says. It holds no secret. */
export interface InstanceRecord extends InstanceRef {
  /** Whether its server should run. Tells a server that died from one that was stopped. */
  readonly wanted: 'running' | 'stopped';
  /** Whether its server has ever been reachable; from then on its port stays the same. */
  readonly published: boolean;
  /** Fingerprint of the verifiers that were set last, or null. */
  readonly configuredWith: string | null;
}

const RECORD = 'instance.json';
/** Unit of `blocks` in stat(2). */
const BLOCK_BYTES = 512;
const LEGAL_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * The directory of one instance, `<home>/instances/<k8s_name>`. It belongs to the control plane, so that a customer, who is
 * superuser and thereby acts as the server's user, can change neither its configuration nor its label; only `data` and
 * `log` in it are the server's.
 */
export class InstanceDirectory {
  readonly path: string;
  readonly dataDirectory: string;
  readonly configurationFile: string;
  readonly authenticationFile: string;
  readonly log: ServerLog;

  /** @param instances `<home>/instances`, without symbolic links */
  constructor(
    instances: string,
    readonly k8sName: string,
  ) {
    if (!LEGAL_NAME.test(k8sName)) {
      throw new Error('An instance needs a name that is legal for Kubernetes.');
    }
    this.path = join(instances, k8sName);
    this.dataDirectory = join(this.path, 'data');
    this.configurationFile = join(this.path, 'postgresql.conf');
    this.authenticationFile = join(this.path, 'pg_hba.conf');
    this.log = new ServerLog(this.path);
  }

  /** Makes it, with its label, and leaves what is there already. */
  async create(ref: InstanceRef, user: ServerUser | null): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await chmod(this.path, user === null ? 0o700 : 0o711);
    if ((await this.readRecord()) === null) {
      const { instanceId, k8sName, namespace, postgresVersion } = ref;
      const record: InstanceRecord = {
        ...{ instanceId, k8sName, namespace, postgresVersion },
        wanted: 'stopped',
        published: false,
        configuredWith: null,
      };
      await this.writeRecord(record);
    }
    await this.log.prepare(user);
  }

  /** @returns null when there is no instance */
  async readRecord(): Promise<InstanceRecord | null> {
    try {
      return JSON.parse(await readFile(join(this.path, RECORD), 'utf8')) as InstanceRecord;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A file among the directories is nobody's instance.
      if (code === 'ENOENT' || code === 'ENOTDIR') {
        return null;
      }
      throw error;
    }
  }

  async writeRecord(record: InstanceRecord): Promise<void> {
    await writeFileAtomically(join(this.path, RECORD), `${JSON.stringify(record, null, 2)}\n`, 0o644);
  }

  async exists(): Promise<boolean> {
    return isThere(this.path);
  }

  /** Bytes that its files take, and when it was made; null when it is gone. */
  async measure(): Promise<{ readonly bytes: number; readonly since: Date } | null> {
    const made = await stat(this.path).catch(() => null);
    if (made === null) {
      return null;
    }
    let bytes = 0;
    for await (const entry of await opendir(this.path, { recursive: true })) {
      // Blocks rather than length: a file may have holes. One may be gone by now.
      const file = entry.isFile() ? await stat(join(entry.parentPath, entry.name)).catch(() => null) : null;
      bytes += (file?.blocks ?? 0) * BLOCK_BYTES;
    }
    return { bytes, since: made.birthtime };
  }

  /** Whether it holds an initialised data directory. That comes by a rename, so it is whole. */
  async hasData(): Promise<boolean> {
    return isThere(join(this.dataDirectory, 'PG_VERSION'));
  }

  /** Removes it, the label last: what is left by a crash in between can still be found. */
  async remove(): Promise<void> {
    const names = await readdir(this.path).catch(() => []);
    for (const name of names.filter((candidate) => candidate !== RECORD)) {
      await rm(join(this.path, name), { recursive: true, force: true });
    }
    await rm(this.path, { recursive: true, force: true });
  }
}

/** The directories of all instances that carry a label. */
export async function listInstanceDirectories(
  instances: string,
): Promise<{ directory: InstanceDirectory; record: InstanceRecord }[]> {
  const names = await readdir(instances).catch(() => []);
  const found = await Promise.all(
    names
      .filter((name) => LEGAL_NAME.test(name))
      .map(async (name) => {
        const directory = new InstanceDirectory(instances, name);
        // One that can't be read must not keep the others from being seen.
        const record = await directory.readRecord().catch(() => null);
        return record && { directory, record };
      }),
  );
  return found.filter((entry) => entry !== null);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
