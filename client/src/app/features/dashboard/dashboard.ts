import { Component } from '@angular/core';
import { PageHeader } from '../../ui/page-header';
import { shellText } from '../../shell/shell.text';

@Component({ selector: 'tg-dashboard', imports: [PageHeader], template: `<tg-page-header [title]="text.dashboard" />` })
export class Dashboard {
  protected readonly text = shellText;
}
