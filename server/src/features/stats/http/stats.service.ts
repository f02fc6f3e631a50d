import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DataPlane } from '../../../data-plane/index.js';
import { OrchestrationPresenter, OrchestrationQueries } from '../../../orchestrations/http.js';
import { Remembered } from '../../../platform/cache/remembered.js';
import { HealthRollups } from '../../health/index.js';
import { toSummary } from '../../instances/http.js';
import {
  HIDDEN_STATES,
  INSTANCE_STATES,
  type InstanceState,
  InstanceQueries,
  type ListQuery,
} from '../../instances/index.js';
import { StatsQueries } from '../data/stats.queries.js';
import type { Stats } from './stats.schemas.js';

/** How old the health over time may be, in milliseconds. It reads the checks of up to a quarter of an hour. */
const HEALTH_MS = 10_000;

const NEWEST: ListQuery = {
  states: [],
  healths: [],
  versions: [],
  tags: [],
  sort: 'created_at',
  descending: true,
  page: 1,
  limit: 5,
};

/** Puts together what the dashboard shows. */
@Injectable()
export class StatsService {
  readonly #healthOverTime = new Remembered(HEALTH_MS, () => this.rollups.lastDay());

  constructor(
    private readonly stats: StatsQueries,
    private readonly instances: InstanceQueries,
    private readonly orchestrations: OrchestrationQueries,
    private readonly presenter: OrchestrationPresenter,
    private readonly rollups: HealthRollups,
    private readonly dataPlane: DataPlane,
  ) {}

  async collect(): Promise<z.input<typeof Stats>> {
    const now = new Date();
    const [counts, recent, failed, inFlight, capacity, promised, healthOverTime, latency] = await Promise.all([
      this.stats.counts(),
      this.instances.list(NEWEST),
      this.instances.list({ ...NEWEST, states: ['failed'], sort: 'updated_at', limit: 20 }),
      this.orchestrations.list({ kinds: [], statuses: ['pending', 'running', 'compensating'], page: 1, limit: 100 }),
      this.dataPlane.capacity(),
      this.stats.storagePromisedGb(),
      this.#healthOverTime.get(),
      this.stats.createLatency(),
    ]);
    const state = (name: InstanceState): number => counts.states.get(name) ?? 0;
    const health = (name: string): number => counts.healths.get(name) ?? 0;
    return {
      total: INSTANCE_STATES.filter(isListed).reduce((sum, name) => sum + state(name), 0),
      by_state: byState(state),
      by_health: { healthy: health('healthy'), unhealthy: health('unhealthy'), unknown: health('unknown') },
      recent_instances: recent.rows.map(toSummary),
      failed_instances: failed.rows.map(toSummary),
      orchestrations_in_flight: await this.presenter.present(inFlight.rows),
      capacity: {
        ports: capacity.ports,
        disk: capacity.disk && { free_bytes: capacity.disk.freeBytes, total_bytes: capacity.disk.totalBytes },
        storage_promised_gb: promised,
      },
      health_over_time: [...healthOverTime],
      create_latency: [...latency],
      as_of: now,
    };
  }
}

function isListed(state: InstanceState): boolean {
  return !(HIDDEN_STATES as readonly InstanceState[]).includes(state);
}

function byState(count: (state: InstanceState) => number): z.input<typeof Stats>['by_state'] {
  const counts = INSTANCE_STATES.filter((state) => state !== 'purged').map((state) => [state, count(state)] as const);
  return Object.fromEntries(counts) as Record<(typeof counts)[number][0], number>;
}
