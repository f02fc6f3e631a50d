import { Component, effect, inject, input } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { PageHeader } from '../../../ui/page-header';
import { InstancePage } from './instance-page';

@Component({
  selector: 'tg-instance-details',
  imports: [PageHeader, RouterOutlet],
  template: `<tg-page-header [title]="name()" /><router-outlet />`,
  providers: [InstancePage],
})
export class InstanceDetailsPage {
  /** From the address. */
  readonly name = input.required<string>();
  protected readonly page = inject(InstancePage);

  constructor() {
    effect(() => this.page.name.set(this.name()));
  }
}
