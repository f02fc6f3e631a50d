import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTANCE_STATES, InstanceUpkeep } from '../../server/src/features/instances/index.js';
import { insertInstance } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';

const SECOND = 1;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.start();
});

afterAll(async () => {
  await api.close();
});

/** An orchestration that is over: when it was started and finished, in seconds before now. */
interface Past {
  readonly kind?: string;
  readonly status: 'succeeded' | 'failed';
  readonly started: number;
  readonly code?: string;
  readonly finished: number;
}

/** Whether the recovery of a running instance with such a past is started. */
async function isStarted(
  past: readonly Past[],
  { state = 'running', seen = null as string | null } = {},
): Promise<boolean> {
  const { id, k8s_name: name } = await insertInstance(api.database, { state });
  for (const [index, { kind = 'recover', status, started, finished, code }] of past.entries()) {
    await api.database.query(
      `INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, dispatch_needed, deadline_at,
         created_at, started_at, finished_at, error_code)
       SELECT $1, $2, 1, $3, $4, 'supervisor', false, now(), began, began, now() - make_interval(secs => $6), $7
       FROM (SELECT now() - make_interval(secs => $5) AS began) times`,
      [`${kind}-${name}-${String(index + 1)}`, kind, id, status, started, finished, code],
    );
  }
  return api.app.get(InstanceUpkeep, { strict: false }).recover(id, seen);
}

const failed = (started: number, finished: number): Past => ({ status: 'failed', started, finished });
const succeeded = (started: number, finished: number): Past => ({ status: 'succeeded', started, finished });

describe('a recovery', () => {
  it('is started when none has failed before', async () => {
    expect(await isStarted([])).toBe(true);
    expect(await isStarted([succeeded(2 * SECOND, SECOND)])).toBe(true);
    expect(await isStarted([{ ...failed(2 * SECOND, SECOND), kind: 'create' }])).toBe(true);
  });

  it.each(INSTANCE_STATES.filter((state) => state !== 'running'))(
    'is none of an instance that is %s',
    async (state) => {
      expect(await isStarted([], { state })).toBe(false);
    },
  );

  // It took a minute to fail: the pause is half a minute.
  it.each([
    [25 * SECOND, false],
    [35 * SECOND, true],
  ])('that took a minute to fail is followed by another half a minute later: after %i s %s', async (ago, started) => {
    expect(await isStarted([failed(MINUTE + ago, ago)])).toBe(started);
  });

  // Ten minutes after the first was begun the pause is five, although the last took only a second to fail.
  it.each([
    [4 * MINUTE, false],
    [6 * MINUTE, true],
  ])('waits the longer the longer none has succeeded: after %i s %s', async (ago, started) => {
    const first = failed(10 * MINUTE + ago, 9 * MINUTE + ago);
    expect(await isStarted([first, failed(ago + SECOND, ago)])).toBe(started);
  });

  it.each([
    [10 * MINUTE - 10 * SECOND, false],
    [10 * MINUTE + 10 * SECOND, true],
  ])('never waits longer than ten minutes, and is never given up: after %i s %s', async (ago, started) => {
    expect(await isStarted([failed(500 * HOUR, 499 * HOUR), failed(ago + SECOND, ago)])).toBe(started);
  });

  // The pause after ten minutes would be five.
  it.each([
    ['disk_full', 'disk_full', 40 * SECOND, false],
    ['disk_full', 'server_exited', 40 * SECOND, true],
    ['disk_full', 'server_exited', 20 * SECOND, false],
    ['data_missing', 'disk_full', 40 * SECOND, true],
    ['server_exited', 'disk_full', 40 * SECOND, false],
  ])(
    'that failed of %s is tried again soon where that is cured: %s is seen after %i s',
    async (code, seen, ago, started) => {
      expect(await isStarted([{ ...failed(10 * MINUTE + ago, ago), code }], { seen })).toBe(started);
    },
  );

  it('that has succeeded makes the pauses short again', async () => {
    const long = failed(500 * HOUR, 499 * HOUR);
    const back = succeeded(2 * HOUR, 2 * HOUR - SECOND);
    expect(await isStarted([long, back, failed(10 * SECOND, 4 * SECOND)])).toBe(true);
    expect(await isStarted([long, back, failed(10 * SECOND, 2 * SECOND)])).toBe(false);
  });
});
