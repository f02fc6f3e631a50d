import { Component, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Clock } from '../core/clock';
import { Format } from '../core/format';
import { Live } from '../live/live';
import { shellText } from './shell.text';

/** A cut that is mended within this time is nobody's business, in milliseconds. */
const GRACE_MS = 1_500;

/** Says that what is shown may be old, how old it is, and when the next try is. */
@Component({
  selector: 'tg-lost-banner',
  imports: [MatButton, MatIcon],
  template: `
    @if (shown()) {
      <div class="banner">
        <mat-icon svgIcon="cloud_off" aria-hidden="true" />
        <p>
          <span role="status"
            ><b>{{ text.lostTitle }}</b> {{ since() }}</span
          >&ngsp;<span class="tabular">{{ next() }}</span>
        </p>
        <button matButton="outlined" class="small-button" type="button" (click)="live.tryNow()">
          <mat-icon svgIcon="refresh" />{{ text.tryNow }}
        </button>
      </div>
    }
  `,
  styles: `
    .banner {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      margin: 16px var(--tg-gutter) 0;
      padding: 10px 16px;
      border: 1px solid var(--tg-warning-border);
      border-radius: var(--tg-radius-block);
      background: var(--tg-warning-tint);
    }
    .banner > mat-icon {
      color: var(--tg-warning);
    }
    p {
      flex: 1;
      min-width: 200px;
    }
    button {
      background: var(--tg-card);
    }
    @media (max-width: 599px) {
      .banner {
        align-items: flex-start;
      }
      button.mat-mdc-outlined-button {
        flex-basis: 100%;
        height: 40px;
      }
    }
  `,
})
export class LostBanner {
  protected readonly live = inject(Live);
  protected readonly text = shellText;
  protected readonly shown = signal(false);
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);

  protected readonly since = computed(() => {
    const at = this.live.asOf();
    return at ? shellText.lostSince(this.#format.clock(at)) : shellText.lostNever;
  });
  protected readonly next = computed(() => {
    const at = this.live.retryAt();
    const now = this.#clock.now();
    return at && at > now ? shellText.tryingAgain(this.#format.relative(at, now)) : shellText.tryingNow;
  });

  constructor() {
    effect((onCleanup) => {
      if (this.live.status() !== 'down') {
        this.shown.set(false);
        return;
      }
      const timer = setTimeout(() => this.shown.set(true), GRACE_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }
}
