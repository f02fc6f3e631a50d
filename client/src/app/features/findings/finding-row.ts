import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import type { Finding } from '#sdk';
import { Format } from '../../core/format';
import { Notify } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { Ago } from '../../ui/ago';
import { Ask } from '../../ui/ask';
import type { IconName } from '../../ui/icons';
import { findingsText, findingTitle, removeText } from './findings.text';

const ICONS: Readonly<Record<Finding['resource_kind'], IconName>> = {
  directory: 'hard_drive',
  process: 'terminal',
  port: 'link',
  claim: 'hard_drive',
  pod: 'terminal',
  service: 'link',
  object: 'description',
  configuration: 'description',
};

/** What was found, what is done about it, and the way to have it removed. */
@Component({
  selector: 'tg-finding-row',
  imports: [Ago, MatButton, MatIcon, RouterLink],
  templateUrl: './finding-row.html',
  styleUrl: './finding-row.scss',
})
export class FindingRow {
  readonly finding = input.required<Finding>();
  protected readonly text = findingsText;
  protected readonly asking = signal(false);
  readonly #format = inject(Format);
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);
  readonly #ask = inject(Ask);

  protected readonly icon = computed(() => ICONS[this.finding().resource_kind]);
  protected readonly title = computed(() => findingTitle(this.finding()));
  protected readonly resource = computed(() => {
    const { resource, resource_kind: kind } = this.finding();
    if (resource === null) {
      return undefined;
    }
    switch (kind) {
      case 'process':
        return findingsText.pid(resource);
      case 'port':
        return findingsText.port(resource);
      default:
        return resource;
    }
  });
  protected readonly size = computed(() => {
    const { bytes } = this.finding();
    return bytes === null ? undefined : this.#format.bytes(bytes);
  });
  /** Somebody has asked for it, and it goes on. */
  protected readonly underWay = computed(() => {
    const { repair_requested_at: asked, error, resolved_at: over } = this.finding();
    return asked !== null && error === null && over === null;
  });
  readonly #removes = computed(() => this.finding().repair === 'on_request');
  protected readonly underWayWord = computed(() =>
    this.#removes() ? findingsText.beingRemoved : findingsText.beingRepaired,
  );
  /** What Toygres does about it, or has done. */
  protected readonly deed = computed(() => {
    const { code, repair, resource_kind: kind } = this.finding();
    switch (repair) {
      case 'on_request':
        return findingsText.onRequest;
      case 'none':
        return findingsText.outOfNothing;
      case 'automatic':
        if (kind === 'configuration') {
          return findingsText.rewritten;
        }
        return code === 'left_over' ? findingsText.stopped : findingsText.started;
    }
  });
  protected readonly outcome = computed(() => {
    const { resolution } = this.finding();
    if (resolution !== 'repaired') {
      return findingsText.gone;
    }
    return this.#removes() ? findingsText.removed : findingsText.repaired;
  });
  protected readonly failure = computed(() => {
    const { error } = this.finding();
    return error === null ? undefined : findingsText.failed(error);
  });
  /** What can be asked for now. What goes on by itself is only asked for again when it has failed. */
  protected readonly offer = computed(() => {
    const { repair, error, resolved_at: over } = this.finding();
    if (over !== null || repair === 'none' || this.underWay() || (repair === 'automatic' && error === null)) {
      return undefined;
    }
    const of = this.#removes() ? findingsText.removeOf : findingsText.repairOf;
    return {
      label: this.#removes() ? findingsText.remove : findingsText.repairNow,
      name: of([this.title(), this.resource()].filter((part) => part !== undefined).join(', ')),
    };
  });

  protected async request(): Promise<void> {
    if (this.asking()) {
      return;
    }
    this.asking.set(true);
    await (this.#removes() ? this.#askToRemove() : this.#notify.attempt(() => this.#repair(findingsText.saidRepair)));
    this.asking.set(false);
  }

  #askToRemove(): Promise<void> {
    const subject = this.resource();
    return this.#ask.ask({
      title: removeText.title,
      ...(subject === undefined ? {} : { subject }),
      meaning: this.#losses(),
      submit: removeText.submit,
      keep: removeText.keep,
      icon: 'delete_forever',
      dangerous: true,
      run: () => this.#repair(findingsText.saidRemove),
    });
  }

  /** Exactly what is removed: with one part of something, all of it goes. */
  #losses(): readonly string[] {
    const { instance_name: name, k8s_name: label } = this.finding();
    if (name === null && label === '') {
      return [removeText.portOnly];
    }
    return [name === null ? removeText.everythingLabelled(label) : removeText.everythingOf(name), removeText.noWayBack];
  }

  async #repair(said: string): Promise<void> {
    await this.#toygres.findings.repair(this.finding().id);
    this.#notify.say(said);
  }
}
