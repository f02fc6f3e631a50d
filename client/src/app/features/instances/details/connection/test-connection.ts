import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import type { ConnectionTestResult } from '#sdk';
import { Format } from '../../../../core/format';
import { Notify } from '../../../../core/notify';
import { TOYGRES } from '../../../../core/toygres';
import { Ago } from '../../../../ui/ago';
import { connectionText } from './connection.text';

/** Has the server log in to the instance now, and says how that went: whose fault it is when a client can't connect. */
@Component({
  selector: 'tg-test-connection',
  imports: [Ago, MatButton, MatIcon],
  template: `
    <section class="card" aria-labelledby="test">
      <div class="card-head">
        <h2 id="test">{{ text.test }}</h2>
      </div>
      @if (result(); as result) {
        <div class="result" [class.failed]="!result.ok">
          <mat-icon [svgIcon]="result.ok ? 'check_circle-fill' : 'error-fill'" aria-hidden="true" />
          <div>
            <b>{{ outcome() }}</b>
            <p>
              @if (result.server_version; as version) {
                <span>{{ text.answeredBy(version) }}</span>
              }
              <tg-ago [at]="result.tested_at" />
            </p>
          </div>
        </div>
      } @else {
        <p class="hint">{{ text.testHint }}</p>
      }
      <button matButton="outlined" type="button" [disabled]="testing()" disabledInteractive (click)="test()">
        <mat-icon svgIcon="bolt" />{{ testing() ? text.testing : result() ? text.testAgain : text.testNow }}
      </button>
    </section>
  `,
  styleUrl: './test-connection.scss',
})
export class TestConnection {
  readonly instanceId = input.required<string>();
  protected readonly text = connectionText;
  protected readonly testing = signal(false);
  /** Of this instance, not of the one before. */
  protected readonly result = linkedSignal<string, ConnectionTestResult | undefined>({
    source: this.instanceId,
    computation: () => undefined,
  });
  readonly #toygres = inject(TOYGRES);
  readonly #format = inject(Format);
  readonly #notify = inject(Notify);
  readonly #announcer = inject(LiveAnnouncer);

  protected readonly outcome = computed(() => {
    const result = this.result();
    return result?.ok
      ? connectionText.connectedIn(this.#format.duration(result.response_time_ms ?? 0))
      : (result?.error ?? connectionText.noConnection);
  });

  protected async test(): Promise<void> {
    if (this.testing()) {
      return;
    }
    this.testing.set(true);
    await this.#notify.attempt(async () => {
      this.result.set(await this.#toygres.instances.testConnection(this.instanceId()));
      void this.#announcer.announce(this.outcome());
    });
    this.testing.set(false);
  }
}
