import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, effect, inject, input, linkedSignal, output, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatIcon } from '@angular/material/icon';
import { MatProgressBar } from '@angular/material/progress-bar';
import type { InstanceDetails, OrchestrationRecord } from '#sdk';
import { Capabilities } from '../../../core/capabilities';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { TOYGRES } from '../../../core/toygres';
import { Live } from '../../../live/live';
import { liveQuery } from '../../../live/live-query';
import { patchOrchestration, progressOf } from '../../../live/orchestration-patch';
import { LoadError } from '../../../ui/load-error';
import { Skeleton } from '../../../ui/skeleton';
import { ActivitySteps } from './activity-steps';
import { CreationFacts } from './creation-facts';
import { progressText } from './progress.text';

/** Up to this age the clock goes by tenths of a second, in milliseconds. */
const YOUNG_MS = 10_000;
/** The mark of the usual time stands at this part of the bar, so that there is room for what takes longer. */
const MARK = 0.8;

/** How the creation of an instance goes on, step by step. */
@Component({
  selector: 'tg-creation-progress',
  imports: [ActivitySteps, CreationFacts, LoadError, MatIcon, MatProgressBar, Skeleton],
  templateUrl: './creation-progress.html',
  styleUrl: './creation-progress.scss',
})
export class CreationProgress {
  readonly #toygres = inject(TOYGRES);
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #capabilities = inject(Capabilities);

  readonly instance = input.required<InstanceDetails>();
  /** The creation is at its end, good or bad. Emits once. */
  readonly finished = output();

  protected readonly text = progressText;
  /** Kept when the instance does not name it any more: its end is still to be shown. */
  readonly #id = linkedSignal<string | undefined, string | undefined>({
    source: () => this.instance().orchestration?.id,
    computation: (id, previous) => id ?? previous?.value,
  });
  protected readonly query = liveQuery<string, OrchestrationRecord>({
    params: () => this.#id(),
    load: (id, signal) => this.#toygres.orchestrations.get(id, { signal }),
    patch: patchOrchestration,
  });
  protected readonly operation = this.query.value;

  readonly #tenths = signal(new Date());
  readonly #since = computed(() => this.operation()?.created_at ?? this.instance().created_at);
  readonly #running = computed(() => {
    const status = this.operation()?.status;
    return status === undefined || status === 'pending' || status === 'running' || status === 'compensating';
  });
  /** Finer than the clock of the page while the creation is young: many take less than a second. */
  protected readonly now = computed(() => {
    const [fine, coarse] = [this.#tenths(), this.#clock.now()];
    return fine > coarse ? fine : coarse;
  });
  readonly #elapsedMs = computed(() => {
    const end = this.operation()?.finished_at;
    return Math.max(0, (end == null ? this.now().getTime() : Date.parse(end)) - Date.parse(this.#since()));
  });
  readonly #usualMs = computed(() => {
    const steps = this.operation()?.activities.filter(({ phase }) => phase === 'forward') ?? [];
    const measured = steps.length > 0 && steps.every(({ usual_ms: usual }) => usual !== null);
    return (
      this.#capabilities.value()?.usual_create_ms ??
      (measured ? steps.reduce((sum, { usual_ms: usual }) => sum + (usual ?? 0), 0) : null)
    );
  });

  /** "2 min 49 s" in its parts. */
  protected readonly elapsed = computed(() => {
    const ms = this.#elapsedMs();
    const text = this.#running() && ms < 1_000 ? this.#format.elapsed(ms) : this.#format.duration(ms);
    return [...text.matchAll(/(\S+)\s(\S+)/g)].map(([, number = '', unit = '']) => ({ number, unit }));
  });
  protected readonly usual = computed(() => {
    const usual = this.#usualMs();
    return usual === null ? undefined : this.#format.duration(usual);
  });
  /** How it ends is known: the usual time of a creation says nothing any more. */
  readonly #settled = computed(() => !this.#running() || this.compensating());
  protected readonly comparison = computed(() => {
    const usual = this.usual();
    if (this.#settled()) {
      return '';
    }
    return usual === undefined ? progressText.noUsual : progressText.usuallyReady(usual);
  });
  protected readonly outlook = computed(() => {
    const operation = this.operation();
    const [elapsed, usual] = [this.#elapsedMs(), this.#usualMs()];
    switch (operation?.status) {
      case 'succeeded':
        return progressText.readyAfter(this.#format.duration(elapsed));
      case 'failed':
      case 'cancelled':
        return progressText.failedAfter(this.#format.duration(elapsed));
      case 'compensating':
        return progressText.removing;
      case 'pending':
        return progressText.waitingForWorker;
      default:
        break;
    }
    if (usual === null) {
      return '';
    }
    if (elapsed > usual + 1_000) {
      return progressText.longer(this.#format.elapsed(elapsed - usual));
    }
    return usual - elapsed < 1_000
      ? progressText.anyMoment
      : progressText.timeLeft(this.#format.elapsed(usual - elapsed));
  });
  /** In percent: time against usual time, or steps where no time was measured. */
  protected readonly filled = computed(() => {
    const operation = this.operation();
    if (operation?.status === 'succeeded') {
      return 100;
    }
    const usual = this.#usualMs();
    if (usual === null) {
      const { done, total } = operation ? progressOf(operation) : { done: 0, total: 1 };
      return (100 * done) / Math.max(1, total);
    }
    return Math.min(100, (100 * this.#elapsedMs()) / this.#scaleMs(usual));
  });
  protected readonly mark = computed(() => {
    const usual = this.#usualMs();
    return usual === null || this.#settled() ? undefined : (100 * usual) / this.#scaleMs(usual);
  });
  protected readonly compensating = computed(() => this.operation()?.status === 'compensating');

  constructor() {
    effect((onCleanup) => {
      if (this.#running() && untracked(this.#elapsedMs) < YOUNG_MS) {
        const timer = setInterval(() => {
          this.#tenths.set(new Date());
          if (this.#elapsedMs() >= YOUNG_MS) {
            clearInterval(timer);
          }
        }, 100);
        onCleanup(() => clearInterval(timer));
      }
    });
    this.#tellTheEnd();
  }

  #scaleMs(usual: number): number {
    return Math.max(usual, this.#elapsedMs()) / MARK;
  }

  #tellTheEnd(): void {
    let told = false;
    const tell = (ready: boolean, at: string): void => {
      if (told) {
        return;
      }
      told = true;
      const { user_name: name } = this.instance();
      const took = this.#format.duration(Date.parse(at) - Date.parse(this.#since()));
      void this.#announcer.announce(ready ? progressText.announceReady(name, took) : progressText.announceFailed(name));
      this.finished.emit();
    };
    effect(() => {
      const operation = this.operation();
      if (operation?.finished_at != null && !this.#running()) {
        const { status, finished_at: at } = operation;
        untracked(() => tell(status === 'succeeded', at));
      }
    });
    // The page may take this component away before the end of the operation gets here: the instance's new state is told at once.
    inject(Live)
      .events.pipe(takeUntilDestroyed())
      .subscribe((event) => {
        const state = event.data['state'];
        if (event.type === 'instance.state_changed' && event.instance_id === this.instance().id) {
          if (state === 'running' || state === 'failed') {
            tell(state === 'running', event.created_at);
          }
        }
      });
    effect(() => {
      if (this.compensating()) {
        const { user_name: name } = untracked(this.instance);
        void this.#announcer.announce(progressText.announceCompensating(name));
      }
    });
  }
}
