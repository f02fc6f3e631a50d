import { Component } from '@angular/core';

@Component({ selector: 'tg-operation-list', template: `` })
export class OperationList {}
