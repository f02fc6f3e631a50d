import { Component } from '@angular/core';
import { Shell } from './shell/shell';

@Component({
  selector: 'tg-root',
  imports: [Shell],
  template: `<tg-shell />`,
})
export class App {}
