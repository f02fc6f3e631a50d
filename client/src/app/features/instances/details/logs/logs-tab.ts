import { Component, computed, DOCUMENT, effect, inject, linkedSignal, signal, untracked } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatIcon } from '@angular/material/icon';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { MatTooltip } from '@angular/material/tooltip';
import { ToygresError } from '#sdk';
import { Format } from '../../../../core/format';
import { Preferences } from '../../../../core/preferences';
import { Live } from '../../../../live/live';
import { type Choice, ChoiceList, type ChoiceFilter } from '../../../../ui/choice-list';
import { FilterButton } from '../../../../ui/filter-button';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { InstancePage } from '../instance-page';
import { LogFeed } from './log-feed';
import { LOG_LEVELS, type LogLevel, toFileLine } from './log-line';
import { matchesIn } from './log-search';
import { LogSearchField } from './log-search-field';
import { LogStatus } from './log-status';
import { LogView } from './log-view';
import { logsText } from './logs.text';
import { saveFile } from './save-file';

const WRAP = 'logs.wrap';
const CHOICES: readonly Choice[] = LOG_LEVELS.map((value) => ({ value, label: logsText.levels[value] }));

/** What the server of an instance writes, as it writes it. */
@Component({
  selector: 'tg-logs-tab',
  imports: [
    ChoiceList,
    FilterButton,
    LoadError,
    LogSearchField,
    LogStatus,
    LogView,
    MatButton,
    MatButtonToggleModule,
    MatIcon,
    MatIconButton,
    MatSlideToggle,
    MatTooltip,
    Skeleton,
  ],
  templateUrl: './logs-tab.html',
  styleUrl: './logs-tab.scss',
  providers: [LogFeed],
})
export class LogsTab {
  protected readonly text = logsText;
  protected readonly skeletons = ['62%', '48%', '71%', '55%', '80%', '44%', '66%', '58%'];
  protected readonly page = inject(InstancePage);
  protected readonly feed = inject(LogFeed);
  readonly #format = inject(Format);
  readonly #preferences = inject(Preferences);
  readonly #document = inject(DOCUMENT);
  readonly #live = inject(Live);

  protected readonly following = signal(true);
  protected readonly previous = signal(false);
  protected readonly wrap = signal(this.#preferences.read(WRAP) !== 'no');
  protected readonly query = signal('');
  readonly #levels = signal<readonly LogLevel[]>([]);
  readonly #instanceId = computed(() => this.page.instance()?.id);

  protected readonly levels = computed<ChoiceFilter>(() => ({
    id: 'level',
    label: logsText.level,
    choices: CHOICES,
    chosen: this.#levels(),
    choose: (values) => this.#levels.set(LOG_LEVELS.filter((level) => values.includes(level))),
  }));
  protected readonly chosenLevels = computed(() => this.#levels().map((level) => logsText.levels[level]));
  protected readonly lines = computed(() => {
    const levels = this.#levels();
    const lines = this.feed.lines();
    return levels.length === 0 ? lines : lines.filter(({ level }) => levels.includes(level));
  });
  protected readonly matches = computed(() => matchesIn(this.lines(), this.query().trim()));
  /** The line that was gone to; the last match when something else is searched for. */
  readonly #pointedAt = linkedSignal<string, string | undefined>({
    source: this.query,
    computation: () => untracked(() => this.lines()[this.matches().at(-1) ?? -1]?.id),
  });
  protected readonly matchAt = computed(() => {
    const matches = this.matches();
    const lines = this.lines();
    const at = matches.findIndex((index) => lines[index]?.id === this.#pointedAt());
    return at === -1 ? undefined : at;
  });
  protected readonly current = computed(() => this.matches()[this.matchAt() ?? -1]);

  protected readonly waiting = computed(() => {
    const count = this.feed.waiting();
    return count === 1 ? logsText.oneWaiting : logsText.waiting(this.#format.number(count));
  });
  /** It has no server that could write something. */
  protected readonly resting = computed(() =>
    ['stopped', 'failed', 'deleted', 'deleting'].includes(this.page.instance()?.state ?? ''),
  );
  protected readonly noPrevious = computed(() => {
    const error = this.feed.error();
    return error instanceof ToygresError && error.code === 'no_previous_log';
  });

  constructor() {
    effect(() => {
      const instanceId = this.#instanceId();
      const [previous, following] = [this.previous(), this.following()];
      if (instanceId !== undefined) {
        untracked(() => this.feed.open({ instanceId, previous }, following));
      }
    });
    this.#retryWhenBack();
  }

  /** The server is there again: what it could not be asked for may be read now. */
  #retryWhenBack(): void {
    effect(() => {
      const isLive = this.#live.status() === 'live';
      const instanceId = untracked(this.#instanceId);
      if (isLive && instanceId !== undefined && untracked(() => isPassing(this.feed.error()))) {
        untracked(() => this.retry(instanceId));
      }
    });
  }

  protected retry(instanceId: string): void {
    this.feed.open({ instanceId, previous: this.previous() }, this.following());
  }

  protected togglePause(): void {
    if (this.feed.paused()) {
      this.feed.resume();
    } else {
      this.feed.pause();
    }
  }

  protected toggleWrap(): void {
    this.wrap.update((wrap) => !wrap);
    this.#preferences.write(WRAP, this.wrap() ? null : 'no');
  }

  protected step(by: 1 | -1): void {
    const matches = this.matches();
    const at = ((this.matchAt() ?? -1) + by + matches.length) % matches.length;
    this.#pointedAt.set(this.lines()[matches[at] ?? -1]?.id);
  }

  protected showAll(): void {
    this.#levels.set([]);
  }

  protected download(name: string): void {
    saveFile(`${name}.log`, this.lines().map(toFileLine), this.#document);
  }
}

/** Whether the server may answer the next time. */
function isPassing(error: unknown): boolean {
  return error instanceof ToygresError && (error.status === 0 || error.status >= 500);
}
