import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Params } from '@angular/router';

export interface PageTab {
  readonly label: string;
  readonly link: string;
  readonly params?: Params;
  readonly active: boolean;
}

/** Pages that belong together, as links that look like tabs. */
@Component({
  selector: 'tg-page-tabs',
  imports: [RouterLink],
  template: `
    <nav [attr.aria-label]="label()">
      @for (tab of tabs(); track tab.label) {
        <a [routerLink]="tab.link" [queryParams]="tab.params" [attr.aria-current]="tab.active ? 'page' : null">{{
          tab.label
        }}</a>
      }
    </nav>
  `,
  styles: `
    :host {
      display: block;
      margin-bottom: 20px;
    }
    nav {
      display: flex;
      overflow-x: auto;
      box-shadow: inset 0 -1px var(--tg-border);
    }
    a {
      flex: none;
      padding: 12px 16px;
      color: var(--tg-text-2);
      &:hover {
        color: var(--tg-text);
        text-decoration: none;
      }
      &:focus-visible {
        outline-offset: -2px;
        border-radius: var(--tg-radius-control);
      }
      &[aria-current] {
        box-shadow: inset 0 -2px var(--tg-primary-line);
        color: var(--tg-link-strong);
        font-weight: 600;
      }
    }
  `,
})
export class PageTabs {
  /** What they are parts of. */
  readonly label = input.required<string>();
  readonly tabs = input.required<readonly PageTab[]>();
}
