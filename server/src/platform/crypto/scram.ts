import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { saslprep } from './saslprep.js';

const deriveKey = promisify(pbkdf2);

/** PostgreSQL's own default (`scram_iterations`). */
const ITERATIONS = 4096;
/** In bytes, as PostgreSQL makes them. */
export const SALT_LENGTH = 16;
const KEY_LENGTH = 32;

/**
 * The SCRAM-SHA-256 verifier of a password (RFC 5803), in the form in which PostgreSQL stores it and accepts it in place
 * of a password: whoever sees it can't log in with it.
 *
 * @param salt 16 random bytes unless given
 * @returns `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`
 */
export async function scramVerifier(password: string, salt: Buffer = randomBytes(SALT_LENGTH)): Promise<string> {
  const saltedPassword = await deriveKey(saslprep(password), salt, ITERATIONS, KEY_LENGTH, 'sha256');
  const clientKey = createHmac('sha256', saltedPassword).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', saltedPassword).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** Whether a text is such a verifier; it then holds no character that SQL would have to quote. */
export function isScramVerifier(text: string): boolean {
  return /^SCRAM-SHA-256\$\d+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$/.test(text);
}
