import { Component } from '@angular/core';
import { PageHeader } from '../../../ui/page-header';
import { createText } from './create.text';

@Component({
  selector: 'tg-create-instance',
  imports: [PageHeader],
  template: `<tg-page-header [title]="text.title" />`,
})
export class CreateInstance {
  protected readonly text = createText;
}
