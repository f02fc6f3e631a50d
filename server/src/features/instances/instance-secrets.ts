import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PASSWORD_RULES, unmet } from '#rules';
import type { InstanceSpec } from '../../data-plane/index.js';
import { Cipher } from '../../platform/crypto/cipher.js';
import { SALT_LENGTH, scramVerifier } from '../../platform/crypto/scram.js';
import { type InstanceRecord, planOf } from './data/instance.repository.js';

type Sealed = Pick<InstanceRecord, 'superuserSecret' | 'monitoringSecret'>;

/** Passwords of instances: sealed in their rows, opened only where they are used. */
@Injectable()
export class InstanceSecrets {
  constructor(private readonly cipher: Cipher) {}

  /** Seals the user's password and a new one for the monitoring role. */
  seal(instanceId: string, superuserPassword: string): Sealed {
    return {
      superuserSecret: this.cipher.encrypt(superuserPassword, contextOf(instanceId, 'superuser')),
      monitoringSecret: this.cipher.encrypt(randomBytes(24).toString('base64url'), contextOf(instanceId, 'monitoring')),
    };
  }

  /** @throws DecryptionError */
  superuserPassword({ id, superuserSecret }: InstanceRecord): string {
    return this.cipher.decrypt(superuserSecret, contextOf(id, 'superuser'));
  }

  /** @throws DecryptionError */
  monitoringPassword({ id, monitoringSecret }: InstanceRecord): string {
    return this.cipher.decrypt(monitoringSecret, contextOf(id, 'monitoring'));
  }

  /** What the data plane is told about an instance: verifiers in place of passwords, the same ones each time. */
  async spec(instance: InstanceRecord): Promise<InstanceSpec> {
    const [superuserVerifier, monitoringVerifier] = await Promise.all([
      scramVerifier(this.superuserPassword(instance), saltOf(instance.superuserSecret)),
      scramVerifier(this.monitoringPassword(instance), saltOf(instance.monitoringSecret)),
    ]);
    return {
      ...planOf(instance),
      superuserVerifier,
      monitoringVerifier,
    };
  }
}

/** A sealed password holds random bytes of its own, so that no two have the same salt, not even of the same password. */
function saltOf(sealed: Buffer): Buffer {
  return createHash('sha256').update('SCRAM salt').update(sealed).digest().subarray(0, SALT_LENGTH);
}

function contextOf(instanceId: string, role: 'superuser' | 'monitoring'): string {
  return `instance/${instanceId}/${role}`;
}

/** A password that nobody has thought of, for the superuser of an instance: 144 random bits. */
export function newPassword(name: string): string {
  for (;;) {
    const password = randomBytes(18).toString('base64url');
    // One in some thousand has no digit.
    if (unmet(PASSWORD_RULES, { password, name }).length === 0) {
      return password;
    }
  }
}
