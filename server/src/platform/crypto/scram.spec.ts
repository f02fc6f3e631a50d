import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isScramVerifier, scramVerifier } from './scram.js';

describe('scramVerifier', () => {
  it('passes the exchange of RFC 7677, section 3, on both sides', async () => {
    const salt = 'W22ZaJ0SNY7soEsUEjb6gQ==';
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    const exchange = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=${salt},i=4096,c=biws,r=${nonce}`;
    const [, storedKey = '', serverKey = ''] =
      /\$([^$:]+):([^$:]+)$/.exec(await scramVerifier('pencil', Buffer.from(salt, 'base64'))) ?? [];
    const sign = (key: string) => createHmac('sha256', Buffer.from(key, 'base64')).update(exchange).digest();

    expect(sign(serverKey).toString('base64')).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');

    const proof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');
    const clientKey = sign(storedKey).map((byte, index) => byte ^ (proof[index] ?? 0));
    expect(createHash('sha256').update(clientKey).digest('base64')).toBe(storedKey);
  });

  it('takes a new salt each time', async () => {
    expect(await scramVerifier('same')).not.toBe(await scramVerifier('same'));
  });

  it('makes what is recognised as a verifier', async () => {
    expect(isScramVerifier(await scramVerifier("it's"))).toBe(true);
  });
});

describe('isScramVerifier', () => {
  it.each([
    '',
    'secret',
    'SCRAM-SHA-256$4096:salt',
    "SCRAM-SHA-256$4096:a$b:c'; DROP TABLE x; --",
    'md5d41d8cd98f00b204e9800998ecf8427e',
  ])('refuses %j', (text) => {
    expect(isScramVerifier(text)).toBe(false);
  });
});
