import { Component, computed, input, model } from '@angular/core';
import { deleteText } from './actions.text';

/** A field that asks for a phrase, so that nobody confirms without reading. */
@Component({
  selector: 'tg-type-to-confirm',
  template: `
    <label for="confirm">{{ label() }}</label>
    <input
      class="text-field"
      id="confirm"
      data-first
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      [readonly]="locked()"
      [value]="typed()"
      (input)="typed.set($any($event.target).value)"
    />
  `,
  styles: `
    :host {
      display: block;
    }
    label {
      display: block;
      margin-bottom: 6px;
      font-weight: 600;
      color: var(--tg-text);
      overflow-wrap: anywhere;
    }
  `,
})
export class TypeToConfirm {
  readonly phrase = input.required<string>();
  readonly locked = input(false);
  readonly typed = model('');
  protected readonly label = computed(() => deleteText.confirm(this.phrase()));
}

/** A pasted phrase may bring spaces along. */
export const confirms = (typed: string, phrase: string): boolean => typed.trim() === phrase;
