import { describe, expect, it } from 'vitest';
import { isLoginRefused } from './login-refusal.js';

const failure = (code: string) => Object.assign(new Error('The words of the server.'), { code });

describe('isLoginRefused', () => {
  it.each(['28P01', '28000', '3D000', '42501'])('takes %s for a no', (code) => {
    expect(isLoginRefused(failure(code))).toBe(true);
  });

  // Starting or recovering, too many connections, shutting down, nobody there.
  it.each(['57P03', '53300', '57P01', 'ECONNREFUSED'])('does not take %s for one', (code) => {
    expect(isLoginRefused(failure(code))).toBe(false);
  });

  it('does not take silence for one', () => {
    expect(isLoginRefused(new Error('timeout expired'))).toBe(false);
    expect(isLoginRefused(undefined)).toBe(false);
  });
});
