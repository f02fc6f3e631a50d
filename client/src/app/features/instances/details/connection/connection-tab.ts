import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatIcon } from '@angular/material/icon';
import { Preferences } from '../../../../core/preferences';
import { InstancePage } from '../instance-page';
import { RevealedPassword } from '../revealed-password';
import { CodeExample } from './code-example';
import { ConnectionParameters } from './connection-parameters';
import { type ConnectionTarget, type Language, LANGUAGES } from './connection-snippets';
import { connectionText } from './connection.text';
import { TestConnection } from './test-connection';

type Address = 'dns' | 'ip';

const DEFAULT_USER = 'postgres';
const DEFAULT_DATABASE = 'postgres';

/** How to connect: pick address and language, copy, done. */
@Component({
  selector: 'tg-connection-tab',
  imports: [CodeExample, ConnectionParameters, MatButtonToggleModule, MatIcon, TestConnection],
  templateUrl: './connection-tab.html',
  styleUrl: './connection-tab.scss',
  providers: [RevealedPassword],
})
export class ConnectionTab {
  protected readonly page = inject(InstancePage);
  protected readonly text = connectionText;
  protected readonly password = inject(RevealedPassword);
  readonly #preferences = inject(Preferences);
  protected readonly address = linkedSignal<string | undefined, Address>({
    source: () => this.page.instance()?.id,
    computation: () => 'dns',
  });
  protected readonly language = signal<Language>(this.#remembered());

  protected readonly target = computed<ConnectionTarget | undefined>(() => {
    const endpoint = this.page.instance()?.endpoint;
    if (!endpoint) {
      return undefined;
    }
    const credentials = this.password.credentials();
    return {
      host: (this.address() === 'ip' ? endpoint.ip : null) ?? endpoint.host,
      port: endpoint.port,
      user: credentials?.username ?? DEFAULT_USER,
      database: credentials?.database ?? DEFAULT_DATABASE,
      password: credentials?.password ?? null,
    };
  });

  protected choose(language: Language): void {
    this.language.set(language);
    this.#preferences.write('language-of-examples', language);
  }

  #remembered(): Language {
    const remembered = this.#preferences.read('language-of-examples');
    return LANGUAGES.find((language) => language === remembered) ?? 'psql';
  }
}
