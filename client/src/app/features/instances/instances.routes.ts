import type { Routes } from '@angular/router';
import { shellText } from '../../shell/shell.text';
import { createText } from './create/create.text';
import { instanceTabs } from './details/instance-tabs';

export const instanceRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: shellText.instances,
    loadComponent: () => import('./list/instance-list').then((m) => m.InstanceList),
  },
  {
    path: 'new',
    title: createText.title,
    loadComponent: () => import('./create/create-instance').then((m) => m.CreateInstance),
  },
  {
    path: ':name',
    title: ({ params }) => String(params['name']),
    loadComponent: () => import('./details/instance-details').then((m) => m.InstanceDetailsPage),
    children: instanceTabs.map(({ path, loadComponent }) => ({ path, loadComponent })),
  },
];
