import { DOCUMENT, inject, Injectable } from '@angular/core';
import { Router } from '@angular/router';
import { LanguageChoice } from '../../core/language';
import { type Language, LANGUAGES } from '../../core/languages';
import { ThemeChoice } from '../../core/theme';
import { Help } from '../help';
import type { PaletteEntry } from './palette-entry';
import { paletteText } from './palette.text';

/** What the palette offers besides instances. */
@Injectable({ providedIn: 'root' })
export class PalettePages {
  readonly #router = inject(Router);
  readonly #theme = inject(ThemeChoice);
  readonly #language = inject(LanguageChoice);
  readonly #help = inject(Help);
  readonly #window = inject(DOCUMENT).defaultView;

  readonly pages: readonly PaletteEntry[] = [
    { ...this.#page('/', paletteText.dashboard), icon: 'dashboard', keys: ['g', 'd'] },
    { ...this.#page('/instances', paletteText.allInstances), icon: 'database', keys: ['g', 'i'] },
    { ...this.#page('/operations', paletteText.operations), icon: 'account_tree', keys: ['g', 'o'] },
    { ...this.#page('/batches', paletteText.batches), icon: 'account_tree' },
    { ...this.#page('/images', paletteText.images), icon: 'deployed_code' },
    { ...this.#page('/findings', paletteText.findings), icon: 'info' },
    { ...this.#page('/instances/new', paletteText.create), icon: 'add', keys: ['c'] },
    { ...this.#page('/failures', paletteText.failures), icon: 'error' },
    {
      id: 'docs',
      label: paletteText.apiDocs,
      icon: 'description',
      run: () => this.#window?.open('/docs', '_blank', 'noopener'),
    },
  ];

  readonly settings: readonly PaletteEntry[] = [
    {
      id: 'theme-light',
      label: paletteText.themeLight,
      icon: 'light_mode',
      run: () => this.#theme.set('light'),
    },
    { id: 'theme-dark', label: paletteText.themeDark, icon: 'dark_mode', run: () => this.#theme.set('dark') },
    {
      id: 'theme-system',
      label: paletteText.themeSystem,
      icon: 'contrast',
      run: () => this.#theme.set('system'),
    },
    ...Object.entries(LANGUAGES)
      .filter(([code]) => code !== this.#language.current)
      .map(([code, name]) => ({
        id: `language-${code}`,
        label: paletteText.language(name),
        icon: 'translate' as const,
        run: () => this.#language.set(code as Language),
      })),
    {
      id: 'shortcuts',
      label: paletteText.shortcuts,
      icon: 'keyboard',
      keys: ['?'],
      run: () => this.#help.open(),
    },
  ];

  operationsOn(instance: string): PaletteEntry {
    return {
      id: 'operations-on',
      label: paletteText.operationsOn(instance),
      icon: 'account_tree',
      run: () => this.#router.navigate(['/operations'], { queryParams: { instance } }),
    };
  }

  #page(path: string, label: string) {
    return { id: `page${path}`, label, run: () => this.#router.navigateByUrl(path) };
  }
}
