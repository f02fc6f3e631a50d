import { describe, expect, it } from 'vitest';
import { parsePostmasterFile } from './postmaster-file.js';

const BEGINNING = '4711\n/home/data\n1764000000\n15432\n\n127.0.0.1\n  2031617         3\n';

describe('parsePostmasterFile', () => {
  it('reads the pid, the port and the status', () => {
    expect(parsePostmasterFile(`${BEGINNING}ready   \n`)).toEqual({
      pid: 4711,
      singleUser: false,
      port: 15432,
      status: 'ready',
    });
  });

  it('has no status until the server has written one', () => {
    expect(parsePostmasterFile(BEGINNING)?.status).toBeNull();
  });

  it('tells postgres --single by its negative pid', () => {
    expect(parsePostmasterFile(`-${BEGINNING}`)).toMatchObject({ pid: 4711, singleUser: true });
  });

  it.each(['', '47', '4711\n/home/da', 'no pid\n\n\n\n\n\n', '0\n\n\n\n\n\n'])('takes %j for unfinished', (text) => {
    expect(parsePostmasterFile(text)).toBeNull();
  });
});
