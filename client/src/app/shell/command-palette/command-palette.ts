import { Component } from '@angular/core';

@Component({ selector: 'tg-command-palette', template: `` })
export class CommandPalette {}
