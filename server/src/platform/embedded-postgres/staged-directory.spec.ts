import { mkdtemp, readdir, readFile, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeStagingLeftovers, stageDirectory } from './staged-directory.js';

describe('stageDirectory', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'toygres-test-'));
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  const fillWith = (text: string) => (staging: string) => writeFile(join(staging, 'file'), text);

  it('shows the directory only when it is whole', async () => {
    const target = join(parent, 'target');
    const made = await stageDirectory(target, async (staging) => {
      await fillWith('whole')(staging);
      expect((await readdir(parent)).filter((name) => !name.startsWith('.'))).toEqual([]);
    });
    expect(made).toBe(true);
    expect(await readFile(join(target, 'file'), 'utf8')).toBe('whole');
  });

  it('leaves nothing behind when it fails', async () => {
    await expect(stageDirectory(join(parent, 'target'), () => Promise.reject(new Error('no luck')))).rejects.toThrow(
      'no luck',
    );
    expect(await readdir(parent)).toEqual([]);
  });

  it('lets one of several win and keeps nothing of the others', async () => {
    const target = join(parent, 'target');
    const won = await Promise.all(['a', 'b', 'c'].map((text) => stageDirectory(target, fillWith(text))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await readdir(parent)).toEqual(['target']);
  });

  it('clears away what was left long ago, and nothing else', async () => {
    for (const name of ['.old.0123456789ab.staging', '.young.0123456789ab.staging', '.hidden', 'ready']) {
      await mkdir(join(parent, name));
    }
    await writeFile(join(parent, '.old.0123456789ab.staging.password'), '');
    for (const name of ['.old.0123456789ab.staging', '.old.0123456789ab.staging.password', '.hidden', 'ready']) {
      await utimes(join(parent, name), 0, 0);
    }
    await removeStagingLeftovers(parent);
    expect((await readdir(parent)).sort()).toEqual(['.hidden', '.young.0123456789ab.staging', 'ready']);
  });
});
