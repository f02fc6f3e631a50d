import { TestBed } from '@angular/core/testing';
import { Format } from './format';

describe('Format', () => {
  const now = new Date('2026-11-14T12:00:00Z');
  const ago = (seconds: number): string =>
    TestBed.inject(Format).relative(new Date(now.getTime() - seconds * 1_000), now);

  it.each([
    [0, 'just now'],
    [8, '8 s ago'],
    [59, '59 s ago'],
    [60, '1 min ago'],
    [3_599, '59 min ago'],
    [3_600, '1 hour ago'],
    [7_200, '2 hours ago'],
    [42 * 86_400, '42 days ago'],
    [400 * 86_400, '1 year ago'],
    [-4, 'in 4 s'],
    [-90, 'in 1 min'],
  ])('says %d s ago as %s', (seconds, text) => {
    expect(ago(seconds)).toBe(text);
  });

  it.each([
    [2.64, '2.6 ms'],
    [12, '12 ms'],
    [800, '800 ms'],
    [1_840, '1.8 s'],
    [38_000, '38 s'],
    [169_000, '2 min 49 s'],
    [11_100_000, '3 h 5 min'],
  ])('says %d ms as %s', (ms, text) => {
    expect(TestBed.inject(Format).duration(ms)).toBe(text);
  });

  it.each([
    [0, '0 B'],
    [24_117_248, '24 MB'],
    [7_400_000, '7.4 MB'],
    [999, '999 B'],
    [4e12, '4 TB'],
  ])('says %d bytes as %s', (bytes, text) => {
    expect(TestBed.inject(Format).bytes(bytes)).toBe(text);
  });
});
