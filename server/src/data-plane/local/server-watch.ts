import { pause } from '../../platform/embedded-postgres/pause.js';
import { sendSignal } from '../../platform/embedded-postgres/data-directory-lock.js';
import { PostgresServer } from '../../platform/embedded-postgres/postgres-server.js';
import { InstanceDirectory, listInstanceDirectories } from './instance-directory.js';

const LOOK_EVERY_MS = 1_000;
/** Every so many looks, servers that other processes have started are found. */
const LOOKS_PER_SCAN = 15;
/** About an hour. */
const SCANS_PER_PRUNING = 240;

/** Notices that servers exit which should run. Looking at a pid costs a microsecond, so a thousand of them cost nothing. */
export class ServerWatch {
  private readonly pids = new Map<string, number>();
  private readonly reported = new Set<string>();

  constructor(
    private readonly instances: string,
    private readonly changed: (instanceId: string) => void,
  ) {}

  /** Watches until the signal aborts, and resolves then. */
  async run(signal: AbortSignal): Promise<void> {
    for (let looks = 0; !signal.aborted; looks++) {
      if (looks % LOOKS_PER_SCAN === 0) {
        await this.scan(looks % (LOOKS_PER_SCAN * SCANS_PER_PRUNING) === 0);
      }
      for (const [k8sName, pid] of this.pids) {
        if (!sendSignal(pid, 0)) {
          await this.examine(k8sName);
        }
      }
      await pause(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  /** Takes notice of a server that this process has started or found. */
  follow(k8sName: string, server: PostgresServer): void {
    this.pids.set(k8sName, server.pid);
    this.reported.delete(k8sName);
    // The next scan makes up for a look that failed.
    server.onExit(() => void this.examine(k8sName).catch(() => undefined));
  }

  private async scan(prune: boolean): Promise<void> {
    for (const { directory, record } of await listInstanceDirectories(this.instances)) {
      if (record.wanted === 'running') {
        await this.examine(directory.k8sName);
      }
      if (prune) {
        await directory.log.prune();
      }
    }
  }

  /** Reports a server that is gone and should not be, once. */
  private async examine(k8sName: string): Promise<void> {
    const directory = new InstanceDirectory(this.instances, k8sName);
    const server = await PostgresServer.find(directory.dataDirectory);
    if (server !== null) {
      this.pids.set(k8sName, server.pid);
      this.reported.delete(k8sName);
      return;
    }
    this.pids.delete(k8sName);
    const record = await directory.readRecord();
    if (record?.wanted === 'running' && !this.reported.has(k8sName)) {
      this.reported.add(k8sName);
      this.changed(record.instanceId);
    }
  }
}
