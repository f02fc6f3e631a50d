import { expect, it } from 'vitest';
import { sqlFailure } from './sql-failure.js';

it.each([
  ['3F000', 'missing'],
  ['42883', 'missing'],
  ['42P01', 'missing'],
  ['P0001', 'refused'],
  ['22023', 'refused'],
  ['42501', 'refused'],
  ['28P01', 'unreachable'],
  ['57014', 'unreachable'],
  ['53300', 'unreachable'],
  ['ECONNREFUSED', 'unreachable'],
  [undefined, 'unreachable'],
])('%s is %s', (code, failure) => {
  expect(sqlFailure(code)).toBe(failure);
});
