import { Component, computed, inject } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { Format } from '../core/format';
import { Live } from '../live/live';
import { shellText } from './shell.text';

/** Whether what is shown is true now, and if not, when it was. */
@Component({
  selector: 'tg-live-indicator',
  imports: [MatIcon],
  template: `
    @switch (live.status()) {
      @case ('live') {
        <span class="dot" aria-hidden="true"></span><b>{{ text.live }}</b>
      }
      @case ('connecting') {
        <span class="dot idle" aria-hidden="true"></span><b class="connecting">{{ text.connecting }}</b>
      }
      @case ('down') {
        <mat-icon svgIcon="cloud_off" aria-hidden="true" /><b>{{ text.notLive }}</b>
      }
    }
    @if (asOf(); as asOf) {
      <span class="as-of tabular">{{ asOf }}</span>
    }
  `,
  styles: `
    /* As wide as it usually is, so that what comes into it moves nothing. */
    :host {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      min-width: 142px;
      height: 20px;
      font-size: 13px;
      white-space: nowrap;
    }
    b {
      font-weight: 600;
    }
    .as-of {
      color: var(--tg-text-3);
    }
    .dot {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      background: var(--tg-dot-success);
    }
    .idle {
      background: var(--tg-border-input);
    }
    :host(.down) b,
    mat-icon {
      color: var(--tg-warning);
    }
    mat-icon {
      width: 18px;
      height: 18px;
    }
    @media (max-width: 599px) {
      :host {
        min-width: 43px;
      }
      .as-of {
        display: none;
      }
      .connecting {
        position: absolute;
        clip-path: inset(50%);
      }
    }
  `,
  host: { '[class.down]': "live.status() === 'down'" },
})
export class LiveIndicator {
  protected readonly live = inject(Live);
  protected readonly text = shellText;
  readonly #format = inject(Format);
  protected readonly asOf = computed(() => {
    const at = this.live.asOf();
    return at && this.live.status() !== 'connecting' && shellText.asOf(this.#format.clock(at));
  });
}
