import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { filterText } from '../instance-list.text';
import { ListAddress } from '../list-address';
import { isTag } from '../list-query';

/** The tags that instances must have: a field to add one, and each with a button that takes it away. */
@Component({
  selector: 'tg-tag-list',
  imports: [MatButton, MatIcon],
  template: `
    <form (submit)="$event.preventDefault(); add()">
      <label for="tag">{{ text.tagLabel }}</label>
      <div class="line">
        <input
          class="text-field"
          id="tag"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-describedby="tag-problem"
          [attr.aria-invalid]="invalid()"
          [value]="typed()"
          (input)="type($any($event.target).value)"
        />
        <button matButton="outlined" type="submit">{{ text.tagAdd }}</button>
      </div>
      <p id="tag-problem" class="small" role="alert">
        @if (invalid()) {
          {{ text.tagInvalid }}
        }
      </p>
    </form>
    @if (address.query().tags.length > 0) {
      <ul>
        @for (tag of address.query().tags; track tag) {
          <li class="chip">
            <span>{{ tag }}</span>
            <button type="button" [attr.aria-label]="text.tagRemove(tag)" (click)="remove(tag)">
              <mat-icon svgIcon="close" />
            </button>
          </li>
        }
      </ul>
    }
  `,
  styles: `
    :host {
      display: block;
      padding: 4px;
    }
    label {
      display: block;
      margin-bottom: 6px;
      font-weight: 500;
    }
    .line {
      display: flex;
      gap: 8px;
      align-items: center;
    }
    p {
      color: var(--tg-error);
    }
    p:not(:empty) {
      margin-top: 4px;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin-top: 10px;
    }
  `,
})
export class TagList {
  protected readonly text = filterText;
  protected readonly address = inject(ListAddress);
  protected readonly typed = signal('');
  protected readonly invalid = signal(false);

  protected type(text: string): void {
    this.typed.set(text);
    this.invalid.set(false);
  }

  protected add(): void {
    const tag = this.typed().trim();
    if (!isTag(tag)) {
      this.invalid.set(true);
      return;
    }
    this.address.change({ tags: [...new Set([...this.address.query().tags, tag])] });
    this.typed.set('');
  }

  protected remove(tag: string): void {
    this.address.change({ tags: this.address.query().tags.filter((other) => other !== tag) });
  }
}
