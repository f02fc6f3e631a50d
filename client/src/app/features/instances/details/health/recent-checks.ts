import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Format } from '../../../../core/format';
import { Ago } from '../../../../ui/ago';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { Status } from '../../../../ui/status';
import { latestChecks } from './health-queries';
import type { HealthRange } from './health-window';
import { healthText } from './health.text';

const FEW = 5;
const MANY = 200;

/** The latest checks, one by one. */
@Component({
  selector: 'tg-recent-checks',
  imports: [Ago, LoadError, MatButton, Skeleton, Status],
  template: `
    <section class="card" aria-labelledby="checks">
      <div class="card-head">
        <h2 id="checks">{{ text.recent }}</h2>
        <span class="spacer"></span>
        @if (all() || rows()?.length === few) {
          <button matButton type="button" [attr.aria-expanded]="all()" (click)="all.set(!all())">
            {{ all() ? text.showFewer : text.showAll }}
          </button>
        }
      </div>
      @if (rows(); as rows) {
        <ol [attr.tabindex]="all() ? 0 : null" [attr.aria-labelledby]="'checks'">
          @for (check of rows; track check.checked_at) {
            <li>
              <tg-status [kind]="check.status" />
              <span class="muted">{{ check.reason }} <tg-ago [at]="check.checked_at" /></span>
              <b class="tabular">{{ check.time }}</b>
            </li>
          } @empty {
            <li class="muted">{{ text.noRecent }}</li>
          }
        </ol>
      } @else if (query.error(); as error) {
        <tg-load-error [error]="error" (retry)="query.reload()" />
      } @else {
        <tg-skeleton height="200px" />
      }
    </section>
  `,
  styles: `
    .card-head {
      align-items: center;
    }
    .card-head > button {
      height: 28px;
      margin: -2px -12px -2px 0;
      font-size: 13px;
    }
    ol {
      display: grid;
      grid-template-columns: minmax(max-content, 1fr) minmax(0, 1.6fr) auto;
      column-gap: 12px;
      max-height: 420px;
      overflow: auto;
    }
    li {
      display: grid;
      grid-column: 1 / -1;
      grid-template-columns: subgrid;
      align-items: center;
      padding: 9px 0;
    }
    li + li {
      border-top: 1px solid var(--tg-border);
    }
    b {
      font-weight: 600;
      text-align: end;
    }
    span {
      overflow-wrap: anywhere;
    }
  `,
})
export class RecentChecks {
  readonly instanceId = input.required<string>();
  readonly range = input.required<HealthRange>();
  protected readonly text = healthText;
  protected readonly few = FEW;
  protected readonly all = signal(false);
  readonly #format = inject(Format);
  protected readonly query = latestChecks(() => ({
    id: this.instanceId(),
    range: this.range(),
    limit: this.all() ? MANY : FEW,
  }));
  protected readonly rows = computed(() =>
    this.query.value()?.history.map((check) => ({
      ...check,
      time: check.response_time_ms === null ? healthText.none : this.#format.duration(check.response_time_ms),
    })),
  );
}
