import { Component, computed, ElementRef, inject, Injector, afterNextRender, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { type InstanceDetails, ToygresError } from '#sdk';
import { sentenceOf } from '../../../../core/notify';
import { TOYGRES } from '../../../../core/toygres';
import { isPurgeable } from '../../actions/offers';
import { tidyTag } from '../../tag';
import { InstancePage } from '../instance-page';
import { overviewText } from './overview.text';
import { faultsOf, refusalsOf, requestOf, tagsOf } from './tags-draft';

/** The tags of an instance, and a small form to change them. */
@Component({
  selector: 'tg-tags-editor',
  imports: [MatButton, MatIcon, MatIconButton],
  templateUrl: './tags-editor.html',
  styleUrl: './tags-editor.scss',
})
export class TagsEditor {
  readonly instance = input.required<InstanceDetails>();
  protected readonly text = overviewText;
  readonly #toygres = inject(TOYGRES);
  readonly #page = inject(InstancePage, { optional: true });
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);

  /** What is being changed; undefined while nothing is. */
  readonly #draft = signal<readonly string[] | undefined>(undefined);
  readonly #refusals = signal<readonly string[]>([]);
  /** That of the instance whose tags are being changed. */
  #revision = 0;

  protected readonly editing = computed(() => this.#draft() !== undefined);
  protected readonly tags = computed(() => this.#draft() ?? tagsOf(this.instance()));
  protected readonly faults = computed(() => [...faultsOf(this.#draft() ?? []), ...this.#refusals()]);
  protected readonly pending = signal(false);
  protected readonly changeable = computed(() => isPurgeable(this.instance()));

  protected edit(): void {
    this.#revision = this.instance().revision;
    this.#draft.set(tagsOf(this.instance()));
    this.#refusals.set([]);
    this.#focus('input');
  }

  protected leave(): void {
    this.#draft.set(undefined);
    this.#focus('.edit');
  }

  protected add(field: HTMLInputElement): void {
    const tag = tidyTag(field.value);
    if (tag !== '') {
      this.#change((tags) => [...tags, tag]);
      field.value = '';
    }
  }

  protected remove(index: number): void {
    this.#change((tags) => tags.filter((_, other) => other !== index));
    this.#focus('input');
  }

  protected async save(field: HTMLInputElement): Promise<void> {
    this.add(field);
    if (faultsOf(this.tags()).length > 0 || this.pending()) {
      return;
    }
    this.pending.set(true);
    try {
      const changes = { tags: requestOf(this.tags()) };
      const instance = await this.#toygres.instances.update(this.instance().id, changes, { revision: this.#revision });
      this.#page?.query.update(() => instance);
      this.leave();
    } catch (error) {
      await this.#refused(error);
    } finally {
      this.pending.set(false);
    }
  }

  async #refused(error: unknown): Promise<void> {
    const refusals = refusalsOf(error);
    this.#refusals.set(refusals.length > 0 ? refusals : [sentenceOf(error)]);
    if (error instanceof ToygresError && error.code === 'revision_changed') {
      // Somebody has read both by then: whoever saves again means it.
      this.#refusals.set([overviewText.tagsChanged]);
      this.#revision = (await this.#toygres.instances.get(this.instance().id)).revision;
    }
  }

  #change(change: (tags: readonly string[]) => readonly string[]): void {
    this.#draft.update((tags) => tags && change(tags));
    this.#refusals.set([]);
  }

  #focus(selector: string): void {
    afterNextRender(() => this.#host.querySelector<HTMLElement>(selector)?.focus(), { injector: this.#injector });
  }
}
