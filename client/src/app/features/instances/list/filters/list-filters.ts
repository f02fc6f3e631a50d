import { computed, inject, Injectable } from '@angular/core';
import { Capabilities } from '../../../../core/capabilities';
import { type ChoiceFilter, labelsOf } from '../../../../ui/choice-list';
import { wordOf } from '../../../../ui/status';
import { ageText, filterText, sortText } from '../instance-list.text';
import { ListAddress } from '../list-address';
import { AGES, DEFAULT_QUERY, HEALTHS, type ListQuery, type Sort, STATES } from '../list-query';

/** The orders that somebody asks for; the others can be had by the heads of the columns. */
export const SORTS: readonly Sort[] = ['name', '-name', '-created_at', 'created_at', '-updated_at', 'state', 'health'];

/** The filters of the list: what each offers, what is chosen, and what a choice changes in the address. */
@Injectable()
export class ListFilters {
  readonly #address = inject(ListAddress);
  readonly #capabilities = inject(Capabilities);

  readonly choices = computed((): readonly ChoiceFilter[] => {
    const query = this.#address.query();
    const change = (part: Partial<ListQuery>): void => this.#address.change(part);
    return [
      {
        id: 'state',
        label: filterText.state,
        choices: STATES.map((value) => ({ value, label: wordOf(value) })),
        chosen: query.states,
        choose: (values) => change({ states: STATES.filter((state) => values.includes(state)) }),
      },
      {
        id: 'health',
        label: filterText.health,
        choices: HEALTHS.map((value) => ({ value, label: wordOf(value) })),
        chosen: query.healths,
        choose: (values) => change({ healths: HEALTHS.filter((health) => values.includes(health)) }),
      },
      {
        id: 'version',
        label: filterText.version,
        choices: this.#versions(query.versions).map((value) => ({
          value,
          label: filterText.versionOf(value),
          short: value,
        })),
        chosen: query.versions,
        choose: (versions) => change({ versions }),
      },
      {
        id: 'age',
        label: filterText.age,
        single: true,
        choices: AGES.map((value) => ({ value, label: ageText[value] })),
        chosen: query.age === null ? [] : [query.age],
        choose: ([value]) => change({ age: AGES.find((age) => age === value) ?? null }),
      },
    ];
  });

  /** The order, chosen in the same way. */
  readonly order = computed((): ChoiceFilter => ({
    id: 'sort',
    label: filterText.sort,
    single: true,
    required: true,
    choices: SORTS.map((value) => ({ value, label: sortText[value] })),
    chosen: [this.#address.query().sort],
    choose: ([value]) => this.#address.change({ sort: SORTS.find((sort) => sort === value) ?? DEFAULT_QUERY.sort }),
  }));

  /** What is set, in words: "State: Failed", "Tag: team:backend". */
  readonly inWords = computed((): readonly string[] => {
    const { search, tags } = this.#address.query();
    return [
      ...(search === '' ? [] : [filterText.searchFor(search)]),
      ...this.choices()
        .filter(({ chosen }) => chosen.length > 0)
        .map((filter) => filterText.chosen(filter.label, labelsOf(filter).join(', '))),
      ...(tags.length === 0 ? [] : [filterText.chosen(filterText.tag, tags.join(', '))]),
    ];
  });

  /** What can be had today; and what the address asks for, of which there may be old instances. */
  #versions(chosen: readonly string[]): readonly string[] {
    const offered = this.#capabilities.value()?.versions.map(({ major }) => major) ?? [];
    return [...new Set([...offered, ...chosen])].sort((a, b) => Number(b) - Number(a));
  }
}
