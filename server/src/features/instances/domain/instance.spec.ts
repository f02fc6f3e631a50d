import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertTransition,
  connectionString,
  IllegalTransitionError,
  INSTANCE_STATES,
  type InstanceState,
  MASK,
  orchestrationId,
  TRANSITIONS,
} from './instance.js';

/** The picture of docs/architecture.md, arrow by arrow. */
const ARROWS = new Set([
  'creating → running',
  'creating → failed',
  'creating → purging',
  'running → stopping',
  'running → restarting',
  'running → deleting',
  'running → purging',
  'stopping → stopped',
  'stopping → running',
  'stopping → deleting',
  'stopping → purging',
  'stopped → starting',
  'stopped → deleting',
  'stopped → purging',
  'starting → running',
  'starting → stopped',
  'starting → deleted',
  'starting → failed',
  'starting → deleting',
  'starting → purging',
  'restarting → running',
  'restarting → failed',
  'restarting → deleting',
  'restarting → purging',
  'failed → creating',
  'failed → starting',
  'failed → restarting',
  'failed → deleting',
  'failed → purging',
  'deleting → deleted',
  'deleting → failed',
  'deleting → purging',
  'deleting → purged',
  'deleted → starting',
  'deleted → purging',
  'purging → purged',
  'purging → failed',
]);

const state = fc.constantFrom(...INSTANCE_STATES);

describe('the transition table', () => {
  it('allows exactly the moves of the picture, and throws on every other one', () => {
    for (const from of INSTANCE_STATES) {
      for (const to of INSTANCE_STATES) {
        const move = (): void => {
          assertTransition(from, to);
        };
        if (ARROWS.has(`${from} → ${to}`)) {
          expect(move).not.toThrow();
        } else {
          expect(move).toThrow(IllegalTransitionError);
          expect(move).toThrow(`An instance can not go from "${from}" to "${to}".`);
        }
      }
    }
  });

  it('has no dead end but "purged", which is reached from everywhere', () => {
    for (const from of INSTANCE_STATES) {
      const reached = new Set<InstanceState>([from]);
      for (const at of reached) {
        TRANSITIONS[at].forEach((to) => reached.add(to));
      }
      expect(reached).toContain('purged');
    }
    expect(INSTANCE_STATES.filter((at) => TRANSITIONS[at].length === 0)).toEqual(['purged']);
  });

  it('lets every state be purged at once, and every one that can hold data be deleted', () => {
    for (const at of INSTANCE_STATES.filter((one) => one !== 'purged' && one !== 'purging')) {
      expect(TRANSITIONS[at]).toContain('purging');
    }
    const holdData: readonly InstanceState[] = ['running', 'stopping', 'stopped', 'starting', 'restarting', 'failed'];
    for (const at of holdData) {
      expect(TRANSITIONS[at]).toContain('deleting');
    }
  });

  it('never leaves "purged", whatever is asked for', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 30 }), (asked) => {
        let at: InstanceState = 'creating';
        const path: InstanceState[] = [at];
        for (const to of asked) {
          try {
            assertTransition(at, to);
            at = to;
            path.push(at);
          } catch (error) {
            expect(error).toMatchObject({ from: at, to });
          }
        }
        const end = path.indexOf('purged');
        expect(end === -1 || end === path.length - 1).toBe(true);
      }),
    );
  });
});

describe('connectionString', () => {
  const password = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.isWellFormed());
  const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());

  it('can be taken apart again, whatever the password holds', () => {
    fc.assert(
      fc.property(password, host, fc.integer({ min: 1, max: 65_535 }), (secret, address, port) => {
        const text = connectionString(address, port, secret);
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        const url = new URL(text);
        expect(decodeURIComponent(url.password)).toBe(secret);
        expect([url.protocol, url.username, url.port, url.pathname]).toEqual([
          'postgresql:',
          'postgres',
          String(port),
          '/postgres',
        ]);
        expect([url.search, url.hash]).toEqual(['', '']);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['localhost', 'postgresql://postgres:***@localhost:15432/postgres'],
    ['127.0.0.1', 'postgresql://postgres:***@127.0.0.1:15432/postgres'],
    ['::1', 'postgresql://postgres:***@[::1]:15432/postgres'],
  ])('masks the password for %s when it is not given', (address, expected) => {
    expect(connectionString(address, 15_432)).toBe(expected);
    expect(expected).toContain(MASK);
  });
});

describe('orchestrationId', () => {
  it('is that of the design document', () => {
    expect(orchestrationId('create', 'proddb-a1b2c3d4')).toBe('create-proddb-a1b2c3d4');
    expect(orchestrationId('stop', 'proddb-a1b2c3d4', 2)).toBe('stop-proddb-a1b2c3d4-2');
  });
});
