import { InjectionToken } from '@angular/core';
import { createToygres, type Toygres } from '#sdk';

/** The API of the server that the page came from. */
export const TOYGRES = new InjectionToken<Toygres>('Toygres', {
  providedIn: 'root',
  factory: () => createToygres({ baseUrl: '' }),
});
