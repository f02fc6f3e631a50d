import { describe, expect, it } from 'vitest';
import { rolesSql } from './roles.js';

const VERIFIER = `SCRAM-SHA-256$4096:c2FsdA==$${'A'.repeat(43)}=:${'B'.repeat(43)}=`;
const spec = { superuserVerifier: VERIFIER, monitoringVerifier: VERIFIER };

describe('rolesSql', () => {
  it('holds no empty line, at which postgres --single would cut a statement', () => {
    for (const statement of rolesSql(spec)) {
      expect(statement).not.toContain('\n\n');
    }
  });

  it.each(['superuserVerifier', 'monitoringVerifier'] as const)('refuses a plain password as %s', (member) => {
    expect(() => rolesSql({ ...spec, [member]: "x'; DROP ROLE y; --" })).toThrow(
      'must be given as a SCRAM-SHA-256 verifier',
    );
  });
});
