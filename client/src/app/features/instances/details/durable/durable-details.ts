import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import type { DurableExecution, DurableInstanceDetails, DurableNode } from '#sdk';
import { Format } from '../../../../core/format';
import { Notify } from '../../../../core/notify';
import { TOYGRES } from '../../../../core/toygres';
import { liveQuery } from '../../../../live/live-query';
import { ASKING } from '../../../../ui/ask';
import { CopyButton } from '../../../../ui/copy-button';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { durableText } from './durable.text';
import { DurableStatus, isOpen } from './durable-status';
import type { Addressed } from './tell';

interface Seen {
  readonly details: DurableInstanceDetails;
  readonly at: string;
}

/** One durable function instance: what it came to, its executions, its steps; and what can be said to it. */
@Component({
  selector: 'tg-durable-details',
  imports: [CopyButton, DurableStatus, LoadError, MatButton, MatIcon, RouterLink, Skeleton],
  templateUrl: './durable-details.html',
  styleUrl: './durable-details.scss',
})
export class DurableDetails {
  readonly instanceId = input.required<string>();
  readonly functionId = input.required<string>();

  protected readonly text = durableText;
  protected readonly isOpen = isOpen;
  readonly #toygres = inject(TOYGRES);
  readonly #format = inject(Format);
  readonly #notify = inject(Notify);
  readonly #dialog = inject(MatDialog);

  readonly #addressed = computed((): Addressed => ({ instanceId: this.instanceId(), functionId: this.functionId() }));
  protected readonly query = liveQuery<Addressed, Seen>({
    params: () => this.#addressed(),
    load: async ({ instanceId, functionId }, signal) => ({
      details: await this.#toygres.durable.get(instanceId, functionId, { signal }),
      at: new Date().toISOString(),
    }),
  });
  /** Of this function, not of the one before. */
  protected readonly shown = computed(() => {
    const seen = this.query.value();
    return seen?.details.id === this.functionId() ? seen : undefined;
  });
  protected readonly asOf = computed(() => {
    const at = this.shown()?.at;
    return at === undefined ? '' : durableText.asOf(this.#format.clock(at));
  });

  protected factsOf({ event_count: events, duration_ms: took }: DurableExecution): readonly string[] {
    return [
      durableText.events(this.#format.number(events)),
      ...(took === null ? [] : [durableText.took(this.#format.duration(took))]),
    ];
  }

  protected numberOf({ id }: DurableExecution): string {
    return durableText.executionNumber(this.#format.number(id));
  }

  /** Which steps follow it, or lie in it. */
  protected leadsTo({ left_node: left, right_node: right }: DurableNode): string | undefined {
    const ids = [left, right].filter((id) => id !== null);
    return ids.length === 0 ? undefined : durableText.then(ids.join(', '));
  }

  protected signal(): Promise<void> {
    return this.#tell(async () => (await import('./signal-dialog')).SignalDialog);
  }

  protected cancel(): Promise<void> {
    return this.#tell(async () => (await import('./cancel-dialog')).CancelDialog);
  }

  /** Opens a dialog that closes with what pg_durable has said; what has become of the function is read then. */
  async #tell(load: () => Promise<new () => unknown>): Promise<void> {
    await this.#notify.attempt(async () => {
      const dialog = this.#dialog.open<unknown, Addressed, string>(await load(), {
        ...ASKING,
        data: this.#addressed(),
      });
      const said = await firstValueFrom(dialog.afterClosed());
      if (said !== undefined) {
        this.#notify.say(said);
        this.query.reload();
      }
    });
  }
}
