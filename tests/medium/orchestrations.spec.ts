import { Injectable } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { DataPlaneError } from '../../server/src/data-plane/index.js';
import type { ResolvedConfig } from '../../server/src/config/config.js';
import {
  type ActivityDefinition,
  ActivityRepository,
  DefinitionRegistry,
  type OrchestrationDefinition,
  OrchestrationRepository,
} from '../../server/src/orchestrations/index.js';
import {
  Activity,
  type ActivityContext,
  type ClosedOrchestration,
  Outcome,
} from '../../server/src/orchestrations/jobs.js';
import { OrchestrationQueries } from '../../server/src/orchestrations/data/orchestration.queries.js';
import { Dispatcher } from '../../server/src/orchestrations/jobs/dispatcher.js';
import { Database, type Transaction } from '../../server/src/platform/database/database.js';
import { pause } from '../../server/src/platform/embedded-postgres/pause.js';
import { Queues } from '../../server/src/platform/queue/queue.module.js';
import { TestDatabase } from '../support/test-database.js';
import { TestEngine } from '../support/test-engine.js';
import { until } from '../support/until.js';

const activity = (name: string, extra: Partial<ActivityDefinition> = {}): ActivityDefinition => ({
  name: `test.${name}`,
  title: name,
  attempts: 3,
  backoffMs: 10,
  timeoutMs: 20_000,
  ...extra,
});

const UNDO_FIRST = activity('undo-first');
const UNDO_SECOND = activity('undo-second', { attempts: 1 });
const FIRST = activity('first', { compensation: UNDO_FIRST });
const SECOND = activity('second', { compensation: UNDO_SECOND });
const THIRD = activity('third');
const SLOW = activity('slow', { timeoutMs: 100, attempts: 2 });

const STEPS: OrchestrationDefinition = {
  kind: 'steps',
  version: 1,
  deadlineMs: 60_000,
  cancellable: true,
  activities: [FIRST, SECOND, THIRD],
};
const TIMEOUT: OrchestrationDefinition = {
  kind: 'timeout',
  version: 1,
  deadlineMs: 60_000,
  activities: [SLOW],
  cancellable: true,
};
const HURRIED: OrchestrationDefinition = {
  kind: 'hurried',
  version: 1,
  deadlineMs: 300,
  activities: [FIRST],
  cancellable: true,
};

type Step = (context: ActivityContext, signal: AbortSignal) => Promise<unknown>;

/** What the handlers do; each test sets its own. */
class Script {
  calls: string[] = [];
  outcomes: ClosedOrchestration[] = [];
  steps: Partial<Record<'first' | 'second' | 'third' | 'slow' | 'undo-first' | 'undo-second', Step>> = {};

  async play(name: keyof Script['steps'], context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    this.calls.push(name);
    return (await this.steps[name]?.(context, signal)) ?? name;
  }
}

let script = new Script();

@Injectable()
class Handlers {
  @Activity(FIRST)
  first(context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    return script.play('first', context, signal);
  }

  @Activity(SECOND)
  second(context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    return script.play('second', context, signal);
  }

  @Activity(THIRD)
  third(context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    return script.play('third', context, signal);
  }

  @Activity(SLOW)
  slow(context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    return script.play('slow', context, signal);
  }

  @Activity(UNDO_FIRST)
  undoFirst(context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    return script.play('undo-first', context, signal);
  }

  @Activity(UNDO_SECOND)
  undoSecond(context: ActivityContext, signal: AbortSignal): Promise<unknown> {
    return script.play('undo-second', context, signal);
  }

  @Outcome(STEPS, TIMEOUT, HURRIED)
  async closed(transaction: Transaction, closed: ClosedOrchestration): Promise<void> {
    await transaction.query(`UPDATE instances SET tags = '{"closed":"yes"}' WHERE id = $1`, [closed.instanceId]);
    script.outcomes.push(closed);
  }
}

@Injectable()
class SecondHandlerOfFirst {
  @Activity(FIRST)
  first(): Promise<void> {
    return Promise.resolve();
  }
}

interface OrchestrationState {
  status: string;
  error_code: string | null;
  error: string | null;
  generation: number;
}

/** Waits until the signal aborts, as a well-behaved activity does. */
const untilAborted: Step = (_context, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });

const BACKENDS: readonly [name: string, redisUrl: () => string | null][] = [
  ['PostgreSQL', () => null],
  ['Redis', () => inject('redisUrl')],
];

describe.each(BACKENDS)('orchestrations with the queue in %s', (backend, redisUrl) => {
  const missing = backend === 'Redis' && inject('redisUrl') === null;

  beforeEach((context) => {
    context.skip(missing, 'there is no Redis');
  });

  describe('engine', () => {
    let database: TestDatabase;
    let engines: TestEngine[] = [];

    const start = async (config: Partial<ResolvedConfig> = {}): Promise<TestEngine> => {
      const engine = await TestEngine.start({
        database,
        redisUrl: redisUrl(),
        definitions: [STEPS, TIMEOUT, HURRIED],
        providers: [Handlers],
        config,
      });
      engines.push(engine);
      return engine;
    };

    const closed = async (id: string): Promise<OrchestrationState> =>
      until(`${id} is closed`, async (): Promise<OrchestrationState | undefined> => {
        const [row] = await database.query<OrchestrationState>(
          `SELECT status, error_code, error, generation FROM orchestrations WHERE id = $1 AND finished_at IS NOT NULL`,
          [id],
        );
        return row;
      });

    const activities = (id: string): Promise<{ name: string; status: string; attempt: number }[]> =>
      database.query(
        `SELECT replace(name, 'test.', '') AS name, status, attempt FROM orchestration_activities
         WHERE orchestration_id = $1 ORDER BY position`,
        [id],
      );

    beforeAll(async () => {
      database = await TestDatabase.create();
    });

    afterEach(async () => {
      for (const engine of engines) {
        await engine.close();
      }
      engines = [];
      script = new Script();
    });

    afterAll(async () => {
      await database.drop();
    });

    it('runs the activities in their order, hands on their results, and closes with the feature', async () => {
      const engine = await start();
      let seen: unknown;
      script.steps.first = () => Promise.resolve({ port: 15432 });
      script.steps.third = (context) => {
        seen = context.results;
        return Promise.resolve(null);
      };
      const id = await engine.run('steps');
      expect(await closed(id)).toMatchObject({ status: 'succeeded', error: null, generation: 1 });
      expect(script.calls).toEqual(['first', 'second', 'third']);
      expect(seen).toEqual({ 'test.first': { port: 15432 }, 'test.second': 'second' });
      expect(script.outcomes).toEqual([
        expect.objectContaining({ id, kind: 'steps', outcome: 'succeeded', failure: null }),
      ]);
      const [instance] = await database.query<{ tags: unknown }>(
        `SELECT tags FROM instances i JOIN orchestrations o ON o.instance_id = i.id WHERE o.id = $1`,
        [id],
      );
      expect(instance?.tags).toEqual({ closed: 'yes' });
    });

    it('writes an event for the begin and the end of every step, in the order of their ids', async () => {
      const engine = await start();
      const id = await engine.run('steps');
      await closed(id);
      const events = await database.query<{ type: string; activity: string | null; status: string | null }>(
        `SELECT type, data->>'activity' AS activity, data->>'status' AS status FROM instance_events
         WHERE orchestration_id = $1 ORDER BY id`,
        [id],
      );
      expect(events).toEqual([
        { type: 'orchestration.progress', activity: 'test.first', status: 'running' },
        { type: 'orchestration.progress', activity: 'test.first', status: 'succeeded' },
        { type: 'orchestration.progress', activity: 'test.second', status: 'running' },
        { type: 'orchestration.progress', activity: 'test.second', status: 'succeeded' },
        { type: 'orchestration.progress', activity: 'test.third', status: 'running' },
        { type: 'orchestration.progress', activity: 'test.third', status: 'succeeded' },
        { type: 'orchestration.succeeded', activity: null, status: null },
      ]);
    });

    it('shows that a step has begun while it runs, and each of its attempts', async () => {
      const engine = await start();
      const seen: unknown[] = [];
      script.steps.first = async (context) => {
        const [event] = await database.query<{ data: Record<string, unknown> }>(
          `SELECT data FROM instance_events WHERE orchestration_id = $1 ORDER BY id DESC LIMIT 1`,
          [context.orchestrationId],
        );
        seen.push(event?.data);
        return context.attempt === 1 ? Promise.reject(new DataPlaneError('not_ready', 'Not ready.', true)) : null;
      };
      await closed(await engine.run('steps'));
      const begun = { activity: 'test.first', position: 0, phase: 'forward', status: 'running', next_attempt_at: null };
      expect(seen).toEqual([
        { ...begun, attempt: 1, error: null },
        { ...begun, attempt: 2, error: 'Not ready.' },
      ]);
    });

    it('tries again after a failure and keeps what went wrong', async () => {
      const engine = await start();
      let failures = 0;
      script.steps.second = () => {
        failures += 1;
        return failures < 3
          ? Promise.reject(new DataPlaneError('not_ready', `Not ready, ${String(failures)}.`, true))
          : Promise.resolve('at last');
      };
      const id = await engine.run('steps');
      // One dispatch: the queue itself brought the job back, not the sweep.
      expect(await closed(id)).toMatchObject({ status: 'succeeded', generation: 1 });
      const read = await new OrchestrationQueries(engine.app.get(Database), engine.app.get(DefinitionRegistry)).findOne(
        id,
      );
      const second = read?.activities[1];
      expect(second?.attempt).toBe(3);
      expect(second?.failed_attempts.map(({ attempt, error }) => [attempt, error])).toEqual([
        [1, 'Not ready, 1.'],
        [2, 'Not ready, 2.'],
      ]);
      // The wait before the last attempt is no part of it.
      const moments = [second?.failed_attempts[1]?.finished_at, second?.attempt_started_at, second?.finished_at];
      expect(moments.map((moment) => Date.parse(moment ?? ''))).toSatisfy(
        ([failed = NaN, begun = NaN, done = NaN]: readonly number[]) => failed < begun && begun <= done,
      );
    });

    it('undoes in reverse what was begun when an activity fails for good', async () => {
      const engine = await start();
      script.steps.third = () =>
        Promise.reject(new DataPlaneError('server_exited', 'The server ended.', false, 'log tail'));
      const id = await engine.run('steps');
      expect(await closed(id)).toMatchObject({
        status: 'failed',
        error_code: 'server_exited',
        error: 'The server ended.',
      });
      expect(script.calls).toEqual(['first', 'second', 'third', 'undo-second', 'undo-first']);
      expect(script.outcomes).toEqual([
        expect.objectContaining({
          outcome: 'failed',
          failure: { code: 'server_exited', message: 'The server ended.', details: 'log tail' },
        }),
      ]);
    });

    it('undoes the rest when one thing can not be undone, and keeps the first reason', async () => {
      const engine = await start();
      script.steps.third = () => Promise.reject(new DataPlaneError('disk_full', 'The disk is full.', false));
      script.steps['undo-second'] = () => Promise.reject(new Error('can not be undone'));
      const id = await engine.run('steps');
      expect(await closed(id)).toMatchObject({ status: 'failed', error_code: 'disk_full' });
      expect(script.calls.slice(3)).toEqual(['undo-second', 'undo-first']);
      expect(await activities(id)).toContainEqual({ name: 'undo-second', status: 'failed', attempt: 1 });
    });

    it('keeps the words of an unexpected error out of the rows, after all its attempts', async () => {
      const engine = await start();
      script.steps.first = () => Promise.reject(new Error('password=CANARY-9'));
      const id = await engine.run('steps');
      expect(await closed(id)).toMatchObject({ status: 'failed', error_code: 'internal_error' });
      expect(script.calls).toEqual(['first', 'first', 'first', 'undo-first']);
      const rows = await database.query(
        `SELECT o::text || a::text AS row FROM orchestrations o JOIN orchestration_activities a ON a.orchestration_id = o.id`,
      );
      expect(JSON.stringify(rows)).not.toContain('CANARY');
    });

    it('aborts an attempt that takes too long', async () => {
      const engine = await start();
      script.steps.slow = untilAborted;
      const id = await engine.run('timeout');
      expect(await closed(id)).toMatchObject({ status: 'failed', error_code: 'activity_timeout', generation: 1 });
      expect(script.calls).toEqual(['slow', 'slow']);
    });

    it('ends and undoes an orchestration whose deadline passes while it runs', async () => {
      const engine = await start();
      script.steps.first = untilAborted;
      const id = await engine.run('hurried');
      expect(await closed(id)).toMatchObject({ status: 'failed', error_code: 'deadline_exceeded' });
      expect(script.calls).toEqual(['first', 'undo-first']);
    });

    it('ends one whose deadline passed while no worker was there', async () => {
      const first = await start();
      await first.app.get(Queues).get('interactive').pause();
      const id = await first.run('hurried');
      await until(
        'it is dispatched',
        async () =>
          (await database.query(`SELECT FROM orchestrations WHERE id = $1 AND generation = 1`, [id])).length === 1,
      );
      expect(await closed(id)).toMatchObject({ status: 'failed', error_code: 'deadline_exceeded' });
      expect(script.calls).toEqual([]);
      await first.app.get(Queues).get('interactive').resume();
    });

    it('goes on from the first activity without a result when the queue is emptied in mid-flow', async () => {
      const engine = await start();
      const reached = Promise.withResolvers<undefined>();
      const release = Promise.withResolvers<undefined>();
      script.steps.second = async () => {
        reached.resolve(undefined);
        await release.promise;
        return 'second';
      };
      const id = await engine.run('steps');
      await reached.promise;
      await engine.app.get(Queues).get('interactive').obliterate({ force: true });
      release.resolve(undefined);
      expect(await closed(id)).toMatchObject({ status: 'succeeded' });
      expect(script.calls.filter((name) => name === 'first')).toHaveLength(1);
      expect(script.calls.at(-1)).toBe('third');
    });

    it('does not let a worker write whose lease another one has taken', async () => {
      const engine = await start();
      const reached = Promise.withResolvers<undefined>();
      const release = Promise.withResolvers<undefined>();
      let calls = 0;
      script.steps.second = async () => {
        calls += 1;
        if (calls === 1) {
          reached.resolve(undefined);
          await release.promise;
          return 'too late';
        }
        return 'in time';
      };
      const id = await engine.run('steps');
      await reached.promise;
      // What a pause beyond the lease looks like from outside: the lease is gone, and somebody else has begun anew.
      await database.query(
        `UPDATE orchestration_activities SET lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 s'
         WHERE orchestration_id = $1 AND position = 1`,
        [id],
      );
      const end = await closed(id).finally(() => {
        release.resolve(undefined);
      });
      expect(end.status).toBe('succeeded');
      expect(end.generation).toBeGreaterThan(1);
      const [second] = await database.query<{ result: string }>(
        `SELECT result FROM orchestration_activities WHERE orchestration_id = $1 AND position = 1`,
        [id],
      );
      expect(second?.result).toBe('in time');
    });

    it('hands running activities back when the process goes down, and another worker finishes them', async () => {
      const first = await start();
      const reached = Promise.withResolvers<undefined>();
      script.steps.second = (context, signal) => {
        reached.resolve(undefined);
        return untilAborted(context, signal);
      };
      const id = await first.run('steps');
      await reached.promise;
      await first.close();
      engines = engines.filter((engine) => engine !== first);
      expect(await activities(id)).toContainEqual({ name: 'second', status: 'pending', attempt: 0 });
      delete script.steps.second;
      await start();
      expect(await closed(id)).toMatchObject({ status: 'succeeded' });
    });

    it('shares the work between workers, each activity being run once', async () => {
      // On a busy machine a short lease may be lost, and then an activity is rightly run again.
      const engine = await start({ leaseSeconds: 60 });
      await start({ leaseSeconds: 60 });
      const ids = await Promise.all(Array.from({ length: 20 }, () => engine.run('steps')));
      for (const id of ids) {
        expect(await closed(id)).toMatchObject({ status: 'succeeded', generation: 1 });
      }
      expect(script.calls).toHaveLength(60);
    });
  });

  describe('engine, asked by people', () => {
    let database: TestDatabase;
    let engine: TestEngine;

    const orchestrations = (): OrchestrationRepository => engine.app.get(OrchestrationRepository);
    const transaction = <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
      engine.app.get(Database).transaction(work);
    const callOff = (id: string): Promise<void> =>
      transaction(async (held) => {
        const orchestration = await orchestrations().lock(held, id);
        if (!orchestration) {
          throw new Error(`There is no ${id}.`);
        }
        await orchestrations().callOff(held, orchestration, 'It was called off.');
      });
    const stateOf = async (id: string): Promise<OrchestrationState> => {
      const [row] = await database.query<OrchestrationState>(
        `SELECT status, error_code, error, generation FROM orchestrations WHERE id = $1`,
        [id],
      );
      return row!;
    };
    const becomes = (id: string, ...statuses: string[]): Promise<OrchestrationState> =>
      until(`${id} is ${statuses.join(' or ')}`, async () => {
        const state = await stateOf(id);
        return statuses.includes(state.status) && state;
      });

    beforeAll(async () => {
      database = await TestDatabase.create();
      engine = await TestEngine.start({
        database,
        redisUrl: redisUrl(),
        definitions: [STEPS, TIMEOUT, HURRIED],
        providers: [Handlers],
      });
    });

    afterEach(() => {
      script = new Script();
    });

    afterAll(async () => {
      await engine.close();
      await database.drop();
    });

    it('lets go of what is running when it is called off, and undoes it', async () => {
      const reached = Promise.withResolvers<undefined>();
      let reason: unknown;
      script.steps.second = async (context, signal) => {
        reached.resolve(undefined);
        return untilAborted(context, signal).finally(() => {
          reason = signal.reason;
        });
      };
      const id = await engine.run('steps');
      await reached.promise;
      await callOff(id);
      expect(await becomes(id, 'cancelled')).toMatchObject({ error_code: 'cancelled', error: 'It was called off.' });
      expect(reason).toMatchObject({ reason: 'cancelled' });
      expect(script.calls).toEqual(['first', 'second', 'undo-second', 'undo-first']);
      expect(script.outcomes).toEqual([
        expect.objectContaining({
          outcome: 'cancelled',
          failure: { code: 'cancelled', message: 'It was called off.', details: null },
        }),
      ]);
      const events = await database.query<{ type: string }>(
        `SELECT type FROM instance_events WHERE orchestration_id = $1 AND type <> 'orchestration.progress' ORDER BY id`,
        [id],
      );
      expect(events.map(({ type }) => type)).toEqual([
        'orchestration.cancel_requested',
        'orchestration.compensating',
        'orchestration.cancelled',
      ]);
    });

    it('undoes nothing before what is running has let go', async () => {
      const reached = Promise.withResolvers<undefined>();
      const aborted = Promise.withResolvers<undefined>();
      const release = Promise.withResolvers<undefined>();
      script.steps.first = async (context, signal) => {
        reached.resolve(undefined);
        await untilAborted(context, signal).catch(() => {
          aborted.resolve(undefined);
        });
        await release.promise;
        script.calls.push('first let go');
        return null;
      };
      const id = await engine.run('steps');
      await reached.promise;
      await callOff(id);
      await aborted.promise;
      await engine.app.get(Dispatcher).sweep();
      expect(await stateOf(id)).toMatchObject({ status: 'running' });
      release.resolve(undefined);
      await becomes(id, 'cancelled');
      expect(script.calls).toEqual(['first', 'first let go', 'undo-first']);
    });

    it('undoes what is called off between two attempts', async () => {
      const queue = engine.app.get(Queues).get('interactive');
      script.steps.first = async () => {
        await queue.pause();
        throw new DataPlaneError('not_ready', 'Not ready.', true);
      };
      const id = await engine.run('steps');
      try {
        await until('it waits for its next attempt', async () => {
          const rows = await database.query(
            `SELECT FROM orchestration_activities WHERE orchestration_id = $1 AND status = 'waiting'`,
            [id],
          );
          return rows.length === 1;
        });
        await callOff(id);
        await becomes(id, 'compensating');
      } finally {
        await queue.resume();
      }
      await becomes(id, 'cancelled');
      expect(script.calls).toEqual(['first', 'undo-first']);
    });

    it('ends at once what is called off before it has begun', async () => {
      const queue = engine.app.get(Queues).get('interactive');
      await queue.pause();
      try {
        const id = await engine.run('steps');
        await callOff(id);
        await becomes(id, 'cancelled');
        expect(script.calls).toEqual([]);
        expect(script.outcomes).toHaveLength(1);
      } finally {
        await queue.resume();
      }
    });

    it('leaves what has succeeded as it is when it is called off too late', async () => {
      const reached = Promise.withResolvers<undefined>();
      const release = Promise.withResolvers<undefined>();
      script.steps.third = async () => {
        reached.resolve(undefined);
        await release.promise;
        return null;
      };
      const id = await engine.run('steps');
      await reached.promise;
      await callOff(id);
      release.resolve(undefined);
      expect(await becomes(id, 'succeeded', 'cancelled')).toMatchObject({
        status: 'succeeded',
        error_code: null,
        error: null,
      });
    });

    it('begins one that waits for another when that has ended, however it ended', async () => {
      for (const fails of [false, true]) {
        script = new Script();
        const reached = Promise.withResolvers<undefined>();
        const release = Promise.withResolvers<undefined>();
        script.steps.first = async (context) => {
          script.calls.push(context.orchestrationId);
          reached.resolve(undefined);
          await release.promise;
          return fails && context.orchestrationId === before
            ? Promise.reject(new DataPlaneError('not_ready', 'No.', false))
            : null;
        };
        const before = await engine.run('steps');
        await reached.promise;
        const after = await engine.run('steps', { after: before });
        await engine.app.get(Dispatcher).sweep();
        expect(await stateOf(after)).toMatchObject({ status: 'pending', generation: 0 });
        release.resolve(undefined);
        expect(await becomes(after, 'succeeded')).toMatchObject({ generation: 1 });
        expect(await stateOf(before)).toMatchObject({ status: fails ? 'failed' : 'succeeded' });
        expect(script.calls.filter((call) => call.startsWith('steps-'))).toEqual([before, after]);
      }
    });

    it('goes on with one that has failed', async () => {
      script.steps.third = () => Promise.reject(new DataPlaneError('not_ready', 'No.', false));
      const id = await engine.run('steps');
      await becomes(id, 'failed');
      script.calls = [];
      delete script.steps.third;
      await transaction(async (held) => {
        await engine.app.get(ActivityRepository).reset(held, id);
        await orchestrations().reopen(held, id, 60_000);
      });
      expect(await becomes(id, 'succeeded')).toMatchObject({ error_code: null });
      expect(script.calls).toEqual(['first', 'second', 'third']);
    });

    it('moves timeout and deadline on by progress that grows, and by no other', async () => {
      script.steps.first = async (context, signal) => {
        for (let done = 1; done <= 8; done += 1) {
          context.report({ done, total: 8, unit: 'bytes' });
          await pause(100, signal);
        }
        return null;
      };
      // 0.8 s of work within a deadline of 0.3 s.
      const id = await engine.run('hurried');
      await becomes(id, 'succeeded');
      const [{ progress } = {}] = await database.query<{ progress: unknown }>(
        `SELECT progress FROM orchestration_activities WHERE orchestration_id = $1`,
        [id],
      );
      expect(progress).toEqual({ done: 8, total: 8, unit: 'bytes' });

      script.steps.first = async (context, signal) => {
        for (;;) {
          context.report({ done: 1, total: 8, unit: 'bytes' });
          await pause(50, signal);
        }
      };
      expect(await becomes(await engine.run('hurried'), 'failed')).toMatchObject({ error_code: 'deadline_exceeded' });
    });

    it('refuses what a worker writes whose lease another one has taken', async () => {
      let refused: unknown;
      let calls = 0;
      script.steps.second = async (context, signal) => {
        calls += 1;
        if (calls > 1) {
          return 'taken over';
        }
        // Somebody else takes over; this one doesn't know yet.
        await database.query(
          `UPDATE orchestration_activities SET lease_token = gen_random_uuid(), lease_expires_at = now() - interval '1 s'
           WHERE orchestration_id = $1 AND position = 1`,
          [context.orchestrationId],
        );
        refused = await transaction((held) => context.fence(held)).catch((error: unknown) => error);
        return untilAborted(context, signal);
      };
      const id = await engine.run('steps');
      await becomes(id, 'succeeded');
      expect(refused).toMatchObject({ reason: 'lease-lost' });
      const [second] = await database.query<{ result: string }>(
        `SELECT result FROM orchestration_activities WHERE orchestration_id = $1 AND position = 1`,
        [id],
      );
      expect(second?.result).toBe('taken over');
    });

    it('gives a lease up by its own clock, although it can not ask the database', async () => {
      let reason: unknown;
      let calls = 0;
      const renew = vi.spyOn(engine.app.get(ActivityRepository), 'renew').mockRejectedValue(new Error('away'));
      script.steps.second = (context, signal) => {
        calls += 1;
        return calls > 1
          ? Promise.resolve('taken over')
          : untilAborted(context, signal).finally(() => {
              reason = signal.reason;
            });
      };
      try {
        await becomes(await engine.run('steps'), 'succeeded');
      } finally {
        renew.mockRestore();
      }
      expect(reason).toMatchObject({ reason: 'lease-lost' });
      expect(calls).toBe(2);
    });
  });

  it('refuses to boot on an activity without a handler, and on one with two', async () => {
    const database = await TestDatabase.create();
    const base = { database, redisUrl: redisUrl(), definitions: [STEPS, TIMEOUT, HURRIED] };
    await expect(TestEngine.start({ ...base, providers: [] })).rejects.toThrow('No handler for: activity "test.first"');
    await expect(TestEngine.start({ ...base, providers: [Handlers, SecondHandlerOfFirst] })).rejects.toThrow(
      'The activity "test.first" has two handlers.',
    );
    await expect(TestEngine.start({ ...base, definitions: [STEPS], providers: [Handlers] })).rejects.toThrow(
      'which no definition names',
    );
    await database.drop();
  });
});
