import { describe, expect, it } from 'vitest';
import { SeverityReader } from './log-severity.js';

const readAll = (...lines: readonly string[]) => {
  const reader = new SeverityReader();
  return lines.map((line) => reader.read(line));
};
const AT = '2026-11-22 20:13:20.343 UTC ';

describe('SeverityReader', () => {
  it.each([
    ['[42] LOG:  checkpoint starting: time', 'log'],
    ['[42] app@shop ERROR:  relation "x" does not exist', 'error'],
    ['[42] my app@the shop WARNING:  nothing to do', 'warning'],
    ['[42] app@shop FATAL:  password authentication failed for user "app"', 'fatal'],
    ['[42] PANIC:  could not write to file', 'panic'],
    ['[42] DEBUG3:  CommitTransaction', 'debug'],
    ['[42] [unknown]@[unknown] LOG:  invalid length of startup packet', 'log'],
    ['[42] LOG:  a user@shop ERROR:  that is only quoted', 'log'],
    ['[42] FEHLER:  Syntaxfehler', null],
    ['PostgreSQL Database directory appears to contain a database', null],
    ['[42] app@shop : no label', null],
    ['', null],
  ] as const)('%s', (text, severity) => {
    expect(readAll(AT + text)[0]?.severity).toBe(severity);
  });

  it('leaves the time out, in whatever zone it is, and nothing else', () => {
    expect(
      readAll(`${AT}[42] LOG:  one`, '2026-11-22 21:13:20.343 CET [42] LOG:  two', '2026-11-22 is a day').map(
        ({ text }) => text,
      ),
    ).toEqual(['[42] LOG:  one', '[42] LOG:  two', '2026-11-22 is a day']);
  });

  it('gives what goes on with a message the severity of that message', () => {
    expect(
      readAll(
        `${AT}[42] app@shop ERROR:  syntax error`,
        `${AT}[42] app@shop DETAIL:  more`,
        `${AT}[42] app@shop STATEMENT:  SELECT`,
        '\t  1',
        '\tLOG:  quoted',
        `${AT}[42] LOG:  next`,
        'something else',
        '\tof it',
      ).map(({ severity }) => severity),
    ).toEqual(['error', 'error', 'error', 'error', 'error', 'log', null, null]);
  });

  it('does not know what the first line goes on with', () => {
    expect(readAll(`${AT}[42] app@shop HINT:  try again`)[0]?.severity).toBeNull();
  });
});
