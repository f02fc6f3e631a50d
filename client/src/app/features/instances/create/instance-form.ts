import { computed, effect, inject, Injectable, linkedSignal, type ResourceRef, resource, signal } from '@angular/core';
import { applyEach, type FieldTree, form, submit, validate, validateAsync } from '@angular/forms/signals';
import { BATCH_MAX_ITEMS, NAME_RULES, PASSWORD_RULES, type Rule, TAGS_MAX_COUNT, unmet } from '#rules';
import { type Capabilities as Offer, type NameAvailability, ToygresError } from '#sdk';
import { Capabilities } from '../../../core/capabilities';
import { Format } from '../../../core/format';
import { TOYGRES } from '../../../core/toygres';
import { createText, faultSentence, nameRefusal } from './create.text';
import {
  fitting,
  forgetDraft,
  type InstanceDraft,
  loadBalancerRefusal,
  requestOf,
  restoreDraft,
  seriesOf,
  storeDraft,
} from './instance-draft';
import { generatePassword } from './password-generator';
import { endsOf, isCount, isSeries } from './series';
import { parseTag, tagFaults } from '../tag';

/** Where a person can mend something. */
export type FieldName = Exclude<keyof InstanceDraft, 'samePassword'>;

/** Members of the request by the fields that they come from. */
const POINTERS: Readonly<Record<string, FieldName>> = {
  name: 'name',
  count: 'count',
  password: 'password',
  postgres_version: 'version',
  image_type: 'image',
  runtime_image: 'image',
  storage_size_gb: 'storageGb',
  use_load_balancer: 'network',
  namespace: 'namespace',
  tags: 'tags',
  deletion_protection: 'protected',
};

/** Typing must pause for this long before a name is asked for, in milliseconds. */
const NAME_PAUSE_MS = 300;

const faults = (rules: readonly Pick<Rule<never>, 'code' | 'message'>[]) =>
  rules.map((rule) => ({ kind: rule.code, message: faultSentence(rule) }));

/** The form for a new instance: what it holds, what is wrong with it, and its sending. Provided by the page. */
@Injectable()
export class InstanceForm {
  readonly #toygres = inject(TOYGRES);
  readonly #format = inject(Format);
  readonly #capabilities = inject(Capabilities);
  #check: ResourceRef<NameAvailability | undefined> | undefined;
  /** A body has one key, however often it is sent. */
  #attempt = { body: '', key: '' };
  #done = false;
  readonly #sent = signal(false);

  readonly offer = this.#capabilities.value;
  readonly offerError = this.#capabilities.error;
  readonly refusal = computed(() => {
    const offer = this.offer();
    return offer && loadBalancerRefusal(offer);
  });

  readonly draft = linkedSignal<Offer | undefined, InstanceDraft>({
    source: this.offer,
    computation: (offer, previous) => {
      const draft = previous?.value ?? { ...restoreDraft(), password: generatePassword('') };
      return offer ? fitting(draft, offer) : draft;
    },
  });

  readonly fields: FieldTree<InstanceDraft> = form(this.draft, (path) => {
    validate(path.name, ({ value, valueOf }) => faults(unmet(NAME_RULES, endsOf(value(), valueOf(path.count)).last)));
    validateAsync(path.name, {
      params: ({ value, valueOf }) => endsOf(value(), valueOf(path.count)).first,
      debounce: NAME_PAUSE_MS,
      factory: (name) =>
        (this.#check = resource({
          params: name,
          loader: ({ params, abortSignal }) => this.#toygres.instances.checkName(params, { signal: abortSignal }),
        })),
      // Of several, one that is taken keeps the others from nothing.
      onSuccess: (answer) =>
        answer.available || this.series() ? undefined : { kind: 'name_taken', message: nameRefusal(answer) },
      // Whoever can't ask beforehand is told when the instance is created.
      onError: () => undefined,
    });
    validate(path.count, ({ value }) =>
      isCount(value())
        ? undefined
        : { kind: 'count_range', message: createText.countRange(this.#format.number(BATCH_MAX_ITEMS)) },
    );
    validate(path.password, ({ value }) =>
      this.asksPassword() ? faults(unmet(PASSWORD_RULES, { password: value(), name: this.nameToAvoid() })) : undefined,
    );
    validate(path.storageGb, ({ value }) => {
      const { minimum_gb: minimum, maximum_gb: maximum } = this.limits();
      const size = value();
      return size !== null && Number.isInteger(size) && size >= minimum && size <= maximum
        ? undefined
        : {
            kind: 'storage_range',
            message: createText.storageRange(this.#format.number(minimum), this.#format.number(maximum)),
          };
    });
    validate(path.tags, ({ value }) =>
      value().length > TAGS_MAX_COUNT ? faults([{ code: 'too_many_tags', message: '' }]) : undefined,
    );
    applyEach(path.tags, (tag) => {
      validate(tag, ({ value, valueOf }) => faults(tagFaults(value(), valueOf(path.tags))));
    });
  });

  /** Whether several are to be created, by one request. */
  readonly series = computed(() => isSeries(this.draft().count));
  /** The first and the last name. */
  readonly ends = computed(() => endsOf(this.draft().name, this.draft().count));
  /** Whether there is a password to choose. */
  readonly asksPassword = computed(() => !this.series() || this.draft().samePassword);

  /** What the password must not contain: a name of which only a letter or two is there says nothing yet. */
  readonly nameToAvoid = computed(() => {
    return unmet(NAME_RULES, this.ends().last).length === 0 ? this.draft().name : '';
  });

  readonly limits = computed(() => this.offer()?.storage ?? { minimum_gb: 0, maximum_gb: Infinity });

  /** Whether the name can be had; undefined when that was not asked. */
  readonly availability = computed<'checking' | 'available' | 'taken' | undefined>(() => {
    const field = this.fields.name();
    if (field.errors().some(({ kind }) => kind === 'name_taken')) {
      return 'taken';
    }
    if (field.invalid()) {
      return undefined;
    }
    if (field.pending()) {
      return 'checking';
    }
    return !this.series() && this.#answer()?.available === true ? 'available' : undefined;
  });

  /** Why the first of several can't be had; the others may be free. */
  readonly firstTaken = computed(() => {
    const answer = this.series() ? this.#answer() : undefined;
    return answer?.available === false ? nameRefusal(answer) : undefined;
  });

  /** Fields that need a change, in their order on the page. */
  readonly faulty = computed<readonly FieldName[]>(() => Object.values(POINTERS).filter((name) => this.blames(name)));

  /** What went wrong with the last sending, and is no field's. */
  readonly problem = signal<unknown>(undefined);

  constructor() {
    effect(() => {
      const draft = this.draft();
      if (!this.#done) {
        storeDraft(draft);
      }
    });
    if (this.draft().name !== '') {
      this.fields.name().markAsDirty();
    }
  }

  /** Whether a field is said to need a change. Until the form is sent, nobody is blamed for a field that they only passed through. */
  blames(name: FieldName): boolean {
    const field = this.fields[name]();
    return field.invalid() && field.touched() && (field.dirty() || this.#sent());
  }

  reloadOffer(): void {
    this.#capabilities.reload();
  }

  generate(): void {
    this.fields.password().value.set(generatePassword(this.nameToAvoid()));
  }

  /** Nobody needs what was typed any more. */
  forget(): void {
    this.#done = true;
    forgetDraft();
  }

  /** Begins with a name that was asked for elsewhere. */
  begin(name: string): void {
    this.draft.update((draft) => ({ ...draft, name, count: 1 }));
    this.fields.name().markAsDirty();
  }

  /** Sends the form, unless that is under way already; `then` is part of it, and given the id of the batch that several are. */
  async send(then: (batch: string | undefined) => Promise<unknown>): Promise<void> {
    this.#sent.set(true);
    await submit(this.fields, async () => {
      this.problem.set(undefined);
      let batch: string | undefined;
      try {
        batch = await this.#create();
      } catch (error) {
        return this.#faultsOf(error);
      }
      this.forget();
      await then(batch);
      return undefined;
    });
  }

  /** @returns the id of the batch that several are */
  async #create(): Promise<string | undefined> {
    const { instances } = this.#toygres;
    if (this.series()) {
      const series = seriesOf(this.draft());
      const options = { idempotencyKey: this.#keyOf(JSON.stringify(series)) };
      return (await instances.createMany(series, options)).batch_id;
    }
    const request = requestOf(this.draft());
    await instances.create(request, { idempotencyKey: this.#keyOf(JSON.stringify(request)) });
    return undefined;
  }

  /** What was found out about the name that is there now. */
  #answer(): NameAvailability | undefined {
    return this.#check?.hasValue() && this.#check.value().name === this.ends().first ? this.#check.value() : undefined;
  }

  #keyOf(body: string): string {
    if (this.#attempt.body !== body) {
      const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'));
      this.#attempt = { body, key: key.join('') };
    }
    return this.#attempt.key;
  }

  #faultsOf(error: unknown) {
    const errors = error instanceof ToygresError ? error.errors : [];
    const found = errors.flatMap((fault) => {
      const fieldTree = this.#fieldAt(fault.pointer);
      return fieldTree ? [{ fieldTree, kind: fault.code, message: faultSentence(fault) }] : [];
    });
    if (found.length === 0) {
      // No fault of the form: that would have to change before it could be sent again.
      this.problem.set(error);
    }
    return found;
  }

  /** @param pointer JSON pointer into the request */
  #fieldAt(pointer: string): FieldTree<unknown> | undefined {
    const [member = '', key] = pointer
      .replace(/^\/(template\/|base_)/, '/')
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const name = POINTERS[member];
    if (name !== 'tags' || key === undefined) {
      return name && this.fields[name];
    }
    const index = this.draft().tags.findIndex((tag) => parseTag(tag)?.key === key);
    return this.fields.tags[index] ?? this.fields.tags;
  }
}
