import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import { PostgresBinaries } from '../../platform/embedded-postgres/binaries.js';
import { clearTheWay } from '../../platform/embedded-postgres/data-directory-lock.js';
import { diskSpaceAt, isDiskFullAt } from '../../platform/embedded-postgres/disk-space.js';
import { PostgresServer } from '../../platform/embedded-postgres/postgres-server.js';
import { readPostmasterFile } from '../../platform/embedded-postgres/postmaster-file.js';
import { listPostgresProcesses } from '../../platform/embedded-postgres/process-table.js';
import { findLastWords } from '../../platform/embedded-postgres/server-log.js';
import { prepareHome, resolveServerUser, type ServerUser } from '../../platform/embedded-postgres/server-user.js';
import { executeInSingleUserMode, releaseSharedMemory } from '../../platform/embedded-postgres/single-user-mode.js';
import { removeStagingLeftovers } from '../../platform/embedded-postgres/staged-directory.js';
import {
  type Capacity,
  DataPlane,
  type DataPlaneCapabilities,
  DataPlaneError,
  type Endpoint,
  type InstanceRef,
  type InstancePlan,
  type InstanceSpec,
  type LogLine,
  type LogQuery,
  type Measure,
  NoPreviousLogError,
  type Observation,
  type OwnedResource,
  type Progress,
} from '../data-plane.js';
import { DataDirectoryPool } from './data-directory-pool.js';
import { DISK_FULL, inDataPlaneWords, isNoSpace } from './data-plane-words.js';
import { changedConfiguration, fingerprint, fixedSettings, writeConfiguration } from './instance-configuration.js';
import { InstanceDirectory, type InstanceRecord, listInstanceDirectories } from './instance-directory.js';
import { rolesSql } from '../roles.js';
import { PortAllocation } from './port-allocation.js';
import type { PortLedger } from './port-ledger.js';
import { ServerWatch } from './server-watch.js';

export type LocalDataPlaneConfig = Pick<
  Config,
  'home' | 'instancePorts' | 'postgresUser' | 'poolSize' | 'minFreeDiskGb' | 'namespaces'
>;

const NO_IMAGES =
  'Instances of the local data plane are processes of this machine, made of its own PostgreSQL programs; there are no images.';
const NO_DURABLE =
  'The PostgreSQL programs of the local data plane come without pg_durable; it is offered on a cluster, with an image that holds it.';
const BYTES_PER_GB = 1e9;
const REASON_LINES = 20;
/** Of the last lines of a log, however many are asked for: they are in memory at once where they are no stream. */
const LOG_BYTES = 8 * 1024 * 1024;

/**
 * The data plane on this machine: one PostgreSQL process and one directory per instance. All its state is on disk, in the
 * process table and in the port ledger, so that any number of control-plane processes may use it and each may die.
 */
export class LocalDataPlane extends DataPlane {
  private readonly instances: string;
  private readonly ports: PortAllocation;
  private readonly pool: DataDirectoryPool;
  private readonly watches = new Set<ServerWatch>();

  private constructor(
    private readonly config: LocalDataPlaneConfig,
    private readonly ledger: PortLedger,
    private readonly binaries: PostgresBinaries,
    home: string,
    private readonly user: ServerUser | null,
  ) {
    super();
    this.instances = join(home, 'instances');
    this.ports = new PortAllocation(ledger, config.instancePorts);
    this.pool = new DataDirectoryPool({
      home,
      binaries,
      user,
      size: config.poolSize,
      hasRoom: async () => !(await this.isDiskLow(home)),
    });
  }

  /**
   * @param searchBinariesFrom the module whose node_modules hold the PostgreSQL programs
   * @throws DataPlaneError `unsupported_platform` when the server user is not usable or can't reach the home
   */
  static async create(
    config: LocalDataPlaneConfig,
    ledger: PortLedger,
    searchBinariesFrom?: string,
  ): Promise<LocalDataPlane> {
    return inDataPlaneWords(async () => {
      const user = await resolveServerUser(config.postgresUser);
      const home = await prepareHome(config.home, user);
      const plane = new LocalDataPlane(config, ledger, new PostgresBinaries(home, searchBinariesFrom), home, user);
      await mkdir(plane.instances, { recursive: true, mode: 0o711 });
      return plane;
    });
  }

  /** Keeps the pool of initialised directories full until the signal aborts; resolves then. */
  async startRefilling(signal: AbortSignal): Promise<void> {
    await this.pool.keepFull(signal);
  }

  async capabilities(): Promise<DataPlaneCapabilities> {
    const versions = await this.binaries.availableVersions();
    return {
      dataPlane: 'local',
      versions: versions.map((version, index) => ({ ...version, latest: index === 0 })),
      storage: { minimumGb: 10, maximumGb: 1000 },
      namespaces: this.config.namespaces,
      regions: [],
      imageTypes: [{ type: 'stock', versions: versions.map(({ major }) => major) }],
      unsupported: [
        { feature: 'runtime_images', reason: NO_IMAGES },
        { feature: 'pg_durable', reason: NO_DURABLE },
        {
          feature: 'load_balancer',
          reason: 'Instances of the local data plane listen on this machine only; there is no load balancer.',
        },
      ],
    };
  }

  async capacity(): Promise<Capacity> {
    return {
      ports: { used: await this.ledger.count(), total: this.ports.total },
      disk: await diskSpaceAt(this.instances),
    };
  }

  async admit(spec: Pick<InstancePlan, 'postgresVersion' | 'storageSizeGb'>): Promise<void> {
    const versions = (await this.binaries.availableVersions()).map(({ major }) => major);
    if (!versions.includes(spec.postgresVersion)) {
      const offer = versions.length === 0 ? 'none is available on this machine' : `available: ${versions.join(', ')}`;
      throw new DataPlaneError(
        'unsupported_version',
        `PostgreSQL ${spec.postgresVersion} is not available; ${offer}.`,
        false,
      );
    }
    await this.ports.admit();
    await this.demandDisk();
  }

  async reserve(spec: InstancePlan, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const directory = this.directoryOf(spec);
    const held = await this.ledger.find(spec.instanceId);
    // Once clients were told a port, or a server listens on it, it stays.
    if (
      held !== null &&
      ((await directory.readRecord())?.published || (await PostgresServer.find(directory.dataDirectory)) !== null)
    ) {
      return;
    }
    await this.demandDisk();
    await this.ports.reserve(spec.instanceId, signal);
  }

  async prepareVolume(spec: InstancePlan, signal: AbortSignal): Promise<void> {
    await this.inForeground(async () => {
      signal.throwIfAborted();
      const directory = this.directoryOf(spec);
      if (!(await directory.hasData())) {
        // First, so that an unknown version leaves nothing behind.
        await this.binaries.install(spec.postgresVersion);
        signal.throwIfAborted();
        await directory.create(spec, this.user);
        await this.pool.take(spec.postgresVersion, directory.dataDirectory, signal);
      }
    });
  }

  async configure(spec: InstanceSpec, signal: AbortSignal): Promise<void> {
    await this.inForeground(async () => {
      signal.throwIfAborted();
      const statements = rolesSql(spec);
      const { directory, record } = await this.demandData(spec);
      if (record.configuredWith === fingerprint(spec)) {
        return;
      }
      if ((await PostgresServer.find(directory.dataDirectory)) !== null) {
        throw new DataPlaneError(
          'configure_failed',
          'The server is running with other passwords; stop it to configure it.',
          false,
        );
      }
      await removeStagingLeftovers(directory.path, 0);
      signal.throwIfAborted();
      await writeConfiguration(directory, record.postgresVersion);
      const installation = await this.binaries.install(record.postgresVersion);
      await executeInSingleUserMode(
        { installation, dataDirectory: directory.dataDirectory, user: this.user, statements },
        signal,
      );
      await directory.writeRecord({ ...record, configuredWith: fingerprint(spec) });
    });
  }

  async start(ref: InstanceRef, signal: AbortSignal, report?: (progress: Progress) => void): Promise<void> {
    await this.inForeground(async () => {
      signal.throwIfAborted();
      const { directory, record } = await this.demandData(ref);
      const running = await PostgresServer.find(directory.dataDirectory);
      const port = (await running?.port()) ?? (await this.portFor(directory, record, signal));
      signal.throwIfAborted();
      await writeConfiguration(directory, record.postgresVersion);
      await directory.writeRecord({ ...record, wanted: 'running' });
      const server = await PostgresServer.start(
        {
          installation: await this.binaries.install(record.postgresVersion),
          dataDirectory: directory.dataDirectory,
          user: this.user,
          settings: fixedSettings(directory, port),
          log: directory.log,
        },
        signal,
        (bytes) => report?.({ done: bytes, total: null, unit: 'bytes' }),
      );
      await directory.writeRecord({ ...record, wanted: 'running', published: true });
      for (const watch of this.watches) {
        watch.follow(directory.k8sName, server);
      }
    });
  }

  async endpoint(ref: InstanceRef, signal: AbortSignal): Promise<Endpoint> {
    signal.throwIfAborted();
    const port = await this.ledger.find(ref.instanceId);
    if (port === null) {
      throw new DataPlaneError('not_ready', 'The instance has no port yet.', true);
    }
    return { host: 'localhost', ip: '127.0.0.1', port };
  }

  async observe(ref: InstanceRef): Promise<Observation> {
    const directory = this.directoryOf(ref);
    const server = await PostgresServer.find(directory.dataDirectory);
    if (server !== null) {
      const full = await isDiskFullAt(directory.dataDirectory);
      return { status: 'running', pid: server.pid, fault: full ? DISK_FULL : null };
    }
    if (!(await directory.exists())) {
      return { status: 'absent', pid: null, fault: null };
    }
    if ((await directory.readRecord())?.wanted !== 'running') {
      return { status: 'stopped', pid: null, fault: null };
    }
    return { status: 'exited', pid: null, fault: await this.faultOfExited(directory) };
  }

  async stop(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const directory = this.directoryOf(ref);
    const record = await directory.readRecord();
    signal.throwIfAborted();
    await this.labelStopped(directory, record);
    await (await PostgresServer.find(directory.dataDirectory))?.stop(signal);
  }

  /** The port stays with the data: whoever brings the instance back finds it where it was. */
  release(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    return this.stop(ref, signal);
  }

  async remove(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const directory = this.directoryOf(ref);
    const record = await directory.readRecord();
    await this.labelStopped(directory, record);
    // No checkpoint: what it would write is deleted next.
    let server: PostgresServer | null;
    while ((server = await PostgresServer.find(directory.dataDirectory)) !== null) {
      signal.throwIfAborted();
      await server.kill();
    }
    if (record !== null && (await readPostmasterFile(directory.dataDirectory)) !== null) {
      await this.bury(directory, record, signal);
    }
    signal.throwIfAborted();
    await directory.remove();
    await this.ledger.release(ref.instanceId);
  }

  /** Before the deed, so that nobody takes it for an accident. The deed doesn't depend on it: who removes something makes room. */
  private async labelStopped(directory: InstanceDirectory, record: InstanceRecord | null): Promise<void> {
    if (record?.wanted !== 'running') {
      return;
    }
    try {
      await directory.writeRecord({ ...record, wanted: 'stopped' });
    } catch (error) {
      if (!isNoSpace(error)) {
        throw error;
      }
    }
  }

  /** Clears away what a server that was killed left outside its directory. */
  private async bury(directory: InstanceDirectory, record: InstanceRecord, signal: AbortSignal): Promise<void> {
    const { dataDirectory } = directory;
    await clearTheWay(dataDirectory, signal);
    const installation = await this.binaries.install(record.postgresVersion).catch(() => null);
    if (installation !== null) {
      await releaseSharedMemory({ installation, dataDirectory, user: this.user }, signal);
    }
  }

  async stopAll(signal: AbortSignal): Promise<void> {
    const directories = await listInstanceDirectories(this.instances);
    await Promise.all(directories.map(({ record }) => this.stop(record, signal)));
  }

  async list(): Promise<readonly OwnedResource[]> {
    const directories = await listInstanceDirectories(this.instances);
    const processes = await listPostgresProcesses();
    const names = new Map(directories.map(({ record }) => [record.instanceId, record.k8sName]));
    const resources: OwnedResource[] = [];
    for (const { directory, record } of directories) {
      const owner = { instanceId: record.instanceId, k8sName: record.k8sName };
      resources.push({ ...owner, kind: 'directory', name: directory.path });
      const own = processes.filter((found) => found.directory === directory.dataDirectory);
      const server = await PostgresServer.find(directory.dataDirectory);
      // The children of a server go with it; those of a killed one are on their own.
      for (const { pid } of server === null ? own : [server]) {
        resources.push({ ...owner, kind: 'process', name: String(pid) });
      }
    }
    for (const { port, instanceId } of await this.ledger.list()) {
      resources.push({ instanceId, k8sName: names.get(instanceId) ?? '', kind: 'port', name: String(port) });
    }
    return resources;
  }

  async measure({ kind, name, k8sName }: OwnedResource): Promise<Measure> {
    const unknown = { bytes: null, since: null };
    switch (kind) {
      case 'directory':
        return (await this.directoryOf({ k8sName }).measure()) ?? unknown;
      case 'port': {
        const held = (await this.ledger.list()).find(({ port }) => String(port) === name);
        return { bytes: null, since: held?.since ?? null };
      }
      default:
        return unknown;
    }
  }

  async removeOwned({ instanceId, k8sName }: OwnedResource, signal: AbortSignal): Promise<void> {
    const record = k8sName === '' ? null : await this.directoryOf({ k8sName }).readRecord();
    if (record?.instanceId === instanceId) {
      await this.remove(record, signal);
    } else {
      await this.ledger.release(instanceId);
    }
  }

  async drift(ref: InstanceRef): Promise<readonly string[]> {
    const directory = this.directoryOf(ref);
    const record = await directory.readRecord();
    return record?.published ? changedConfiguration(directory, record.postgresVersion) : [];
  }

  async reapply(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { directory, record } = await this.demandData(ref);
    await writeConfiguration(directory, record.postgresVersion);
    await (await PostgresServer.find(directory.dataDirectory))?.reload();
  }

  async logs(ref: InstanceRef, query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>> {
    signal.throwIfAborted();
    const { log } = this.directoryOf(ref);
    const { tailLines: lines, since, previous, after, follow } = query;
    const resumed = after === undefined ? null : await log.readAfter(after);
    const reader = resumed ?? (await log.read({ lines, bytes: LOG_BYTES, since, previous }));
    if (reader === null) {
      throw new NoPreviousLogError('There is no log of an earlier run of the server.');
    }
    return follow === true ? reader.follow(signal) : reader.read();
  }

  async watch(changed: (instanceId: string) => void, signal: AbortSignal): Promise<void> {
    const watch = new ServerWatch(this.instances, changed);
    this.watches.add(watch);
    try {
      await watch.run(signal);
    } finally {
      this.watches.delete(watch);
    }
  }

  close(): void {
    // Whoever began to watch, or to refill, ends it by its signal.
  }

  private directoryOf(ref: Pick<InstanceRef, 'k8sName'>): InstanceDirectory {
    return new InstanceDirectory(this.instances, ref.k8sName);
  }

  /** @throws DataPlaneError `data_missing` */
  private async demandData(ref: InstanceRef): Promise<{ directory: InstanceDirectory; record: InstanceRecord }> {
    const directory = this.directoryOf(ref);
    const record = await directory.readRecord();
    if (record === null || !(await directory.hasData())) {
      throw new DataPlaneError('data_missing', `The data directory ${directory.dataDirectory} is not there.`, false);
    }
    return { directory, record };
  }

  private async portFor(directory: InstanceDirectory, record: InstanceRecord, signal: AbortSignal): Promise<number> {
    const own = async () => (await (await PostgresServer.find(directory.dataDirectory))?.port()) ?? null;
    const { instanceId, published } = record;
    return published ? this.ports.keep(instanceId, signal, own) : this.ports.reserve(instanceId, signal, own);
  }

  private async faultOfExited(directory: InstanceDirectory): Promise<NonNullable<Observation['fault']>> {
    if (!(await directory.hasData())) {
      return { code: 'data_missing', reason: 'Its data directory is gone.' };
    }
    return (await isDiskFullAt(directory.dataDirectory))
      ? DISK_FULL
      : { code: 'server_exited', reason: await this.reasonOfExit(directory) };
  }

  private async reasonOfExit(directory: InstanceDirectory): Promise<string> {
    const log = await directory.log.tail(REASON_LINES);
    const words = findLastWords(log);
    if (words !== null) {
      return `The server ended: ${words}.`;
    }
    return log.at(-1)?.includes('database system is shut down')
      ? 'The server was shut down by something other than Toygres.'
      : 'The server ended without a word; it was killed, or the machine went down.';
  }

  private async demandDisk(): Promise<void> {
    if (await this.isDiskLow(this.instances)) {
      throw new DataPlaneError(
        'insufficient_capacity',
        `Less than ${this.config.minFreeDiskGb} GB of disk are free: delete an instance, free some space, or lower TOYGRES_MIN_FREE_DISK_GB.`,
        false,
      );
    }
  }

  private async isDiskLow(path: string): Promise<boolean> {
    return (await diskSpaceAt(path)).freeBytes < this.config.minFreeDiskGb * BYTES_PER_GB;
  }

  /** For what somebody waits for. */
  private inForeground<T>(work: () => Promise<T>): Promise<T> {
    return inDataPlaneWords(
      () => this.pool.whileCreating(work),
      () => isDiskFullAt(this.instances),
    );
  }
}
