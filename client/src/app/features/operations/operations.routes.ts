import type { Routes } from '@angular/router';
import { shellText } from '../../shell/shell.text';

export const operationRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: shellText.operations,
    loadComponent: () => import('./list/operation-list').then((m) => m.OperationList),
  },
  {
    path: ':id',
    title: ({ params }) => String(params['id']),
    loadComponent: () => import('./details/operation-details').then((m) => m.OperationDetails),
  },
];
