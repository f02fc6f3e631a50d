import type { ParamMap, Params } from '@angular/router';
import type { HealthStatus, InstanceState, ListInstancesQuery } from '#sdk';
import { ageText, sortText } from './instance-list.text';

export const STATES = [
  'running',
  'stopped',
  'failed',
  'creating',
  'starting',
  'restarting',
  'stopping',
  'deleting',
  'deleted',
  'purging',
  'purged',
] as const satisfies readonly InstanceState[];
export const HEALTHS = ['healthy', 'unhealthy', 'unknown'] as const satisfies readonly HealthStatus[];
export const LIMITS = [10, 20, 50, 100] as const;

/** How long ago an instance was created. */
export type Age = keyof typeof ageText;
export const AGES = Object.keys(ageText) as readonly Age[];
export type Sort = keyof typeof sortText;

/** What is listed, as the address has it. */
export interface ListQuery {
  readonly search: string;
  readonly states: readonly InstanceState[];
  readonly healths: readonly HealthStatus[];
  readonly versions: readonly string[];
  readonly age: Age | null;
  /** Each as key:value; all must match. */
  readonly tags: readonly string[];
  readonly sort: Sort;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

export const DEFAULT_QUERY: ListQuery = {
  search: '',
  states: [],
  healths: [],
  versions: [],
  age: null,
  tags: [],
  sort: 'name',
  page: 1,
  limit: 20,
};

/** Longer searches are refused: no name is longer. */
export const SEARCH_MAX_LENGTH = 63;
const TAG = /^[^:\s]+:[^:\s]*$/;
const HOUR_MS = 3_600_000;
const AGE_HOURS: Readonly<Record<Age, number>> = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24, older: 30 * 24 };

export const isTag = (text: string): boolean => TAG.test(text);

/** Reads an address. What it does not know, it passes over: an old link still shows a list. */
export function parseQuery(params: ParamMap): ListQuery {
  const listed = (name: string): string[] => [
    ...new Set(params.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''))),
  ];
  const known = <T extends string>(name: string, all: readonly T[]): T[] =>
    all.filter((value) => listed(name).includes(value));
  const whole = (name: string): number => {
    const value = Number(params.get(name));
    return Number.isSafeInteger(value) ? value : 0;
  };
  const age = params.get('age') ?? '';
  const sort = params.get('sort') ?? '';
  const limit = whole('limit');
  return {
    search: (params.get('search') ?? '').trim().slice(0, SEARCH_MAX_LENGTH),
    states: known('state', STATES),
    healths: known('health', HEALTHS),
    versions: listed('version').filter((version) => /^\d{1,3}$/.test(version)),
    age: age in ageText ? (age as Age) : null,
    tags: [...new Set(params.getAll('tag'))].filter(isTag),
    sort: sort in sortText ? (sort as Sort) : DEFAULT_QUERY.sort,
    page: Math.min(1_000_000, Math.max(1, whole('page'))),
    limit: LIMITS.find((value) => value === limit) ?? DEFAULT_QUERY.limit,
  };
}

/** The address of a query: short, because what is as usual is left out. */
export function paramsOf(query: ListQuery): Params {
  const joined = (values: readonly string[]): string | undefined => values.join(',') || undefined;
  const unusual = <T>(value: T, usual: T): T | undefined => (value === usual ? undefined : value);
  return {
    search: query.search || undefined,
    state: joined(query.states),
    health: joined(query.healths),
    version: joined(query.versions),
    age: query.age ?? undefined,
    tag: query.tags.length > 0 ? [...query.tags] : undefined,
    sort: unusual(query.sort, DEFAULT_QUERY.sort),
    page: unusual(query.page, 1),
    limit: unusual(query.limit, DEFAULT_QUERY.limit),
  };
}

/** What the API is asked for. */
export function requestOf(query: ListQuery, now: Date): ListInstancesQuery {
  const filled = <T>(values: readonly T[]): T[] | undefined => (values.length > 0 ? [...values] : undefined);
  const bound = query.age && new Date(now.getTime() - AGE_HOURS[query.age] * HOUR_MS).toISOString();
  return {
    search: query.search || undefined,
    state: filled(query.states),
    health: filled(query.healths),
    version: filled(query.versions),
    created_after: bound && query.age !== 'older' ? bound : undefined,
    created_before: bound && query.age === 'older' ? bound : undefined,
    tag: filled(query.tags),
    sort: query.sort,
    page: query.page,
    limit: query.limit,
  };
}

/** How many filters are set, the search among them. */
export function filterCount({ search, states, healths, versions, age, tags }: ListQuery): number {
  return [search, states.length, healths.length, versions.length, age, tags.length].filter(Boolean).length;
}
