import { Component, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';

/** Title of a page, with what belongs beside and below it. Actions stand at the right of the title, on phones below it where they are wide. */
@Component({
  selector: 'tg-page-header',
  imports: [MatIcon, RouterLink],
  template: `
    @if (back(); as back) {
      <a class="back" [routerLink]="back.link"><mat-icon svgIcon="arrow_back" />{{ back.label }}</a>
    }
    <div class="line">
      <div class="title">
        <div class="name">
          <h1 tabindex="-1">{{ title() }}</h1>
          <ng-content select="[status]" />
        </div>
        <div class="lead"><ng-content select="[lead]" /></div>
      </div>
      <div class="actions"><ng-content select="[actions]" /></div>
    </div>
  `,
  styleUrl: './page-header.scss',
  host: { '[class.wide-actions]': 'wideActions()' },
})
export class PageHeader {
  readonly title = input.required<string>();
  readonly back = input<{ readonly link: string; readonly label: string }>();
  /** On phones the actions take the whole width. */
  readonly wideActions = input(false);
}
