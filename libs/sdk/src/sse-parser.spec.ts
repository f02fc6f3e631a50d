import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SseMessage, SseParser } from './sse-parser.js';

const encoder = new TextEncoder();

function parse(text: string): SseMessage[] {
  return new SseParser().push(encoder.encode(text));
}

function nextOf(sizes: Iterator<number, unknown>): number {
  const { done, value } = sizes.next();
  return done === true ? 1 : value;
}

describe('SseParser', () => {
  it.each(['\n', '\r', '\r\n'])('reads a message whose lines end with %j', (end) => {
    expect(parse(['id: 7', 'event: moved', 'data: {"a":1}', '', ''].join(end))).toEqual([
      { event: 'moved', data: '{"a":1}', lastEventId: '7' },
    ]);
  });

  it('joins several lines of data', () => {
    expect(parse('data: a\ndata:b\ndata\ndata:  c\n\n')).toEqual([
      { event: 'message', data: 'a\nb\n\n c', lastEventId: '' },
    ]);
  });

  it('passes over comments, unknown fields and messages without data', () => {
    expect(parse(': heartbeat\n\nevent: nothing\n\nfoo: bar\ndata: x\n\n')).toEqual([
      { event: 'message', data: 'x', lastEventId: '' },
    ]);
  });

  it('keeps the last id, also from a message without data, and takes none that holds a NUL', () => {
    expect(parse('id: 1\n\nid: 2\0\ndata: a\n\nid\ndata: b\n\n').map(({ lastEventId }) => lastEventId)).toEqual([
      '1',
      '',
    ]);
  });

  it('takes a retry time of digits only', () => {
    const parser = new SseParser();
    parser.push(encoder.encode('retry: 250\nretry: 1.5\nretry: soon\n'));
    expect(parser.retryMs).toBe(250);
  });

  it('gives nothing of a message that is not complete', () => {
    expect(parse('data: a\n\ndata: b\n')).toHaveLength(1);
    expect(parse('data: a')).toEqual([]);
  });

  it('ignores a byte order mark', () => {
    expect(parse('\uFEFFdata: a\n\n')).toEqual([{ event: 'message', data: 'a', lastEventId: '' }]);
  });

  it('reads the same however the bytes are cut', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => text.replace(/[\r\n\0]/g, ''))
      .map((text) => text.replace(/^\uFEFF/, ''));
    const message = fc.record({
      id: fc.nat().map(String),
      event: line.filter((text) => text !== ''),
      data: fc.array(line, { minLength: 1, maxLength: 3 }),
      comment: line,
    });
    const end = fc.constantFrom('\n', '\r', '\r\n');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, end), { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
        (messages, sizes) => {
          const bytes = encoder.encode(
            messages
              .map(([{ id, event, data, comment }, lineEnd]) =>
                [`:${comment}`, `id:${id}`, `event: ${event}`, ...data.map((text) => `data: ${text}`), '', ''].join(
                  lineEnd,
                ),
              )
              .join(''),
          );
          const parser = new SseParser();
          const read: SseMessage[] = [];
          for (let from = 0; from < bytes.length;) {
            const size = nextOf(sizes);
            read.push(...parser.push(bytes.subarray(from, from + size)));
            from += size;
          }
          expect(read).toEqual(
            messages.map(([{ id, event, data }]) => ({ event, data: data.join('\n'), lastEventId: id })),
          );
        },
      ),
    );
  });
});
