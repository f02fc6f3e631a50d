import type { CheckResult } from './health.js';

/** A check that was recorded, as others are told of it. */
export interface RecordedCheck extends Pick<CheckResult, 'status' | 'responseTimeMs' | 'code' | 'reason'> {
  readonly instanceId: string;
  readonly checkedAt: Date;
}

/** What NOTIFY takes, in bytes: below 8000. */
const LARGEST_PAYLOAD = 7_900;
/** A reason is PostgreSQL's own words at times; its begin is enough for a notice. With every character escaped it fits still. */
const LONGEST_REASON = 500;

/** The payloads of notifications that tell of checks: JSON, as many checks in each as it takes. */
export function noticesOf(checks: readonly RecordedCheck[]): string[] {
  const notices: string[] = [];
  let members: string[] = [];
  let size = 2;
  for (const check of checks) {
    const member = JSON.stringify({
      instance_id: check.instanceId,
      status: check.status,
      checked_at: check.checkedAt,
      response_time_ms: check.responseTimeMs,
      code: check.code,
      reason: check.reason?.slice(0, LONGEST_REASON) ?? null,
    });
    const length = Buffer.byteLength(member) + 1;
    if (size + length > LARGEST_PAYLOAD) {
      notices.push(`[${members.join(',')}]`);
      members = [];
      size = 2;
    }
    members.push(member);
    size += length;
  }
  return members.length > 0 ? [...notices, `[${members.join(',')}]`] : notices;
}
