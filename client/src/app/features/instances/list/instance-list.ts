import { Component } from '@angular/core';
import { PageHeader } from '../../../ui/page-header';
import { shellText } from '../../../shell/shell.text';

@Component({
  selector: 'tg-instance-list',
  imports: [PageHeader],
  template: `<tg-page-header [title]="text.instances" />`,
})
export class InstanceList {
  protected readonly text = shellText;
}
