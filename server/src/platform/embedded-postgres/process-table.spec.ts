import { describe, expect, it } from 'vitest';
import { isServerOf, parseLsof } from './process-table.js';

describe('parseLsof', () => {
  it('reads one directory per process', () => {
    expect(parseLsof('p12\nfcwd\nn/home/a\np34\nfcwd\nn/home/b c\n')).toEqual([
      { pid: 12, directory: '/home/a' },
      { pid: 34, directory: '/home/b c' },
    ]);
  });

  it('finds nothing in nothing', () => {
    expect(parseLsof('')).toEqual([]);
  });
});

describe('isServerOf', () => {
  it('does not take any other program in the directory for a server', async () => {
    expect(await isServerOf(process.pid, process.cwd())).toBe(false);
  });
});
