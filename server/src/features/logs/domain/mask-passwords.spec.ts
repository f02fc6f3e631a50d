import { describe, expect, it } from 'vitest';
import { maskPasswords } from './mask-passwords.js';

describe('maskPasswords', () => {
  it.each([
    [`ALTER ROLE app PASSWORD 'canary' VALID UNTIL 'x'`, `ALTER ROLE app PASSWORD '***' VALID UNTIL 'x'`],
    [`create user app with encrypted password 'can''ary';`, `create user app with encrypted password '***';`],
    [`CREATE ROLE a PASSWORD E'can\\'ary' LOGIN`, `CREATE ROLE a PASSWORD '***' LOGIN`],
    [`CREATE ROLE a PASSWORD 'canary that is cu`, `CREATE ROLE a PASSWORD '***'`],
    ['CREATE ROLE a PASSWORD $x$canary$x$ LOGIN', `CREATE ROLE a PASSWORD '***' LOGIN`],
    [`CONNECTION 'host=a password=canary port=1'`, `CONNECTION 'host=a password=*** port=1'`],
    [`dblink('password=''canary'' host=a')`, `dblink('password=*** host=a')`],
    [`WHERE password = 'canary' AND x`, `WHERE password = *** AND x`],
    ['connecting to postgresql://app:canary@host/shop', 'connecting to postgresql://app:***@host/shop'],
  ])('%s', (text, masked) => {
    expect(maskPasswords(text)).toBe(masked);
  });

  it.each([
    'FATAL:  password authentication failed for user "app"',
    'SELECT 1 -- https://example.com/a:b',
    `ALTER ROLE app PASSWORD NULL`,
    "SHOW password_encryption = 'x'",
  ])('leaves %s', (text) => {
    expect(maskPasswords(text)).toBe(text);
  });
});
