import { Component, computed, inject, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { CopyButton } from '../../../../ui/copy-button';
import { Mask } from '../mask';
import { RevealedPassword } from '../revealed-password';
import type { ConnectionTarget } from './connection-snippets';
import { connectionText } from './connection.text';

/** What the form of a graphical client asks for, line by line. */
@Component({
  selector: 'tg-connection-parameters',
  imports: [CopyButton, Mask, MatIcon, MatIconButton],
  templateUrl: './connection-parameters.html',
  styleUrl: './connection-parameters.scss',
})
export class ConnectionParameters {
  readonly instanceId = input.required<string>();
  readonly target = input.required<ConnectionTarget>();
  protected readonly text = connectionText;
  protected readonly password = inject(RevealedPassword);
  protected readonly parameters = computed(() => {
    const { host, port, database, user } = this.target();
    return [
      { label: connectionText.host, value: host },
      { label: connectionText.port, value: String(port) },
      { label: connectionText.database, value: database },
      { label: connectionText.user, value: user },
    ];
  });
  protected readonly copied = computed(() => {
    const id = this.instanceId();
    return async () => (await this.password.fetch(id)).password;
  });
}
