import { describe, expect, it } from 'vitest';
import { findRedo } from './recovery-progress.js';

const stamp = '2026-11-22 20:13:20.343 UTC [5112]';
const started = `${stamp} LOG:  starting PostgreSQL 18.4 on x86_64`;
const begun = `${stamp} LOG:  redo starts at 0/1528E98`;
const reached = (seconds: string, position: string) =>
  `${stamp} LOG:  redo in progress, elapsed time: ${seconds} s, current LSN: ${position}`;

describe('findRedo', () => {
  it('finds where it began and where it is, in bytes', () => {
    expect(findRedo([started, begun, reached('1.00', '0/2000000'), reached('2.00', '1/0000A0F8')])).toEqual({
      from: 0x1528e98,
      at: 0x10000a0f8,
    });
  });

  it('goes without the begin when that is too long ago', () => {
    expect(findRedo([reached('3600.00', 'A/0')])).toEqual({ from: null, at: 10 * 2 ** 32 });
  });

  it('says nothing before the server does, and of no earlier start', () => {
    expect(findRedo([])).toBeNull();
    expect(findRedo([started, begun])).toBeNull();
    expect(findRedo([begun, reached('1.00', '0/2000000'), started])).toBeNull();
  });

  it('does not mistake what a client has made the server say', () => {
    expect(findRedo([`${stamp} app@shop LOG:  redo in progress, current LSN: 0/2000000`])).toBeNull();
  });
});
