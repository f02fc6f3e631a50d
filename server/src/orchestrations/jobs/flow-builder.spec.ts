import type { FlowJob } from 'bullmq';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUEUES } from '../../platform/queue/queues.js';
import type { Dispatch } from '../data/orchestration.repository.js';
import { ACTIVITY_QUEUE, BACKOFF, buildFlow, jobId } from './flow-builder.js';

const dispatch: fc.Arbitrary<Dispatch> = fc
  .record({
    id: fc.stringMatching(/^[a-z]{3,10}-[a-z0-9-]{3,40}-[0-9a-f]{8}(-\d)?$/),
    generation: fc.integer({ min: 1, max: 1_000 }),
    positions: fc.uniqueArray(fc.nat(50), { maxLength: 12 }),
  })
  .map(({ id, generation, positions }) => ({
    id,
    kind: 'create',
    generation,
    activities: [...positions]
      .sort((a, b) => a - b)
      .map((position) => ({ position, name: `activity-${String(position)}` })),
  }));

/** The jobs in the order in which BullMQ runs them: the innermost child first. */
function inOrder(flow: FlowJob | undefined): FlowJob[] {
  return flow ? [...(flow.children ?? []).flatMap(inOrder), flow] : [];
}

describe('buildFlow', () => {
  it('has one job per activity, run in their order, each after the one before it', () => {
    fc.assert(
      fc.property(dispatch, (wanted) => {
        const jobs = inOrder(buildFlow(wanted));
        expect(jobs.map(({ name }) => name)).toEqual(wanted.activities.map(({ name }) => name));
        expect(jobs.map(({ data }) => data as unknown)).toEqual(
          wanted.activities.map(({ position }) => ({
            orchestrationId: wanted.id,
            generation: wanted.generation,
            position,
          })),
        );
        expect(jobs.every(({ children }) => (children?.length ?? 0) <= 1)).toBe(true);
      }),
    );
  });

  it('is nothing when nothing is left to do', () => {
    expect(buildFlow({ id: 'create-proddb-a1b2c3d4', kind: 'create', generation: 1, activities: [] })).toBeUndefined();
  });

  it('gives each job an id of its own, the same each time, that BullMQ takes', () => {
    fc.assert(
      fc.property(dispatch, (wanted) => {
        const ids = (): (string | undefined)[] => inOrder(buildFlow(wanted)).map(({ opts }) => opts?.jobId);
        expect(ids()).toEqual(ids());
        expect(new Set(ids()).size).toBe(wanted.activities.length);
        for (const id of ids()) {
          expect(id).toMatch(/^[^:]+$/);
          // BullMQ takes a number for one of its own ids.
          expect(id).not.toMatch(/^\d+$/);
        }
      }),
    );
  });

  it('leaves it to the rows to give up: the queue tries again, and goes by our waits', () => {
    fc.assert(
      fc.property(dispatch, (wanted) => {
        for (const { opts, queueName } of inOrder(buildFlow(wanted))) {
          expect(queueName).toBe(ACTIVITY_QUEUE);
          expect(opts).toMatchObject({
            ...QUEUES[ACTIVITY_QUEUE].jobOptions,
            backoff: { type: BACKOFF },
            failParentOnFailure: true,
          });
        }
      }),
    );
  });

  it('carries ids, and nothing that could hold a secret', () => {
    fc.assert(
      fc.property(dispatch, (wanted) => {
        for (const { data } of inOrder(buildFlow(wanted))) {
          expect(Object.keys(data as object).sort()).toEqual(['generation', 'orchestrationId', 'position']);
        }
      }),
    );
  });
});

describe('jobId', () => {
  it('differs when anything differs', () => {
    const key = fc.record({
      orchestrationId: fc.constantFrom('create-a-1', 'create-a-1-2', 'create-a'),
      generation: fc.nat(12),
      position: fc.nat(12),
    });
    fc.assert(
      fc.property(key, key, (one, two) => {
        expect(jobId(one) === jobId(two)).toBe(JSON.stringify(one) === JSON.stringify(two));
      }),
    );
  });
});
