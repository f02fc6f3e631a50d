import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { InstanceDetails } from '#sdk';
import { TOYGRES } from '../../../core/toygres';
import { CopyButton } from '../../../ui/copy-button';
import { aroundMask, Mask } from '../details/mask';
import { connectNowText } from './connect-now.text';

/** How to get into an instance that has just been made: one command, with the password only in what is copied. */
@Component({
  selector: 'tg-connect-now',
  imports: [CopyButton, Mask, RouterLink],
  template: `
    <section class="card">
      <h2>{{ text.title }}</h2>
      <p>{{ text.lead }}</p>
      @if (masked(); as masked) {
        <div class="command">
          <code>
            <span>{{ masked[0] }}</span>
            @if (masked.length > 1) {
              <tg-mask /><span>{{ masked[1] }}</span>
            }
          </code>
          <tg-copy-button look="text" [value]="command" [what]="text.command" />
        </div>
      }
      <p>
        <a [routerLink]="['/instances', instance().user_name, 'connection']">{{ text.more }}</a>
      </p>
    </section>
  `,
  styles: `
    p {
      color: var(--tg-text-2);
    }
    .command {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      margin: 12px 0;
      padding: 6px 8px 6px 14px;
      border: 1px solid var(--tg-border);
      border-radius: var(--tg-radius-control);
      background: var(--tg-code);
    }
    code {
      flex: 1 1 280px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class ConnectNow {
  readonly #toygres = inject(TOYGRES);
  readonly instance = input.required<InstanceDetails>();
  protected readonly text = connectNowText;
  protected readonly masked = computed(() => {
    const { dns_connection_string: dns, ip_connection_string: ip } = this.instance();
    const connection = dns ?? ip;
    return connection === null ? undefined : aroundMask(psql(connection));
  });
  /** The password is asked for only by whoever copies it. */
  protected readonly command = async (): Promise<string> => {
    const { dns_connection_string: connection } = await this.#toygres.instances.credentials(this.instance().id);
    return psql(connection);
  };
}

/** In single quotes a shell takes everything as it is, but a single quote. */
function psql(connection: string): string {
  return `psql '${connection.replaceAll("'", String.raw`'\''`)}'`;
}
