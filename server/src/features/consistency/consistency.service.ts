import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataPlane } from '../../data-plane/index.js';
import { RecordedInstances } from './data/recorded-instances.js';
import { canDrift, compare, confirmed, type Finding, type RecordedInstance } from './domain/consistency.js';

/** Long enough for what is under way between two reads to be over, in milliseconds. */
const LOOK_AGAIN_MS = 300;

/** Compares intent, record and reality. */
@Injectable()
export class ConsistencyService {
  constructor(
    private readonly dataPlane: DataPlane,
    private readonly recorded: RecordedInstances,
  ) {}

  /** What is not as it should be. What is found is looked at twice, so that nothing is named that was only just being changed. */
  async check(): Promise<readonly Finding[]> {
    const first = await this.#look();
    if (first.length === 0) {
      return first;
    }
    await pause(LOOK_AGAIN_MS);
    return confirmed(first, await this.#look());
  }

  /** Reality first: a row is written before anything is made for it. */
  async #look(): Promise<readonly Finding[]> {
    const found = await this.dataPlane.list();
    const instances = await this.recorded.read([...new Set(found.map(({ instanceId }) => instanceId))]);
    return [...compare(instances, found), ...(await this.#drifted(instances))];
  }

  async #drifted(instances: readonly RecordedInstance[]): Promise<readonly Finding[]> {
    const findings = await Promise.all(
      instances.filter(canDrift).map(async ({ id: instanceId, name: instanceName, k8sName, state, ...rest }) => {
        const about = { instanceId, instanceName, k8sName, state };
        const changed = await this.dataPlane.drift({ instanceId, k8sName, ...rest });
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
