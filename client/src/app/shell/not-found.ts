import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { PageHeader } from '../ui/page-header';
import { shellText } from './shell.text';

@Component({
  selector: 'tg-not-found',
  imports: [MatButton, PageHeader, RouterLink],
  template: `
    <tg-page-header [title]="text.notFoundTitle">
      <span lead>{{ text.notFoundHint }}</span>
    </tg-page-header>
    <a matButton="filled" routerLink="/">{{ text.toDashboard }}</a>
  `,
})
export class NotFound {
  protected readonly text = shellText;
}
