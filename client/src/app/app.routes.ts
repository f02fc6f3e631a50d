import type { Routes } from '@angular/router';
import { failuresText } from './features/failures';
import { shellText } from './shell/shell.text';

/** Every page is loaded when it is first gone to. */
export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: shellText.dashboard,
    loadComponent: () => import('./features/dashboard/dashboard').then((m) => m.Dashboard),
  },
  {
    path: 'instances',
    loadChildren: () => import('./features/instances/instances.routes').then((m) => m.instanceRoutes),
  },
  {
    path: 'operations',
    loadChildren: () => import('./features/operations/operations.routes').then((m) => m.operationRoutes),
  },
  {
    path: 'batches',
    loadChildren: () => import('./features/batches/batches.routes').then((m) => m.batchRoutes),
  },
  {
    path: 'images',
    title: shellText.images,
    loadComponent: () => import('./features/images/images').then((m) => m.Images),
  },
  {
    path: 'findings',
    title: shellText.findings,
    loadComponent: () => import('./features/findings/findings').then((m) => m.Findings),
  },
  {
    path: 'failures',
    title: failuresText.title,
    loadComponent: () => import('./features/failures/failures').then((m) => m.Failures),
  },
  {
    path: '**',
    title: shellText.notFoundTitle,
    loadComponent: () => import('./shell/not-found').then((m) => m.NotFound),
  },
];
