import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { MatProgressBar } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { Batch, OrchestrationRecord, StageLatency } from '#sdk';
import { Clock } from '../../core/clock';
import { Format } from '../../core/format';
import { currentActivity, progressOf } from '../../live/orchestration-patch';
import type { IconName } from '../../ui/icons';
import { BatchFacts } from '../batches';
import { activityTitle, goingOnWord } from '../operations';
import { dashboardText } from './dashboard.text';

/** More are behind a link. */
const MOST = 5;
/** What takes longer than usual is not shown as done, in percent. */
const ALMOST = 95;

const ICONS: Readonly<Record<string, IconName>> = { create: 'hourglass_top-fill', delete: 'autorenew' };

/** What is being done to instances now. */
@Component({
  selector: 'tg-in-progress',
  imports: [MatIcon, MatProgressBar, RouterLink],
  templateUrl: './in-progress.html',
  styleUrl: './in-progress.scss',
})
export class InProgress {
  readonly orchestrations = input.required<readonly OrchestrationRecord[]>();
  /** Those that are under way. */
  readonly batches = input<readonly Batch[]>([]);
  readonly latency = input.required<readonly StageLatency[]>();
  protected readonly text = dashboardText;
  protected readonly format = inject(Format);
  readonly #clock = inject(Clock);

  readonly #facts = inject(BatchFacts);

  /** Batches come first: they say more than the operations that they are made of. */
  protected readonly rows = computed(() => [...this.#batches(), ...this.#operations()].slice(0, MOST));
  readonly #batches = computed(() =>
    this.batches().map((batch) => ({
      id: batch.id,
      link: `/batches/${batch.id}`,
      name: this.#facts.title(batch),
      kind: batch.kind,
      icon: ICONS[batch.kind] ?? 'autorenew',
      time: this.#facts.took(batch),
      percent: this.#facts.percent(batch),
      doing: this.#facts.headline(batch),
    })),
  );
  readonly #operations = computed(() =>
    this.orchestrations()
      .slice(0, MOST)
      .map((orchestration) => {
        const elapsed = this.#elapsed(orchestration);
        const usual = this.#usual(orchestration);
        return {
          id: orchestration.id,
          link: `/operations/${orchestration.id}`,
          name: orchestration.instance_name ?? orchestration.id,
          kind: orchestration.kind,
          icon: orchestration.status === 'compensating' ? 'undo' : (ICONS[orchestration.kind] ?? 'autorenew'),
          time: this.#time(elapsed, usual),
          percent: this.#percent(orchestration, elapsed, usual),
          doing: this.#doing(orchestration),
        };
      }),
  );
  protected readonly hidden = computed(() => Math.max(0, this.batches().length + this.orchestrations().length - MOST));

  #elapsed({ started_at: started, created_at: created }: OrchestrationRecord): number {
    return Math.max(0, this.#clock.now().getTime() - new Date(started ?? created).getTime());
  }

  /** How long all steps take, in milliseconds; null when that is not known of one of them. */
  #usual({ kind, activities }: OrchestrationRecord): number | null {
    const measured = kind === 'create' ? this.latency().find(({ stage }) => stage === 'total') : undefined;
    if (measured) {
      return measured.p50_ms;
    }
    const forward = activities.filter(({ phase }) => phase === 'forward');
    return forward.reduce<number | null>(
      (sum, { usual_ms: usual }) => (sum === null || usual === null ? null : sum + usual),
      0,
    );
  }

  #time(elapsed: number, usual: number | null): string {
    const spent = this.format.elapsed(elapsed);
    if (usual === null) {
      return spent;
    }
    const say = elapsed > usual ? dashboardText.elapsedLate : dashboardText.elapsedOf;
    return say(spent, this.format.duration(usual));
  }

  /** By time where the usual time is known, but never behind the steps that are done. */
  #percent(orchestration: OrchestrationRecord, elapsed: number, usual: number | null): number {
    const { done, total } = progressOf(orchestration);
    const bySteps = total === 0 ? 0 : (done / total) * 100;
    return Math.max(bySteps, usual === null ? 0 : Math.min(ALMOST, (elapsed / usual) * 100));
  }

  #doing(orchestration: OrchestrationRecord): string {
    const { kind, status } = orchestration;
    const current = currentActivity(orchestration);
    const doing = goingOnWord(kind);
    if (!current || status === 'pending') {
      return dashboardText.queued(doing);
    }
    const title = activityTitle(current.name, current.title);
    if (status === 'compensating') {
      return dashboardText.undoing(title);
    }
    const { done, total } = progressOf(orchestration);
    return dashboardText.step(doing, this.format.number(Math.min(done + 1, total)), this.format.number(total), title);
  }
}
