import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLastWords, ServerLog } from './server-log.js';

describe('ServerLog', () => {
  let parent: string;
  let log: ServerLog;

  const write = async (path: string, text: string, time: number) => {
    await writeFile(path, text);
    await utimes(path, time, time);
  };

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'toygres-test-'));
    log = new ServerLog(parent);
    await mkdir(log.directory);
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('is empty before the first start', async () => {
    expect(await log.tail(10)).toEqual([]);
  });

  it('puts the last lines of all files together, oldest first', async () => {
    await write(join(log.directory, 'a.log'), 'one\ntwo\n', 1);
    await write(log.startupFile, 'three\n', 2);
    await write(join(log.directory, 'b.log'), 'four\nfive\n', 3);
    expect(await log.tail(4)).toEqual(['two', 'three', 'four', 'five']);
    expect(await log.tail(1)).toEqual(['five']);
  });

  it('reads the end of a large file only, and whole lines', async () => {
    await write(join(log.directory, 'a.log'), `${'x'.repeat(99)}\n`.repeat(10_000), 1);
    const tail = await log.tail(1_000_000);
    expect(tail.length).toBeLessThan(2_000);
    expect(new Set(tail)).toEqual(new Set(['x'.repeat(99)]));
  });

  it('follows no link that a customer has laid', async () => {
    await writeFile(join(parent, 'secret'), 'secret\n');
    await symlink(join(parent, 'secret'), join(log.directory, 'a.log'));
    await mkdir(join(log.directory, 'b.log'));
    expect(await log.tail(10)).toEqual([]);
  });

  it('keeps the newest files only', async () => {
    for (let time = 1; time <= 7; time++) {
      await write(join(log.directory, `${time}.log`), '', time);
    }
    await write(log.startupFile, '', 0);
    await log.prune();
    expect((await readdir(log.directory)).sort()).toEqual(['3.log', '4.log', '5.log', '6.log', '7.log']);
    expect(await readdir(parent)).toContain('startup.log');
  });
});

describe('findLastWords', () => {
  const stamp = '2026-11-22 20:13:20.343 UTC [5112]';

  it('finds what the server said last, without its time', () => {
    expect(
      findLastWords([`${stamp} LOG:  hello`, `${stamp} FATAL:  could not map memory`, `${stamp} LOG:  shut down`]),
    ).toBe('could not map memory');
  });

  it('finds what it said before it could tell the time', () => {
    expect(findLastWords(['FATAL:  configuration file contains errors'])).toBe('configuration file contains errors');
  });

  it('does not mistake what it said to a client', () => {
    expect(findLastWords([`${stamp} app@shop FATAL:  password authentication failed for user "app"`])).toBeNull();
  });

  it('forgets what an earlier server said', () => {
    expect(findLastWords([`${stamp} FATAL:  old`, `${stamp} LOG:  starting PostgreSQL 18.4 on x86_64`])).toBeNull();
  });
});
