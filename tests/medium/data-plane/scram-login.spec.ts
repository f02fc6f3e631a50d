import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scramVerifier } from '../../../server/src/platform/crypto/scram.js';
import { LocalHome, newSpec, SUPERUSER_PASSWORD } from './local-home.js';

const PASSWORDS = {
  'is plain': 'secret',
  'has quotes, spaces and the marks of a URL': ` '"\\ @:/?#[]%20& `,
  'has control characters': 'a\tb\u0001c',
  'has umlauts': 'Grüße',
  'has umlauts of two characters': 'Gru\u0308ße',
  'has spaces that are not ASCII': 'a\u00a0b\u3000c\u200bd',
  'has what SASLprep drops': 'a\u00adb\ufeffc',
  'has compatibility characters': 'ﬁ Ⅳ ２',
  'is written from right to left': 'אבג',
  'is long': 'ü'.repeat(500),
};

/** With these node-postgres differs from PostgreSQL and libpq, so that only the verifiers can be compared. */
const REFUSED_BY_SASLPREP = {
  'has characters newer than Unicode 3.2': '😀 ﬁ',
  'mixes directions': 'אa ﬁ',
  'has prohibited characters': 'a\u0080 ﬁ',
  'is nothing but what is dropped': '\u00ad',
};

describe('scramVerifier, compared with a server', { timeout: 120_000 }, () => {
  const never = new AbortController().signal;
  let home: LocalHome;
  let admin: pg.Client;

  beforeAll(async () => {
    home = await LocalHome.make();
    const plane = await home.plane();
    const spec = await newSpec();
    for (const step of ['reserve', 'prepareVolume', 'configure', 'start'] as const) {
      await plane[step](spec, never);
    }
    const { port } = await plane.endpoint(spec, never);
    admin = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: SUPERUSER_PASSWORD });
    await admin.connect();
    await admin.query('CREATE ROLE guest LOGIN');
  });

  afterAll(async () => {
    await admin.end();
    await home.remove();
  });

  const setPassword = (password: string) => admin.query(`ALTER ROLE guest PASSWORD ${pg.escapeLiteral(password)}`);

  /** The verifier that the server itself makes of a plain password, and ours with the same salt. */
  const bothVerifiers = async (password: string): Promise<{ ours: string; theirs: string }> => {
    await setPassword(password);
    const { rows } = await admin.query<{ rolpassword: string }>(
      "SELECT rolpassword FROM pg_authid WHERE rolname = 'guest'",
    );
    const theirs = rows[0]?.rolpassword ?? '';
    const salt = /^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(theirs)?.[1] ?? '';
    return { ours: await scramVerifier(password, Buffer.from(salt, 'base64')), theirs };
  };

  it.each(Object.entries({ ...PASSWORDS, ...REFUSED_BY_SASLPREP }))(
    'is the same for a password that %s',
    async (_, password) => {
      const { ours, theirs } = await bothVerifiers(password);
      expect(ours).toBe(theirs);
    },
  );

  it('is the same for any password', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .filter((password) => !password.includes('\0'));
    await fc.assert(
      fc.asyncProperty(text, async (password) => {
        const { ours, theirs } = await bothVerifiers(password);
        expect(ours).toBe(theirs);
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.entries(PASSWORDS))('lets a client in whose password %s', async (_, password) => {
    await setPassword(await scramVerifier(password));
    const guest = new pg.Client({ host: '127.0.0.1', port: admin.port, user: 'guest', password, database: 'postgres' });
    await expect(guest.connect()).resolves.toBe(guest);
    await guest.end();
  });
});
