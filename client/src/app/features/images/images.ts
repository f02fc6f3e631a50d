import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import { Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import type { RuntimeImage, RuntimeImageList, TimelineEvent } from '#sdk';
import { Capabilities } from '../../core/capabilities';
import { Format } from '../../core/format';
import { Notify } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { liveQuery } from '../../live/live-query';
import { shellText } from '../../shell/shell.text';
import { Ask, ASKING } from '../../ui/ask';
import { LoadError } from '../../ui/load-error';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { Skeleton } from '../../ui/skeleton';
import { ImageRow } from './image-row';
import { imagesText, removeImageText } from './images.text';

const PAGE_SIZE = 20;

interface Wanted {
  readonly search: string;
  /** From 1. */
  readonly page: number;
}

/** What changes how many are made of an image. */
const CHANGES_USE: ReadonlySet<string> = new Set(['instance.created', 'instance.state_changed']);

/** The catalogue of images that instances can be made of. */
@Component({
  selector: 'tg-images',
  imports: [ImageRow, LoadError, MatButton, MatIcon, PageHeader, Pager, Skeleton],
  templateUrl: './images.html',
  styleUrl: './images.scss',
})
export class Images {
  // From the address.
  readonly search = input<string>();
  readonly page = input<string>();

  protected readonly text = imagesText;
  protected readonly title = shellText.images;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly placeholders = Array.from({ length: 3 });
  readonly #toygres = inject(TOYGRES);
  readonly #router = inject(Router);
  readonly #format = inject(Format);
  readonly #notify = inject(Notify);
  readonly #ask = inject(Ask);
  readonly #dialog = inject(MatDialog);
  readonly #capabilities = inject(Capabilities);

  protected readonly wanted = computed((): Wanted => {
    const page = Number(this.page());
    return { search: this.search() ?? '', page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
  });
  protected readonly query = liveQuery<Wanted, RuntimeImageList>({
    params: () => this.wanted(),
    load: ({ search, page }, signal) =>
      this.#toygres.runtimeImages.list({ search: search || undefined, page, limit: PAGE_SIZE }, { signal }),
    patch: (value, { type }: TimelineEvent) => (CHANGES_USE.has(type) ? { value, reload: true } : undefined),
  });
  protected readonly shown = computed(() =>
    this.query.error() !== undefined && this.query.outdated() ? undefined : this.query.value(),
  );

  /** Why nothing can be registered; undefined when it can, or that is not known yet. */
  protected readonly refusal = computed(() => {
    const offer = this.#capabilities.value();
    const refused = offer?.unsupported.find(({ feature }) => feature === 'runtime_images');
    if (refused) {
      const hint = offer?.data_plane === 'local' ? imagesText.notOfferedLocal : refused.reason;
      return { title: imagesText.notOffered, hint };
    }
    return offer?.image_registries.length === 0
      ? { title: imagesText.noRegistry, hint: imagesText.noRegistryHint }
      : undefined;
  });
  protected readonly canRegister = computed(
    () => this.#capabilities.value() !== undefined && this.refusal() === undefined,
  );

  protected async register(): Promise<void> {
    const offer = this.#capabilities.value();
    if (!offer) {
      return;
    }
    await this.#notify.attempt(async () => {
      const { RegisterImage } = await import('./register-image');
      const dialog = this.#dialog.open<unknown, unknown, RuntimeImage>(RegisterImage, { ...ASKING, data: offer });
      const registered = await firstValueFrom(dialog.afterClosed());
      if (registered) {
        this.#notify.say(imagesText.saidRegistered(registered.name));
        this.query.reload();
      }
    });
  }

  protected async remove({ name, image_ref: subject, in_use: users }: RuntimeImage): Promise<void> {
    const used = users === 1 ? removeImageText.inUseOne : removeImageText.inUse(this.#format.number(users));
    await this.#ask.ask({
      title: removeImageText.title(name),
      subject,
      meaning: [users === 0 ? removeImageText.meaning : used],
      submit: removeImageText.submit,
      keep: removeImageText.keep,
      icon: 'delete',
      dangerous: true,
      run: async () => {
        await this.#toygres.runtimeImages.remove(name);
        this.#notify.say(imagesText.saidRemoved(name));
        this.query.reload();
      },
    });
  }

  protected find(search: string): void {
    this.#go({ search: search === '' ? null : search, page: null });
  }

  protected turn(page: number): void {
    this.#go({ page: page === 1 ? null : page });
  }

  #go(queryParams: Readonly<Record<string, string | number | null>>): void {
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}
