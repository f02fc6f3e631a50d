import { Component, computed, inject, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Format } from '../../../core/format';
import { sentenceOf } from '../../../core/notify';
import { createText } from './create.text';
import { runtimeImageOf } from './image-choice';
import { type FieldName, InstanceForm } from './instance-form';
import { isCount } from './series';

const LABELS: Readonly<Record<FieldName, string>> = {
  name: createText.name,
  count: createText.howMany,
  password: createText.password,
  version: createText.version,
  image: createText.image,
  storageGb: createText.storage,
  network: createText.networking,
  namespace: createText.namespace,
  tags: createText.tags,
  protected: createText.protection,
};

interface Fact {
  readonly label: string;
  readonly value: string;
  readonly missing?: boolean;
}

/** What will be created and what it costs, what is in the way, and the button. On phones a bar at the foot of the page. */
@Component({
  selector: 'tg-create-summary',
  imports: [MatButton, MatIcon],
  templateUrl: './create-summary.html',
  styleUrl: './create-summary.scss',
})
export class CreateSummary {
  readonly #format = inject(Format);
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  /** Somebody wants to go to a field. */
  readonly fieldWanted = output<FieldName>();
  readonly cancelled = output();

  /** A count that can't be had counts as one. */
  readonly #count = computed(() => {
    const { count } = this.form.draft();
    return isCount(count) ? count : 1;
  });
  protected readonly submitLabel = computed(() => {
    if (this.submitting()) {
      return createText.submitting;
    }
    return this.#count() === 1 ? createText.submit : createText.submitMany(this.#format.number(this.#count()));
  });
  protected readonly notCreated = computed(() => (this.form.series() ? createText.noneCreated : createText.notCreated));
  protected readonly submitting = computed(() => this.form.fields().submitting());
  protected readonly facts = computed((): readonly Fact[] => {
    const { version, image, storageGb, network, namespace, protected: isProtected } = this.form.draft();
    return [
      ...this.#names(),
      { label: createText.version, value: createText.postgresOf(version) },
      ...(image === 'stock'
        ? []
        : [{ label: createText.image, value: runtimeImageOf(image) ?? createText.durableImage }]),
      { label: createText.storage, value: storageGb === null ? '–' : this.#gigabytes(storageGb) },
      {
        label: createText.network,
        value: network === 'public' ? createText.publicAddress : createText.internalOnly,
      },
      { label: createText.namespace, value: namespace },
      { label: createText.protection, value: isProtected ? createText.on : createText.off },
    ];
  });

  protected readonly cost = computed(() => {
    const prices = this.form.offer()?.prices;
    const { storageGb, network } = this.form.draft();
    if (!prices || storageGb === null) {
      return undefined;
    }
    const count = this.#count();
    const money = (value: number): string => this.#format.money(value, prices.currency);
    const ofAll = (label: string): string =>
      count === 1 ? label : createText.ofMany(label, this.#format.number(count));
    const lines = [
      { label: createText.instanceCost, price: prices.instance_month },
      {
        label: createText.storageCost(this.#gigabytes(storageGb), money(prices.storage_gb_month)),
        price: storageGb * prices.storage_gb_month,
      },
      ...(network === 'public' ? [{ label: createText.publicAddress, price: prices.load_balancer_month }] : []),
    ];
    return {
      total: money(count * lines.reduce((sum, { price }) => sum + price, 0)),
      lines: lines.map(({ label, price }) => ({ label: ofAll(label), price: money(count * price) })),
    };
  });

  protected readonly usually = computed(() => {
    const usual = this.form.offer()?.usual_create_ms;
    return usual == null || this.form.series() ? undefined : createText.usually(this.#format.duration(usual));
  });
  protected readonly faults = computed(() => {
    const fields = this.form.faulty();
    return {
      intro: fields.length === 1 ? createText.oneFault : createText.faults(this.#format.number(fields.length)),
      fields: fields.map((name) => ({ name, label: LABELS[name] })),
    };
  });
  protected readonly problem = computed(() => {
    const problem = this.form.problem();
    return problem === undefined ? undefined : sentenceOf(problem);
  });

  #names(): readonly Fact[] {
    const { name } = this.form.draft();
    const { first, last } = this.form.ends();
    const value = first === last ? first : createText.namesTo(first, last);
    const names = {
      label: this.form.series() ? createText.names : createText.name,
      value: name === '' ? createText.nameMissing : value,
      missing: name === '',
    };
    return this.form.series()
      ? [names, { label: createText.howMany, value: this.#format.number(this.#count()) }]
      : [names];
  }

  #gigabytes(size: number): string {
    return createText.gigabytes(this.#format.number(size));
  }
}
