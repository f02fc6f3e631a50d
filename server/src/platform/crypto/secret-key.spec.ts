import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecretKey } from './secret-key.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toygres-key-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('loadSecretKey', () => {
  it('makes a key that nobody else can read, and finds it again', async () => {
    const key = await loadSecretKey({ home: directory });
    expect(key).toHaveLength(32);
    const path = join(directory, 'secret.key');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(path, 'utf8'), 'base64')).toEqual(key);
    expect(await loadSecretKey({ home: directory })).toEqual(key);
    expect(await readdir(directory)).toEqual(['secret.key']);
  });

  it('makes the home too when it is not there yet', async () => {
    const home = join(directory, 'a', 'b');
    expect(await loadSecretKey({ home })).toEqual(await loadSecretKey({ home }));
  });

  it('agrees with other first starts at the same time', async () => {
    const home = join(directory, 'new');
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadSecretKey({ home })));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(home)).toEqual(['secret.key']);
  });

  it('takes the configured key, and leaves the home alone', async () => {
    const secretKey = Buffer.alloc(32, 1).toString('base64');
    expect(await loadSecretKey({ secretKey, home: directory })).toEqual(Buffer.alloc(32, 1));
    expect(await readdir(directory)).toEqual([]);
  });

  it.each(['', 'short', Buffer.alloc(31).toString('base64')])(
    'refuses a file that holds %j, and does not replace it',
    async (text) => {
      const path = join(directory, 'secret.key');
      await writeFile(path, text);
      await expect(loadSecretKey({ home: directory })).rejects.toThrow('does not hold a key of 32 bytes');
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});
