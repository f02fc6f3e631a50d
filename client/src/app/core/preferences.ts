import { Injectable } from '@angular/core';

/** What this browser remembers for its user. Where storage is forbidden, nothing is remembered and nothing breaks. */
@Injectable({ providedIn: 'root' })
export class Preferences {
  read(key: string): string | null {
    try {
      return localStorage.getItem(`toygres.${key}`);
    } catch {
      return null;
    }
  }

  write(key: string, value: string | null): void {
    try {
      if (value === null) {
        localStorage.removeItem(`toygres.${key}`);
      } else {
        localStorage.setItem(`toygres.${key}`, value);
      }
    } catch {
      // As above.
    }
  }
}
