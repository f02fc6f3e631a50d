import { Component, computed, inject, input } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { InstanceSummary } from '#sdk';
import { actionsText } from './actions.text';
import { type InstanceAction, InstanceActions } from './instance-actions';

/** The primary action of an instance as a button, the others in a menu. */
@Component({
  selector: 'tg-action-buttons',
  imports: [MatButton, MatIcon, MatIconButton, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger, RouterLink],
  template: `
    @for (action of buttons(); track action.id) {
      @if (action.link; as link) {
        <a
          matButton="outlined"
          class="action"
          [class.small-button]="!wide()"
          [routerLink]="link"
          [attr.aria-label]="nameOf(action)"
          >{{ action.label }}</a
        >
      } @else {
        <button
          matButton="outlined"
          type="button"
          class="action"
          [class.small-button]="!wide()"
          [attr.aria-label]="nameOf(action)"
          (click)="action.run()"
        >
          {{ action.label }}
        </button>
      }
    }
    <button
      matIconButton
      type="button"
      class="more"
      [class.framed]="wide()"
      [matMenuTriggerFor]="menu"
      [attr.aria-label]="text.more(instance().user_name)"
    >
      <mat-icon svgIcon="more_vert" />
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      <ng-template matMenuContent>
        @for (action of inMenu(); track action.id) {
          @if (action.link; as link) {
            <a mat-menu-item [routerLink]="link"><mat-icon [svgIcon]="action.icon" />{{ action.label }}</a>
          } @else {
            <button
              mat-menu-item
              type="button"
              [class.dangerous]="action.dangerous"
              [disabled]="action.reason !== undefined"
              (click)="action.run()"
            >
              <mat-icon [svgIcon]="action.icon" />{{ action.label }}
              @if (action.reason; as reason) {
                <span class="menu-reason">{{ reason }}</span>
              }
            </button>
          }
        }
      </ng-template>
    </mat-menu>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: 4px;
    }
    .more {
      --mat-icon-button-state-layer-size: 32px;
      padding: 6px;
    }
    :host(.wide) {
      gap: 8px;
      .action {
        flex: 1;
      }
      .more {
        --mat-icon-button-state-layer-size: 40px;
        padding: 10px;
      }
    }
    .framed {
      border: 1px solid var(--tg-border-strong);
      border-radius: var(--tg-radius-control);
    }
    .dangerous {
      --mat-menu-item-label-text-color: var(--tg-error);
      --mat-menu-item-icon-color: var(--tg-error);
    }
  `,
  host: { '[class.wide]': 'wide()' },
})
export class ActionButtons {
  readonly instance = input.required<InstanceSummary>();
  /** On tablets every action is in the menu. */
  readonly menuOnly = input(false);
  /** On cards the buttons share the row, and the way to the details is one of them. */
  readonly wide = input(false);

  protected readonly text = actionsText;
  readonly #actions = inject(InstanceActions);
  readonly #all = computed(() => [this.#actions.primary(this.instance()), ...this.#actions.others(this.instance())]);
  protected readonly buttons = computed(() => {
    const count = this.menuOnly() ? 0 : 1;
    return this.#all().filter(({ id }, index) => index < count || (this.wide() && id === 'details'));
  });
  protected readonly inMenu = computed(() => this.#all().filter((action) => !this.buttons().includes(action)));

  /** Said in a list of many rows, "Connect" alone would tell nothing. */
  protected nameOf({ label }: InstanceAction): string {
    return actionsText.of(label, this.instance().user_name);
  }
}
