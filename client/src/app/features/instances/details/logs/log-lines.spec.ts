import type { InstanceLogLine } from '#sdk';
import { toFileLine, toLogLine } from './log-line';
import { lineAt, topsOf, windowOf } from './log-rows';
import { matchesIn, segmentsOf } from './log-search';

const line = (text: string, given: Partial<InstanceLogLine> = {}) =>
  toLogLine({ id: text, time: '2026-11-14T12:00:00.123Z', severity: 'log', text, ...given });

describe('a line of a log', () => {
  it.each([
    ['[42] LOG:  ready', '[42]', 'LOG', 'ready'],
    ['[42] app@shop ERROR:  syntax error', '[42] app@shop', 'ERROR', 'syntax error'],
    ['[42] my app@the shop HINT:  more', '', 'HINT', 'more'],
    ['[42] my app@the shop NOTICE:  more', '[42] my app@the shop', 'NOTICE', 'more'],
    ['[42] LOG:  duration: a@b ERROR:  quoted', '[42]', 'LOG', 'duration: a@b ERROR:  quoted'],
    ['[42] DEBUG2:  ', '[42]', 'DEBUG2', ''],
    ['\tFROM x\ty', '', '', 'FROM x    y'],
    ['something else', '', '', 'something else'],
  ])('%j is taken apart', (text, lead, label, message) => {
    expect(line(text)).toMatchObject({ lead, label, message, text });
  });

  it.each([
    ['panic', 'error'],
    ['fatal', 'error'],
    ['error', 'error'],
    ['warning', 'warning'],
    ['notice', 'info'],
    ['debug', 'info'],
    ['log', 'log'],
    [null, 'other'],
  ] as const)('of the severity %s is of the level %s', (severity, level) => {
    expect(line('x', { severity }).level).toBe(level);
  });

  it('is in a file as it was written, after its time', () => {
    expect(toFileLine(line('\tFROM x'))).toBe('2026-11-14T12:00:00.123Z \tFROM x\n');
    expect(toFileLine(line('x', { time: null }))).toBe('x\n');
  });
});

describe('a search', () => {
  it('finds lines by any part, whether letters are small or not', () => {
    const lines = ['[1] a@shop LOG:  one', '[2] b@shop ERROR:  two', '\tERROR three'].map((text) => line(text));
    expect(matchesIn(lines, 'Error')).toEqual([1, 2]);
    expect(matchesIn(lines, 'b@SHOP')).toEqual([1]);
    expect(matchesIn(lines, '')).toEqual([]);
  });

  it('marks every occurrence and loses nothing', () => {
    expect(segmentsOf('abcABCab', 'abc').map(({ text, hit }) => (hit ? `<${text}>` : text))).toEqual([
      '<abc>',
      '<ABC>',
      'ab',
    ]);
    expect(segmentsOf('abc', '')).toEqual([{ text: 'abc', hit: false }]);
    expect(segmentsOf('', 'a')).toEqual([]);
    expect(
      segmentsOf('İ a', 'a')
        .map(({ text }) => text)
        .join(''),
    ).toBe('İ a');
  });
});

describe('rows', () => {
  const layout = { rowPx: 20, columns: 10, stacked: false };
  const lines = [line('[1] LOG:  ab'), line('\t12345678901'), line('\t')];

  it('are as high as their wrapped text, and on a phone the first line stands below its label', () => {
    expect([...topsOf(lines, layout)]).toEqual([0, 20, 60, 80]);
    expect([...topsOf(lines, { ...layout, columns: Infinity })]).toEqual([0, 20, 40, 60]);
    expect([...topsOf(lines, { ...layout, stacked: true })]).toEqual([0, 40, 80, 100]);
  });

  it('are found by their height', () => {
    const tops = topsOf(lines, layout);
    expect([0, 19, 20, 59, 60, 500].map((y) => lineAt(tops, y))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(lineAt(topsOf([], layout), 10)).toBe(0);
  });

  it('are there where they are seen, and a little around that', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => line(String(index)));
    const [from, to] = windowOf(topsOf(many, layout), 100_000, 400, layout);
    expect(from).toBe(4_980);
    expect(to).toBe(5_041);
    expect(windowOf(topsOf([], layout), -400, 400, layout)).toEqual([0, 0]);
    expect(windowOf(topsOf(lines, layout), -400, 400, layout)).toEqual([0, 3]);
  });
});
