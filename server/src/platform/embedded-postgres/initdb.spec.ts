import { describe, expect, it } from 'vitest';
import { localeArguments } from './initdb.js';

describe('localeArguments', () => {
  it('uses the built-in provider from 17 on', () => {
    expect(localeArguments(17, 'linux')).toEqual([
      '--locale=C.UTF-8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ]);
    expect(localeArguments(16, 'linux')).toEqual(['--locale=C.UTF-8']);
  });

  it('asks macOS for no locale that it lacks', () => {
    expect(localeArguments(15, 'darwin')).toEqual(['--locale=C', '--lc-ctype=UTF-8']);
  });
});
