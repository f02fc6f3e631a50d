import { randomBytes } from 'node:crypto';
import { readFile, link, unlink, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The key of the installation: from the configuration, else from `secret.key` in the home, which the first start makes with mode 0600.
 * Two first starts at once agree on one key, because the finished file is linked into place and a link never replaces a file.
 *
 * @returns 32 bytes
 */
export async function loadSecretKey(config: {
  readonly secretKey?: string | undefined;
  readonly home: string;
}): Promise<Buffer> {
  if (config.secretKey !== undefined) {
    return Buffer.from(config.secretKey, 'base64');
  }
  const path = join(config.home, 'secret.key');
  const existing = await readKey(path);
  if (existing) {
    return existing;
  }
  await mkdir(config.home, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await unlink(draft);
  }
  const made = await readKey(path);
  if (!made) {
    throw new Error(`${path} disappeared while Toygres was starting.`);
  }
  return made;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) {
    throw new Error(
      `${path} does not hold a key of 32 bytes in base64. Put the right file back: the stored passwords can't be read without it.`,
    );
  }
  return key;
}
