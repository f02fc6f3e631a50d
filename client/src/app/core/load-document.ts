import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** Has the browser load a document of this server, as following a plain link does. */
export const LOAD_DOCUMENT = new InjectionToken<(path: string) => void>('LoadDocument', {
  providedIn: 'root',
  factory: () => {
    const { location } = inject(DOCUMENT);
    return (path) => location.assign(path);
  },
});
