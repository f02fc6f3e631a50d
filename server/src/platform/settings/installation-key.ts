import { Client } from 'pg';
import type { Cipher } from '../crypto/cipher.js';
import { connectionConfig } from '../database/connection.js';
import { StartError } from '../errors/start-error.js';

/**
 * Keeps which key the database's secrets are sealed with, and refuses another one at the start instead of at the first secret.
 *
 * @throws StartError when it is another one
 */
export async function claimInstallationKey(databaseUrl: string, cipher: Cipher): Promise<void> {
  const client = new Client(connectionConfig(databaseUrl, 'toygres start'));
  await client.connect();
  try {
    await client.query(`INSERT INTO settings (name, value) VALUES ('key_id', $1) ON CONFLICT (name) DO NOTHING`, [
      cipher.keyId,
    ]);
    const { rows } = await client.query<{ value: string }>(`SELECT value FROM settings WHERE name = 'key_id'`);
    if (rows[0]?.value !== cipher.keyId) {
      throw new StartError(
        'The secret key is not the one that this database was written with. Set TOYGRES_SECRET_KEY or TOYGRES_SECRET_KEY_FILE to the right one, or put secret.key of the first start back.',
      );
    }
  } finally {
    await client.end();
  }
}
