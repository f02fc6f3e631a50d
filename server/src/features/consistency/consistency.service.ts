import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataPlane } from '../../data-plane/index.js';
import { type PlannedInstance, RecordedInstances } from './data/recorded-instances.js';
import { canDrift, compare, confirmed, expectedOf, type Finding } from './domain/consistency.js';

/** Long enough for what is under way between two reads to be over, in milliseconds. */
const LOOK_AGAIN_MS = 300;

/** What a comparison has found. */
export interface Comparison {
  /** What is not as it should be. */
  readonly findings: readonly Finding[];
  /** Ids of instances that were left out, because they are being changed. */
  readonly undecided: ReadonlySet<string>;
}

/** Compares intent, record and reality. */
@Injectable()
export class ConsistencyService {
  constructor(
    private readonly dataPlane: DataPlane,
    private readonly recorded: RecordedInstances,
  ) {}

  /** What is found is looked at twice, so that nothing is named that was only just being changed. */
  async check(): Promise<Comparison> {
    const first = await this.#look();
    if (first.findings.length === 0) {
      return first;
    }
    await pause(LOOK_AGAIN_MS);
    const second = await this.#look();
    return {
      findings: confirmed(first.findings, second.findings),
      undecided: new Set([...first.undecided, ...second.undecided]),
    };
  }

  /** Reality first: a row is written before anything is made for it. */
  async #look(): Promise<Comparison> {
    const found = await this.dataPlane.list();
    const instances = await this.recorded.read([...new Set(found.map(({ instanceId }) => instanceId))]);
    return {
      findings: [...compare(instances, found), ...(await this.#drifted(instances))],
      undecided: new Set(instances.filter((instance) => !expectedOf(instance)).map(({ id }) => id)),
    };
  }

  async #drifted(instances: readonly PlannedInstance[]): Promise<readonly Finding[]> {
    const findings = await Promise.all(
      instances.filter(canDrift).map(async (instance) => {
        const { instanceId, name: instanceName, k8sName, state } = instance;
        const about = { instanceId, instanceName, k8sName, state };
        const changed = await this.dataPlane.drift(instance);
        return changed.map((resource) => ({
          ...about,
          code: 'drifted' as const,
          kind: 'configuration' as const,
          resource,
        }));
      }),
    );
    return findings.flat();
  }
}
