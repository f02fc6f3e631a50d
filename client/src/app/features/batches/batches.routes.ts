import type { Routes } from '@angular/router';
import { operationTabsText } from '../operations';

export const batchRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: operationTabsText.batches,
    loadComponent: () => import('./list/batch-list').then((m) => m.BatchList),
  },
  {
    path: ':id',
    title: ({ params }) => String(params['id']),
    loadComponent: () => import('./details/batch-details').then((m) => m.BatchDetailsPage),
  },
];
