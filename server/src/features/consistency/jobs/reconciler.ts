import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataPlane, type Measure } from '../../../data-plane/index.js';
import { HousekeepingTask } from '../../../housekeeping/housekeeping-task.js';
import { Database } from '../../../platform/database/database.js';
import { DatabaseListener } from '../../../platform/database/database-listener.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { InstanceRepository, InstanceSecrets, InstanceUpkeep } from '../../instances/index.js';
import { ConsistencyService } from '../consistency.service.js';
import { FindingRepository, type FindingRow } from '../data/finding.repository.js';
import { type Finding, findingKey, repairOf } from '../domain/consistency.js';

/** A repair that does not come to its end is begun again after this time, in seconds. */
const REPAIR_PAUSE_SECONDS = 60;
const REPAIR_TIMEOUT_MS = 5 * 60_000;
const KEPT_DAYS = 90;

/**
 * Compares record and reality from time to time, keeps what it finds, and repairs it: by itself what loses nothing, and what would remove
 * something when somebody has asked for that.
 */
@Injectable()
@HousekeepingTask({ name: 'reconcile', everyMs: ({ reconcileSeconds }) => reconcileSeconds * 1_000 })
export class Reconciler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(Reconciler.name);
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly listener: DatabaseListener,
    private readonly dataPlane: DataPlane,
    private readonly consistency: ConsistencyService,
    private readonly findings: FindingRepository,
    private readonly instances: InstanceRepository,
    private readonly secrets: InstanceSecrets,
    private readonly upkeep: InstanceUpkeep,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#unsubscribe = await this.listener.subscribe('toygres_findings', (id) => {
      if (id !== '') {
        void this.run();
      }
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#unsubscribe?.();
    this.#stop.abort(new Error('The worker is going down.'));
    await this.#running;
  }

  /** Looks, repairs, and looks again when something was repaired. One after the other. */
  async run(): Promise<void> {
    this.#running = this.#running.then(async () => {
      try {
        if (await this.#reconcile()) {
          await this.#reconcile();
        }
        await this.findings.expire(KEPT_DAYS);
      } catch (error) {
        if (!this.#stop.signal.aborted) {
          this.#logger.warn(`Record and reality could not be compared: ${errorMessage(error)}`);
        }
      }
    });
    await this.#running;
  }

  /** @returns whether something was repaired at once */
  async #reconcile(): Promise<boolean> {
    this.#stop.signal.throwIfAborted();
    const { findings: seen, undecided } = await this.consistency.check();
    const known = new Set((await this.findings.open()).map(findingKey));
    const measures = await this.#measure(seen.filter((finding) => !known.has(findingKey(finding))));
    await this.database.transaction((transaction) => this.findings.record(transaction, seen, undecided, measures));
    let repaired = false;
    for (const finding of await this.findings.open()) {
      repaired = (await this.#repair(finding)) || repaired;
    }
    return repaired;
  }

  async #measure(fresh: readonly Finding[]): Promise<ReadonlyMap<string, Measure>> {
    const measures = new Map<string, Measure>();
    for (const finding of fresh) {
      const { kind, resource: name, instanceId, k8sName } = finding;
      if (kind !== 'configuration' && name !== null) {
        measures.set(findingKey(finding), await this.dataPlane.measure({ kind, name, instanceId, k8sName }));
      }
    }
    return measures;
  }

  /** @returns whether it is over by now */
  async #repair(finding: FindingRow): Promise<boolean> {
    const repair = repairOf(finding);
    const wanted = repair === 'automatic' || (repair === 'on_request' && finding.repairRequestedAt !== null);
    // The pause is that of what is looked for often; a person who asks again begins anew.
    if (!wanted || !(await this.findings.beginRepair(finding.id, REPAIR_PAUSE_SECONDS))) {
      return false;
    }
    try {
      return await this.#carryOut(
        finding,
        AbortSignal.any([this.#stop.signal, AbortSignal.timeout(REPAIR_TIMEOUT_MS)]),
      );
    } catch (error) {
      this.#logger.warn(`${finding.code} of "${finding.k8sName}" could not be repaired: ${errorMessage(error)}`);
      await this.findings.repairFailed(finding.id, errorMessage(error));
      return false;
    }
  }

  /** @returns whether it is over by now; else an orchestration is at it */
  async #carryOut(finding: FindingRow, signal: AbortSignal): Promise<boolean> {
    const { code, kind, instanceId, k8sName, resource } = finding;
    switch (code) {
      case 'drifted': {
        const instance = await this.instances.find(instanceId);
        if (instance) {
          this.#logger.log(`${String(resource)} was changed by something else and is written again.`);
          await this.dataPlane.reapply(await this.secrets.spec(instance), signal);
        }
        return true;
      }
      case 'missing_resource':
        await this.upkeep.recover(instanceId);
        return false;
      case 'left_over':
        await (repairOf(finding) === 'automatic'
          ? this.upkeep.settle(instanceId)
          : this.upkeep.cleanUp(instanceId, finding.repairRequestedBy ?? 'reconciler'));
        return false;
      case 'unknown_resource':
        if (kind !== 'configuration' && resource !== null && !(await this.instances.find(instanceId))) {
          await this.dataPlane.removeOwned({ kind, name: resource, instanceId, k8sName }, signal);
        }
        return true;
    }
  }
}
