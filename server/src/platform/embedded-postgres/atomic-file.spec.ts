import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from './atomic-file.js';

describe('writeFileAtomically', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'toygres-test-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('replaces the text and the permissions', async () => {
    const path = join(directory, 'file');
    await writeFileAtomically(path, 'old', 0o644);
    await writeFileAtomically(path, 'new', 0o600);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('leaves no draft behind when it fails', async () => {
    await expect(writeFileAtomically(directory, 'text', 0o644)).rejects.toThrow();
    expect(
      (await readdir(join(directory, '..'))).filter((name) => name.startsWith(`.${directory.split('/').at(-1) ?? ''}`)),
    ).toEqual([]);
  });
});
