import { Component, input } from '@angular/core';
import { MatCheckbox } from '@angular/material/checkbox';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import { filterText } from './ui.text';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Beside the label of the filter. */
  readonly short?: string;
}

/** A filter that offers values to choose from. */
export interface ChoiceFilter {
  readonly id: string;
  readonly label: string;
  /** One value at most; `required`: exactly one. */
  readonly single?: boolean;
  readonly required?: boolean;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly choose: (values: readonly string[]) => void;
}

/** What is chosen, as it stands beside the label of the filter. */
export function labelsOf({ choices, chosen }: ChoiceFilter): readonly string[] {
  return choices.filter(({ value }) => chosen.includes(value)).map(({ label, short }) => short ?? label);
}

/** The values of a filter: boxes to tick, or where only one can be chosen, a choice of one or any. */
@Component({
  selector: 'tg-choice-list',
  imports: [MatCheckbox, MatRadioButton, MatRadioGroup],
  template: `
    @if (filter().single) {
      <mat-radio-group
        [attr.aria-label]="filter().label"
        [value]="filter().chosen[0] ?? ''"
        (change)="filter().choose([$any($event.value)])"
      >
        @if (!filter().required) {
          <mat-radio-button value="">{{ text.anyChoice }}</mat-radio-button>
        }
        @for (choice of filter().choices; track choice.value) {
          <mat-radio-button [value]="choice.value">{{ choice.label }}</mat-radio-button>
        }
      </mat-radio-group>
    } @else {
      <div role="group" [attr.aria-label]="filter().label">
        @for (choice of filter().choices; track choice.value) {
          <mat-checkbox
            [checked]="filter().chosen.includes(choice.value)"
            (change)="toggle(choice.value, $event.checked)"
          >
            {{ choice.label }}
          </mat-checkbox>
        }
      </div>
    }
  `,
  styles: `
    mat-radio-group,
    [role='group'] {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    }
    mat-checkbox,
    mat-radio-button {
      border-radius: var(--tg-radius-control);
      &:hover {
        background: var(--tg-hover);
      }
    }
  `,
})
export class ChoiceList {
  readonly filter = input.required<ChoiceFilter>();
  protected readonly text = filterText;

  protected toggle(value: string, ticked: boolean): void {
    const { chosen, choose } = this.filter();
    choose(ticked ? [...chosen, value] : chosen.filter((other) => other !== value));
  }
}
