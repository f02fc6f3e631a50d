import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import type { InstanceCredentials } from '#sdk';
import { Viewport } from '../../../../core/viewport';
import { CopyButton } from '../../../../ui/copy-button';
import { detailsText } from '../details.text';
import { aroundMask, Mask } from '../mask';
import { RevealedPassword } from '../revealed-password';
import { overviewText } from './overview.text';

/** A connection string, whole, with its password masked until somebody asks for it. */
@Component({
  selector: 'tg-connection-string',
  imports: [CopyButton, Mask, MatButton, MatIcon],
  templateUrl: './connection-string.html',
  styleUrl: './connection-string.scss',
  providers: [RevealedPassword],
})
export class ConnectionString {
  readonly instanceId = input.required<string>();
  readonly label = input.required<string>();
  /** What it is, for the names of the buttons. */
  readonly what = input.required<string>();
  readonly recommended = input(false);
  /** As the API gives it, masked. Without a mask it is no secret. */
  readonly masked = input.required<string>();
  /** Where the whole one is. */
  readonly field = input<'dns_connection_string' | 'ip_connection_string'>();
  protected readonly password = inject(RevealedPassword);
  protected readonly text = overviewText;
  protected readonly page = detailsText;
  protected readonly phone = inject(Viewport).phone;
  protected readonly shown = computed(() => {
    const credentials = this.password.credentials();
    return credentials && this.#whole(credentials);
  });
  protected readonly pieces = computed(() => aroundMask(this.masked()));
  protected readonly copied = computed(() => {
    const id = this.instanceId();
    return this.field() === undefined ? this.masked() : async () => this.#whole(await this.password.fetch(id));
  });

  #whole(credentials: InstanceCredentials): string {
    const field = this.field();
    return (field && credentials[field]) ?? '';
  }
}
