import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { InstanceDetails, OrchestrationRecord } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { CopyButton } from '../../../ui/copy-button';
import { progressText } from './progress.text';

/** Beside the steps of a creation: that one may leave, when it is given up, and who asked for what. */
@Component({
  selector: 'tg-creation-facts',
  imports: [CopyButton, RouterLink],
  template: `
    <section class="card">
      <h2>{{ text.leaveTitle }}</h2>
      <p>{{ text.leave }}</p>
    </section>
    @if (deadline(); as deadline) {
      <section class="card">
        <h2>{{ text.deadlineTitle }}</h2>
        <p>{{ deadline }}</p>
      </section>
    }
    <section class="card">
      <h2>{{ text.operation }}</h2>
      <dl>
        @for (fact of facts(); track fact.label) {
          <div>
            <dt>{{ fact.label }}</dt>
            <dd>{{ fact.value }}</dd>
          </div>
        }
      </dl>
      @if (id(); as id) {
        <div class="id">
          <a class="mono" [routerLink]="['/operations', id]">{{ id }}</a>
          <tg-copy-button [value]="id" [what]="text.operationId" />
        </div>
      }
    </section>
  `,
  styles: `
    :host {
      display: grid;
      gap: 20px;
      min-width: 0;
    }
    h2 {
      margin-bottom: 4px;
    }
    p {
      color: var(--tg-text-2);
      font-size: 13px;
      line-height: 20px;
    }
    dl > div {
      display: flex;
      justify-content: space-between;
      gap: 16px;
      padding: 6px 0;
    }
    dt {
      color: var(--tg-text-2);
    }
    dd {
      font-weight: 500;
      text-align: right;
    }
    .id {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-top: 8px;
      padding: 4px 6px 4px 12px;
      border: 1px solid var(--tg-border);
      border-radius: var(--tg-radius-control);
      background: var(--tg-code);
      font-size: 13px;
    }
    a {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class CreationFacts {
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);
  readonly instance = input.required<InstanceDetails>();
  readonly operation = input<OrchestrationRecord>();
  protected readonly text = progressText;

  readonly #progress = computed(() => this.operation() ?? this.instance().orchestration);
  protected readonly id = computed(() => this.#progress()?.id);
  protected readonly facts = computed(() => {
    const { namespace, use_load_balancer: isPublic } = this.instance();
    const by = this.#progress()?.started_by;
    return [
      ...(by === undefined ? [] : [{ label: progressText.requestedBy, value: by }]),
      { label: progressText.namespace, value: namespace },
      {
        label: progressText.network,
        value: isPublic ? progressText.publicAddress : progressText.internalOnly,
      },
    ];
  });
  /** Only while there is something to give up. */
  protected readonly deadline = computed(() => {
    const progress = this.#progress();
    if (progress?.status !== 'pending' && progress?.status !== 'running') {
      return undefined;
    }
    const at = this.#format.clock(progress.deadline);
    const left = Date.parse(progress.deadline) - this.#clock.now().getTime();
    return left > 0 ? progressText.deadline(at, this.#format.elapsed(left)) : progressText.deadlinePassed(at);
  });
}
