import { convertToParamMap } from '@angular/router';
import { DEFAULT_QUERY, filterCount, type ListQuery, paramsOf, parseQuery, requestOf } from './list-query';

const everything: ListQuery = {
  search: 'prod',
  states: ['running', 'deleted'],
  healths: ['unhealthy'],
  versions: ['17', '18'],
  age: 'week',
  tags: ['team:backend', 'env:prod'],
  sort: '-created_at',
  page: 3,
  limit: 50,
};
const now = new Date('2026-11-14T12:00:00Z');

describe('the query of the list', () => {
  it('comes back from its address', () => {
    expect(parseQuery(convertToParamMap(paramsOf(everything)))).toEqual(everything);
    expect(parseQuery(convertToParamMap({}))).toEqual(DEFAULT_QUERY);
  });

  it('leaves out of the address what is as usual', () => {
    const set = Object.entries(paramsOf(DEFAULT_QUERY)).filter(([, value]) => value !== undefined);
    expect(set).toEqual([]);
  });

  it('takes a value given twice, or several in one', () => {
    expect(parseQuery(convertToParamMap({ state: ['failed', 'running,failed'] })).states).toEqual([
      'running',
      'failed',
    ]);
  });

  it.each([
    { state: 'gone', health: 'ill', version: 'x', age: 'century', sort: 'size', limit: '7', page: '-1' },
    { tag: ['nonsense', 'a:b:c'], page: '1.5', limit: 'x' },
    { page: 'NaN' },
  ])('passes over what it does not know: %o', (params) => {
    expect(parseQuery(convertToParamMap(params))).toEqual(DEFAULT_QUERY);
  });

  it('cuts a search that the server would refuse', () => {
    expect(parseQuery(convertToParamMap({ search: 'x'.repeat(80) })).search).toHaveLength(63);
  });

  it('becomes what the API is asked for', () => {
    expect(requestOf(everything, now)).toEqual({
      search: 'prod',
      state: ['running', 'deleted'],
      health: ['unhealthy'],
      version: ['17', '18'],
      created_after: '2026-11-07T12:00:00.000Z',
      created_before: undefined,
      tag: ['team:backend', 'env:prod'],
      sort: '-created_at',
      page: 3,
      limit: 50,
    });
    expect(requestOf({ ...DEFAULT_QUERY, age: 'older' }, now)).toMatchObject({
      created_after: undefined,
      created_before: '2026-10-15T12:00:00.000Z',
    });
  });

  it('knows how many filters are set', () => {
    expect(filterCount(DEFAULT_QUERY)).toBe(0);
    expect(filterCount(everything)).toBe(6);
  });
});
