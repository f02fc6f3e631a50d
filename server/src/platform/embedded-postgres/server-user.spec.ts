import { describe, expect, it } from 'vitest';
import { mayEnter, resolveServerUser } from './server-user.js';

describe('resolveServerUser', () => {
  it('changes nothing for those who are not root', async () => {
    expect(await resolveServerUser('postgres', 1000)).toBeNull();
  });

  it('takes somebody unprivileged for root', async () => {
    const user = await resolveServerUser(undefined, 0);
    expect(['postgres', 'nobody']).toContain(user?.name);
    expect(user?.uid).toBeGreaterThan(0);
  });

  it.each(['root', 'nobody-of-that-name', '--help'])('refuses %s, and says which variable to change', async (name) => {
    await expect(resolveServerUser(name, 0)).rejects.toThrow('TOYGRES_POSTGRES_USER');
  });
});

describe('mayEnter', () => {
  const user = { uid: 10, gid: 20 };

  it.each([
    ['everybody', { uid: 0, gid: 0, mode: 0o701 }, true],
    ['nobody else', { uid: 0, gid: 0, mode: 0o770 }, false],
    ['the group', { uid: 0, gid: 20, mode: 0o710 }, true],
    ['all but the group', { uid: 0, gid: 20, mode: 0o707 }, false],
    ['the owner', { uid: 10, gid: 0, mode: 0o700 }, true],
    ['all but the owner', { uid: 10, gid: 0, mode: 0o077 }, false],
  ])('heeds that a directory is open to %s', (_, directory, expected) => {
    expect(mayEnter(user, directory)).toBe(expected);
  });
});
