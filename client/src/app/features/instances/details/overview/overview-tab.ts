import { Component } from '@angular/core';

@Component({ selector: 'tg-overview-tab', template: `` })
export class OverviewTab {}
