import { type HealthStatus, HIDDEN_STATES, type InstanceState } from '../domain/instance.js';

export const LIST_SORTS = ['name', 'created_at', 'updated_at', 'health', 'state'] as const;
export type ListSort = (typeof LIST_SORTS)[number];

export interface ListQuery {
  readonly states: readonly InstanceState[];
  readonly healths: readonly HealthStatus[];
  readonly versions: readonly string[];
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  /** All of these tags; two values of one key can not both be met. */
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** A part of the name or DNS name. */
  readonly search?: string | undefined;
  readonly sort: ListSort;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

/** The conditions of a list as SQL. */
export interface ListFilter {
  readonly where: string;
  readonly parameters: readonly unknown[];
  /** Whether `instance_counts` has the columns that it asks for. */
  readonly counted: boolean;
  /** The filter in one string. */
  readonly key: string;
}

const SORT_COLUMNS: Readonly<Record<ListSort, string>> = {
  name: 'name',
  created_at: 'created_at',
  updated_at: 'updated_at',
  health: 'health_status',
  state: 'state',
};

export function filterOf(query: ListQuery): ListFilter {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(parameters.push(value))}`;
  const terms: string[] = [];
  const addOneOf = (column: string, values: readonly string[]): void => {
    if (values.length > 0) {
      // An index on (column, sort) gives the rows of a single value in the order of the sort; for `= ANY` it would have to sort them.
      const [only] = values;
      terms.push(values.length === 1 ? `${column} = ${parameter(only)}` : `${column} = ANY(${parameter(values)})`);
    }
  };
  addOneOf('state', query.states);
  for (const hidden of HIDDEN_STATES) {
    if (!query.states.includes(hidden)) {
      terms.push(`state <> '${hidden}'`);
    }
  }
  addOneOf('health_status', query.healths);
  addOneOf('postgres_version', query.versions);
  if (query.createdAfter) {
    terms.push(`created_at > ${parameter(query.createdAfter)}`);
  }
  if (query.createdBefore) {
    terms.push(`created_at < ${parameter(query.createdBefore)}`);
  }
  for (const [key, value] of query.tags) {
    terms.push(`tags @> ${parameter(JSON.stringify({ [key]: value }))}::jsonb`);
  }
  if (query.search !== undefined) {
    const pattern = parameter(`%${query.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
    terms.push(`(name LIKE ${pattern} OR dns_name LIKE ${pattern})`);
  }
  const where = terms.length > 0 ? terms.join(' AND ') : 'true';
  const counted =
    query.createdAfter === undefined &&
    query.createdBefore === undefined &&
    query.search === undefined &&
    query.tags.length === 0;
  return { where, parameters, counted, key: JSON.stringify([where, parameters]) };
}

/** The order of a list; the id decides between instances that the sort does not tell apart. */
export function orderBy(
  { sort, descending, states }: ListQuery,
  { reverse = false, prefix = '' }: { readonly reverse?: boolean; readonly prefix?: string },
): string {
  const direction = descending === reverse ? 'ASC' : 'DESC';
  // Only purged instances share a name. Asking for the id too would sort what the index has sorted.
  const unique = sort === 'name' && !states.includes('purged');
  const columns = unique ? [SORT_COLUMNS.name] : [SORT_COLUMNS[sort], 'id'];
  return `ORDER BY ${columns.map((column) => `${prefix}${column} ${direction}`).join(', ')}`;
}
