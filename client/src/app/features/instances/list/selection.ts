import { computed, Injectable, signal } from '@angular/core';
import type { InstanceSummary } from '#sdk';

/** The instances that are ticked. They stay so on other pages and through changes. */
@Injectable()
export class Selection {
  readonly #ticked = signal<ReadonlyMap<string, InstanceSummary>>(new Map());
  readonly instances = computed(() => [...this.#ticked().values()]);

  has({ id }: InstanceSummary): boolean {
    return this.#ticked().has(id);
  }

  set(instances: readonly InstanceSummary[], ticked: boolean): void {
    this.#ticked.update((before) => {
      const after = new Map(before);
      for (const instance of instances) {
        if (ticked) {
          after.set(instance.id, instance);
        } else {
          after.delete(instance.id);
        }
      }
      return after;
    });
  }

  /** Takes over what is known by now of the instances that are ticked. */
  refresh(instances: readonly InstanceSummary[]): void {
    const changed = instances.filter((instance) => this.has(instance) && this.#ticked().get(instance.id) !== instance);
    if (changed.length > 0) {
      this.set(changed, true);
    }
  }

  clear(): void {
    this.#ticked.set(new Map());
  }
}
