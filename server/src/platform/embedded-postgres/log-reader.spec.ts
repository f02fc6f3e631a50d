import { appendFile, mkdir, mkdtemp, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LONGEST_LINE_BYTES } from './log-file.js';
import type { StoredLine } from './log-reader.js';
import { ServerLog } from './server-log.js';

const MANY = { lines: 100_000, bytes: 100e6 };

/** A line that a server has written in a second of an hour. */
const at = (second: number, text: string, user = '') =>
  `2026-11-22 20:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.000 UTC [42] ${user}${text}`;

const START = 'LOG:  starting PostgreSQL 18.4 on x86_64-pc-linux-gnu';

describe('LogReader', () => {
  let parent: string;
  let log: ServerLog;
  let end: AbortController;

  const path = (name: string) => join(log.directory, name);
  const write = async (name: string, lines: readonly string[], time = 1) => {
    await writeFile(path(name), lines.map((line) => `${line}\n`).join(''));
    await utimes(path(name), time, time);
  };
  const texts = (lines: readonly StoredLine[]) => lines.map(({ text }) => text);
  const read = async (...start: Parameters<ServerLog['read']>) => {
    const reader = await log.read(...start);
    return reader && Array.fromAsync(reader.read());
  };
  const readAfter = async (cursor: string) => {
    const reader = await log.readAfter(cursor);
    return reader && Array.fromAsync(reader.read());
  };

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'toygres-test-'));
    log = new ServerLog(parent);
    end = new AbortController();
    await mkdir(log.directory);
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('reads the end of a log that is larger than the memory it may take', async () => {
    const line = at(0, 'LOG:  x'.padEnd(200, 'x'));
    const block = `${line}\n`.repeat(50_000);
    for (let written = 0; written < 20; written++) {
      await appendFile(path('a.log'), block);
    }
    const before = process.memoryUsage().arrayBuffers;
    const last = (await read({ lines: 3, bytes: 1e6 })) ?? [];
    expect(texts(last)).toEqual([line, line, line]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5e6);
  });

  it('takes fewer lines where they take more bytes than they may, and at least one', async () => {
    await write('a.log', ['x'.repeat(900), 'y'.repeat(900), 'z'.repeat(900)]);
    expect(texts((await read({ lines: 10, bytes: 1_000 })) ?? [])).toEqual(['y'.repeat(900), 'z'.repeat(900)]);
    expect(texts((await read({ lines: 10, bytes: 10 })) ?? [])).toEqual(['z'.repeat(900)]);
  });

  it('cuts a line that is too long, and goes on behind it', async () => {
    await write('a.log', ['ä'.repeat(200_000), 'next']);
    const [long, next] = (await read(MANY)) ?? [];
    expect(long?.text).toBe(`${'ä'.repeat(LONGEST_LINE_BYTES / 2)}…`);
    expect(next?.text).toBe('next');
  });

  it('finds lines whose beginnings lie anywhere in what is read at once', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => at(index, `LOG:  ${'x'.repeat(index % 97)}`));
    await write('a.log', lines);
    for (const count of [1, 700, 2_999, 3_000]) {
      expect(texts((await read({ lines: count, bytes: 1e9 })) ?? [])).toEqual(lines.slice(-count));
    }
    const since = new Date('2026-11-22T20:30:00.000Z');
    expect(texts((await read({ ...MANY, since })) ?? [])).toEqual(lines.slice(1_800));
  });

  it('tells when a line was written, and of one that goes on when that was which it goes on from', async () => {
    await write('a.log', [at(1, 'ERROR:  syntax error'), '\tsecond line', 'no time at all']);
    const time = new Date('2026-11-22T20:00:01.000Z');
    expect((await read(MANY))?.map((line) => line.time)).toEqual([time, time, time]);
    await write('b.log', ['something that is not of PostgreSQL'], 2);
    expect((await read({ lines: 1, bytes: 1e6 }))?.[0]?.time).toBeNull();
  });

  it('goes on behind any line, over files that were rotated or removed meanwhile', async () => {
    await write('a.log', ['one', 'two'], 1);
    await write('b.log', ['three'], 2);
    const lines = (await read(MANY)) ?? [];
    await write('c.log', ['four'], 3);
    for (const [index, { cursor }] of lines.entries()) {
      expect(texts((await readAfter(cursor)) ?? [])).toEqual(['one', 'two', 'three', 'four'].slice(index + 1));
    }
    expect(await readAfter('nonsense')).toBeNull();
  });

  it('does not go on in another file that has the name of the one that was read', async () => {
    await write('a.log', ['one', 'two']);
    const [first] = (await read(MANY)) ?? [];
    await writeFile(path('new'), 'three\nfour\n');
    await rename(path('new'), path('a.log'));
    expect(texts((await readAfter(first?.cursor ?? '')) ?? [])).toEqual(['three', 'four']);
  });

  it('keeps the names of files, which a customer may have chosen, out of what others take apart', async () => {
    await write('a\nid: 1', ['one']);
    const [line] = (await read(MANY)) ?? [];
    expect(line?.cursor).toMatch(/^[\w%.-]+:\d+:\d+$/);
    expect(await readAfter(line?.cursor ?? '')).toEqual([]);
  });

  describe('of the server before', () => {
    const previous = { ...MANY, previous: true };

    it('has what lies between the last two starts', async () => {
      await write('a.log', [at(1, START), at(2, 'LOG:  first'), at(3, START), at(4, 'LOG:  second')], 1);
      await write('b.log', [at(5, 'LOG:  more of the second'), at(6, START), at(7, 'LOG:  third')], 2);
      expect(texts((await read(previous)) ?? [])).toEqual([
        at(3, START),
        at(4, 'LOG:  second'),
        at(5, 'LOG:  more of the second'),
      ]);
      expect(texts((await read({ ...previous, lines: 1 })) ?? [])).toEqual([at(5, 'LOG:  more of the second')]);
    });

    it('is not there when there was one server only, whatever clients have said', async () => {
      await write('a.log', [at(1, START), at(2, START, 'app@shop '), `\t${at(3, START)}`]);
      expect(await read(previous)).toBeNull();
    });
  });

  describe('follows', () => {
    let seen: string[];
    let following: Promise<void>;

    const follow = async () => {
      const reader = await log.read({ lines: 10, bytes: 1e6 });
      seen = [];
      following = (async () => {
        for await (const { text } of reader?.follow(end.signal) ?? []) {
          seen.push(text);
        }
      })();
      following.catch(() => undefined);
    };
    const sees = (...lines: readonly string[]) => vi.waitFor(() => expect(seen).toEqual(lines), { timeout: 10_000 });

    afterEach(() => end.abort());

    it('what is written, once it is a whole line', async () => {
      await write('a.log', ['one']);
      await follow();
      await sees('one');
      await appendFile(path('a.log'), 'two\nthr');
      await sees('one', 'two');
      await appendFile(path('a.log'), 'ee\n');
      await sees('one', 'two', 'three');
      end.abort(new Error('enough'));
      await expect(following).rejects.toThrow('enough');
    });

    it('a log that is rotated, and lines that a server has left incomplete', async () => {
      await write('a.log', ['one']);
      await follow();
      await sees('one');
      await appendFile(path('a.log'), 'two\nthe machine went down in mid-sen');
      await write('b.log', ['three'], Date.now());
      await sees('one', 'two', 'the machine went down in mid-sen', 'three');
      expect(end.signal.aborted).toBe(false);
    });

    it('a file that is cut short, and one that is made anew', async () => {
      await write('a.log', ['one', 'two']);
      await follow();
      await sees('one', 'two');
      await truncate(path('a.log'), 0);
      await appendFile(path('a.log'), 'three\n');
      await sees('one', 'two', 'three');
      await writeFile(join(parent, 'new'), 'four and more\n');
      await rename(join(parent, 'new'), path('a.log'));
      await sees('one', 'two', 'three', 'four and more');
      expect(end.signal.aborted).toBe(false);
    });

    it('what comes only when the directory does, and ends when that goes', async () => {
      await rm(log.directory, { recursive: true });
      await follow();
      await mkdir(log.directory);
      await write('a.log', ['one']);
      await sees('one');
      await rm(log.directory, { recursive: true });
      await expect(following).resolves.toBeUndefined();
    });

    it('no link that a customer has laid', async () => {
      await writeFile(join(parent, 'secret'), 'secret\n');
      await write('a.log', ['one']);
      await follow();
      await symlink(join(parent, 'secret'), path('b.log'));
      await appendFile(path('a.log'), 'two\n');
      await sees('one', 'two');
      expect(seen).not.toContain('secret');
    });
  });
});
