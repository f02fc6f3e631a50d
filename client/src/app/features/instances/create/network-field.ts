import { Component, computed, inject } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { MatRadioModule } from '@angular/material/radio';
import { createText } from './create.text';
import { InstanceForm } from './instance-form';

/** From where the instance can be reached. */
@Component({
  selector: 'tg-network-field',
  imports: [FormField, MatRadioModule],
  template: `
    <mat-radio-group
      id="create-network"
      class="radio-cards"
      [attr.aria-label]="text.networking"
      [formField]="form.fields.network"
    >
      <mat-radio-button class="radio-card" value="public" disabledInteractive [disabled]="refused()">
        <span class="radio-card-title">{{ text.publicAddress }}</span>
        <span class="radio-card-hint">{{ publicHint() }}</span>
      </mat-radio-button>
      <mat-radio-button class="radio-card" value="internal">
        <span class="radio-card-title">{{ text.internalOnly }}</span>
        <span class="radio-card-hint">{{ internalHint() }}</span>
      </mat-radio-button>
    </mat-radio-group>
    @if (form.fields.network().errors()[0]; as fault) {
      <p class="fault" role="alert">{{ fault.message }}</p>
    }
  `,
  styles: `
    .radio-cards {
      grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
    }
  `,
})
export class NetworkField {
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  readonly #local = computed(() => this.form.offer()?.data_plane === 'local');
  protected readonly refused = computed(() => this.form.refusal() !== undefined);
  protected readonly publicHint = computed(() => {
    const refusal = this.form.refusal();
    if (refusal === undefined) {
      return createText.publicAddressHint;
    }
    return this.#local() ? createText.noLoadBalancerLocal : refusal;
  });
  protected readonly internalHint = computed(() =>
    this.#local() ? createText.internalHintLocal : createText.internalHint,
  );
}
