import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatIcon } from '@angular/material/icon';
import { CopyButton } from '../../../../ui/copy-button';
import { Mask } from '../mask';
import { RevealedPassword } from '../revealed-password';
import { type ConnectionTarget, type Language, LANGUAGES, snippet, textOf } from './connection-snippets';
import { connectionText, languageText } from './connection.text';
import { highlight } from './highlight';

/** What an example needs besides its language. */
const PACKAGES: Partial<Readonly<Record<Language, string>>> = {
  dotnet: 'Npgsql',
  jdbc: 'org.postgresql:postgresql',
  node: 'pg',
  python: 'psycopg',
  go: 'github.com/jackc/pgx/v5',
  rust: 'postgres',
};

/** An example in the language of choice, ready to be copied with its password. */
@Component({
  selector: 'tg-code-example',
  imports: [CopyButton, Mask, MatButton, MatButtonToggleModule, MatIcon],
  templateUrl: './code-example.html',
  styleUrl: './code-example.scss',
})
export class CodeExample {
  readonly instanceId = input.required<string>();
  /** Its password is null while it is hidden. */
  readonly target = input.required<ConnectionTarget>();
  readonly language = input.required<Language>();
  readonly languageChange = output<Language>();
  protected readonly text = connectionText;
  protected readonly languages = LANGUAGES;
  protected readonly names = languageText;
  protected readonly password = inject(RevealedPassword);

  readonly #parts = computed(() => snippet(this.language(), this.target()));
  protected readonly tokens = computed(() => highlight(this.language(), this.#parts()));
  protected readonly hasPassword = computed(() => this.#parts().some(({ secret }) => secret));
  protected readonly what = computed(() => connectionText.example(languageText[this.language()]));
  protected readonly hint = computed(() => {
    const language = this.language();
    const needed = PACKAGES[language];
    if (needed !== undefined) {
      return connectionText.needs(needed);
    }
    switch (language) {
      case 'psql':
        return connectionText.asksPassword;
      case 'env':
        return connectionText.everyClient;
      default:
        return connectionText.copiesPassword;
    }
  });
  protected readonly copied = computed(() => {
    const language = this.language();
    const target = this.target();
    const id = this.instanceId();
    if (!this.hasPassword()) {
      return textOf(this.#parts());
    }
    return async () => {
      const { username, password, database } = await this.password.fetch(id);
      return textOf(snippet(language, { ...target, user: username, database, password }));
    };
  });
}
