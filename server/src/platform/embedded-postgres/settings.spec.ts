import { describe, expect, it } from 'vitest';
import { toArguments, toConfigurationFile } from './settings.js';

describe('toConfigurationFile', () => {
  it('quotes every value', () => {
    expect(toConfigurationFile({ fsync: true, jit: false, port: 5432, log_directory: "/it's\\here" })).toBe(
      "fsync = 'on'\njit = 'off'\nport = '5432'\nlog_directory = '/it''s\\\\here'\n",
    );
  });
});

describe('toArguments', () => {
  it('leaves values as they are, for no shell reads them', () => {
    expect(toArguments({ port: 1, log_line_prefix: "%m '%p' " })).toEqual([
      '-c',
      'port=1',
      '-c',
      "log_line_prefix=%m '%p' ",
    ]);
  });
});
