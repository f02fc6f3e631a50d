import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticesOf, type RecordedCheck } from './check-notice.js';

const check: fc.Arbitrary<RecordedCheck> = fc.record({
  instanceId: fc.uuid(),
  status: fc.constantFrom('healthy', 'unhealthy'),
  responseTimeMs: fc.option(fc.float({ noNaN: true, noDefaultInfinity: true, min: 0 }), { nil: null }),
  code: fc.option(fc.constantFrom('disk_full', 'not_ready'), { nil: null }),
  reason: fc.option(fc.string({ unit: 'binary', maxLength: 3_000, size: 'max' }), { nil: null }),
  checkedAt: fc.date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2036-01-01') }),
});

describe('noticesOf', () => {
  it('tells of every check once, in their order, in payloads that NOTIFY takes', () => {
    fc.assert(
      fc.property(fc.array(check, { maxLength: 120 }), (checks) => {
        const notices = noticesOf(checks);
        for (const notice of notices) {
          expect(Buffer.byteLength(notice)).toBeLessThan(8_000);
        }
        expect(notices.flatMap((notice) => JSON.parse(notice) as unknown[])).toEqual(
          checks.map(({ instanceId, status, responseTimeMs, code, reason, checkedAt }) => ({
            instance_id: instanceId,
            status,
            // JSON knows one zero only.
            response_time_ms: responseTimeMs === null ? null : responseTimeMs + 0,
            code,
            reason: reason?.slice(0, 500) ?? null,
            checked_at: checkedAt.toISOString(),
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('puts many checks into one', () => {
    const usual: RecordedCheck = {
      instanceId: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11',
      status: 'healthy',
      responseTimeMs: 12.5,
      code: null,
      reason: null,
      checkedAt: new Date(),
    };
    expect(noticesOf(Array.from({ length: 300 }, () => usual)).length).toBeLessThanOrEqual(7);
    expect(noticesOf([])).toEqual([]);
  });
});
