import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { InstanceSpec } from '../../../server/src/data-plane/data-plane.js';
import { LocalDataPlane, type LocalDataPlaneConfig } from '../../../server/src/data-plane/local/local-data-plane.js';
import { Database } from '../../../server/src/platform/database/database.js';
import { SqlPortLedger } from '../../../server/src/data-plane/local/data/sql-port-ledger.js';
import { scramVerifier } from '../../../server/src/platform/crypto/scram.js';
import { MetadataServer } from '../../../server/src/platform/embedded-postgres/metadata-server.js';
import { resolveServerUser } from '../../../server/src/platform/embedded-postgres/server-user.js';

const never = new AbortController().signal;

/** The passwords of {@link newSpec}. */
export const SUPERUSER_PASSWORD = 'superuser';

/** A temporary directory that the servers' user can reach, as `mkdtemp` alone does not make it. */
export async function makeReachableDirectory(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'toygres-test-')));
  await chmod(directory, 0o711);
  return directory;
}

/** A home of its own with a metadata server and the table of the ports, for one test file. */
export class LocalHome {
  private constructor(
    readonly path: string,
    readonly metadata: MetadataServer,
    readonly dataSource: DataSource,
  ) {}

  static async make(): Promise<LocalHome> {
    const path = join(await makeReachableDirectory(), 'home');
    const metadata = await MetadataServer.start(path, await resolveServerUser(), never);
    const dataSource = await new DataSource({ type: 'postgres', url: metadata.url }).initialize();
    await dataSource.query(
      'CREATE TABLE instance_ports (port integer PRIMARY KEY, instance_id uuid NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now())',
    );
    return new LocalHome(path, metadata, dataSource);
  }

  get ledger(): SqlPortLedger {
    return new SqlPortLedger(new Database(this.dataSource));
  }

  config(changes: Partial<LocalDataPlaneConfig> = {}): LocalDataPlaneConfig {
    return {
      home: this.path,
      instancePorts: portsOfThisWorker(),
      postgresUser: undefined,
      poolSize: 0,
      minFreeDiskGb: 0,
      namespaces: ['toygres'],
      ...changes,
    };
  }

  plane(changes: Partial<LocalDataPlaneConfig> = {}): Promise<LocalDataPlane> {
    return LocalDataPlane.create(this.config(changes), this.ledger);
  }

  /** Removes every instance, the metadata server and the directory. */
  async remove(): Promise<void> {
    const plane = await this.plane();
    for (const { instanceId, k8sName } of await plane.list()) {
      if (k8sName !== '') {
        await plane.remove({ instanceId, k8sName, namespace: 'toygres', postgresVersion: '18' }, never);
      }
    }
    await this.dataSource.destroy();
    await this.metadata.stop();
    await rm(join(this.path, '..'), { recursive: true, force: true });
  }
}

export async function newSpec(changes: Partial<InstanceSpec> = {}): Promise<InstanceSpec> {
  return {
    instanceId: randomUUID(),
    k8sName: `local-${randomBytes(4).toString('hex')}`,
    namespace: 'toygres',
    postgresVersion: '18',
    storageSizeGb: 10,
    useLoadBalancer: false,
    dnsLabel: 'proddb',
    tags: {},
    imageType: 'stock',
    image: null,
    superuserVerifier: await scramVerifier(SUPERUSER_PASSWORD),
    monitoringVerifier: await scramVerifier('monitor'),
    ...changes,
  };
}

/** Listens on a port as a stranger would. */
export async function occupy(port: number, host = '127.0.0.1'): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** Test files run at once, each in a process with ports of its own. */
function portsOfThisWorker(): { first: number; last: number } {
  const first = 20_000 + (process.pid % 300) * 100;
  return { first, last: first + 99 };
}
