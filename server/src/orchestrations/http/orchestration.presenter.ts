import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { isoTime } from '../../platform/http/iso-time.js';
import { ActivityRepository } from '../data/activity.repository.js';
import type { OrchestrationRow } from '../data/orchestration.queries.js';
import { DefinitionRegistry } from '../domain/definition-registry.js';
import type { OrchestrationRecord } from './orchestration.schemas.js';

/** How long measured times are taken for the usual ones before they are asked for again, in milliseconds. */
const USUAL_MS = 30_000;

/** The JSON of orchestrations, with what their definitions say about the activities and the times that these usually take. */
@Injectable()
export class OrchestrationPresenter {
  #usual: { readonly until: number; readonly times: Promise<ReadonlyMap<string, number>> } | undefined;

  constructor(
    private readonly definitions: DefinitionRegistry,
    private readonly activities: ActivityRepository,
  ) {}

  async present(rows: readonly OrchestrationRow[]): Promise<z.input<typeof OrchestrationRecord>[]> {
    const usual = await this.#usualTimes();
    return rows.map((row) => ({
      ...row,
      cancellable: this.definitions.isCancellable(row.kind, row.status, row.cancel_requested),
      activities: row.activities.map((activity) => {
        const definition = this.definitions.activity(activity.name);
        return {
          ...activity,
          title: definition?.title ?? activity.name,
          max_attempts: definition?.attempts ?? null,
          usual_ms: usual.get(activity.name) ?? null,
          started_at: isoTime(activity.started_at),
          attempt_started_at: isoTime(activity.attempt_started_at),
          finished_at: isoTime(activity.finished_at),
          next_attempt_at: isoTime(activity.next_attempt_at),
          failed_attempts: activity.failed_attempts.map((failed) => ({
            ...failed,
            started_at: isoTime(failed.started_at),
            finished_at: isoTime(failed.finished_at),
          })),
        };
      }),
    }));
  }

  #usualTimes(): Promise<ReadonlyMap<string, number>> {
    const now = Date.now();
    if (!this.#usual || this.#usual.until < now) {
      const times = this.activities.usualMs(this.definitions.activities.map(({ name }) => name));
      this.#usual = { until: now + USUAL_MS, times };
      times.catch(() => (this.#usual = undefined));
    }
    return this.#usual.times;
  }
}
