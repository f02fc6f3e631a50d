import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DataPlane } from '../../../data-plane/index.js';
import { OrchestrationPresenter, OrchestrationQueries } from '../../../orchestrations/http.js';
import { Remembered } from '../../../platform/cache/remembered.js';
import { HealthRollups } from '../../health/index.js';
import { toSummary } from '../../instances/http.js';
import { InstanceQueries, type ListQuery } from '../../instances/index.js';
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
    const state = (name: string): number => counts.states.get(name) ?? 0;
    const health = (name: string): number => counts.healths.get(name) ?? 0;
    return {
      total: [...counts.states.values()].reduce((sum, count) => sum + count, 0),
      by_state: {
        creating: state('creating'),
        running: state('running'),
        deleting: state('deleting'),
        failed: state('failed'),
      },
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
