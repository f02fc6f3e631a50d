import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
/** Format of the stored bytes: version, nonce, ciphertext, tag. */
const VERSION = 1;

/** A stored secret can't be read with this key. */
export class DecryptionError extends Error {
  constructor(options?: ErrorOptions) {
    super(
      'A stored secret can not be decrypted: it was written with another TOYGRES_SECRET_KEY, or was changed.',
      options,
    );
    this.name = 'DecryptionError';
  }
}

/**
 * Authenticated encryption of the secrets at rest: AES-256-GCM with a random nonce. The context (which column of which row) is
 * authenticated too, so that a ciphertext can't be moved to another row.
 */
export class Cipher {
  readonly #key: Buffer;
  readonly #macKey: Buffer;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    if (key.length !== 32) {
      throw new Error('The secret key must have 32 bytes.');
    }
    this.#key = Buffer.from(hkdfSync('sha256', key, '', 'toygres secrets at rest', 32));
    this.#macKey = Buffer.from(hkdfSync('sha256', key, '', 'toygres fingerprints', 32));
  }

  encrypt(plain: string, context: string): Buffer {
    const nonce = randomBytes(NONCE_LENGTH);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]);
  }

  /** @throws DecryptionError when the key or the context is another one, or the bytes were changed */
  decrypt(sealed: Buffer, context: string): string {
    try {
      if (sealed[0] !== VERSION) {
        throw new Error(`unknown format ${String(sealed[0])}`);
      }
      const nonce = sealed.subarray(1, 1 + NONCE_LENGTH);
      // Without the length a shorter tag would do, which is easier to guess.
      const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_LENGTH })
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(-TAG_LENGTH));
      const body = sealed.subarray(1 + NONCE_LENGTH, -TAG_LENGTH);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new DecryptionError({ cause });
    }
  }

  /** A keyed hash: equal texts can be recognised, and nobody without the key can guess a text from it. */
  fingerprint(text: string): Buffer {
    return createHmac('sha256', this.#macKey).update(text).digest();
  }

  /** Tells keys apart without telling anything about them. */
  get keyId(): string {
    return createHash('sha256').update(this.#macKey).digest('hex').slice(0, 16);
  }
}
