import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cipher, DecryptionError } from './cipher.js';

const key = Buffer.alloc(32, 7);
const cipher = new Cipher(key);
const text = fc.string({ unit: 'binary' }).filter((plain) => plain.isWellFormed());

describe('Cipher', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(text, text, (plain, context) => {
        expect(cipher.decrypt(cipher.encrypt(plain, context), context)).toBe(plain);
        expect(new Cipher(Buffer.from(key)).decrypt(cipher.encrypt(plain, context), context)).toBe(plain);
      }),
    );
  });

  it('never writes the same twice, and tells nothing but the length', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (plain) => {
        const one = cipher.encrypt(plain, 'context');
        expect(one.equals(cipher.encrypt(plain, 'context'))).toBe(false);
        expect(one.includes(plain)).toBe(false);
        // Version, nonce and tag.
        expect(one.length).toBe(Buffer.byteLength(plain) + 29);
      }),
    );
  });

  it('refuses what was changed, in any one bit', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(7), (plain, place, bit) => {
        const sealed = cipher.encrypt(plain, 'context');
        const changed = Buffer.from(sealed);
        const index = place % changed.length;
        changed[index] = (changed[index] ?? 0) ^ (1 << bit);
        expect(() => cipher.decrypt(changed, 'context')).toThrow(DecryptionError);
      }),
    );
  });

  it('refuses what was cut, or is nothing at all', () => {
    fc.assert(
      fc.property(text, fc.nat(), (plain, length) => {
        const sealed = cipher.encrypt(plain, 'context');
        expect(() => cipher.decrypt(sealed.subarray(0, length % sealed.length), 'context')).toThrow(DecryptionError);
      }),
    );
  });

  it('refuses another context and another key', () => {
    const sealed = cipher.encrypt('SecurePass123!', 'instance/1/superuser');
    expect(() => cipher.decrypt(sealed, 'instance/2/superuser')).toThrow(DecryptionError);
    expect(() => new Cipher(Buffer.alloc(32, 8)).decrypt(sealed, 'instance/1/superuser')).toThrow(DecryptionError);
  });

  it('says nothing of what it could not decrypt', () => {
    const sealed = cipher.encrypt('SecurePass123!', 'a');
    try {
      cipher.decrypt(sealed, 'b');
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify([String(error), (error as Error).stack])).not.toContain('Secure');
    }
  });

  it.each([0, 16, 31, 33])('refuses a key of %i bytes', (length) => {
    expect(() => new Cipher(Buffer.alloc(length))).toThrow('32 bytes');
  });
});

describe('fingerprint', () => {
  it('is the same for the same text and key, and another for any other', () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        expect(cipher.fingerprint(one).equals(cipher.fingerprint(two))).toBe(one === two);
        expect(cipher.fingerprint(one).equals(new Cipher(Buffer.alloc(32, 8)).fingerprint(one))).toBe(false);
      }),
    );
  });
});

describe('keyId', () => {
  it('tells keys apart, and does not hold them', () => {
    const other = randomBytes(32);
    expect(new Cipher(other).keyId).toBe(new Cipher(other).keyId);
    expect(new Cipher(other).keyId).not.toBe(cipher.keyId);
    expect(other.toString('hex')).not.toContain(new Cipher(other).keyId);
    expect(cipher.keyId).toMatch(/^[0-9a-f]{16}$/);
  });
});
