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
  TRANSITIONAL_STATES,
  TRANSITIONS,
} from './instance.js';

/** The picture of docs/architecture.md, arrow by arrow. */
const ARROWS = new Set([
  'creating → running',
  'creating → failed',
  'creating → deleting',
  'running → failed',
  'running → deleting',
  'failed → deleting',
  'deleting → deleted',
  'deleting → failed',
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

  it('has no dead end but "deleted", which is reached from everywhere', () => {
    for (const from of INSTANCE_STATES) {
      const reached = new Set<InstanceState>([from]);
      for (const at of reached) {
        TRANSITIONS[at].forEach((to) => reached.add(to));
      }
      expect(reached).toContain('deleted');
    }
    expect(INSTANCE_STATES.filter((at) => TRANSITIONS[at].length === 0)).toEqual(['deleted']);
  });

  it('lets every state be deleted, at once or once it has failed', () => {
    for (const at of INSTANCE_STATES.filter((one) => one !== 'deleted' && one !== 'deleting')) {
      expect(TRANSITIONS[at]).toContain('deleting');
    }
  });

  it('lets everything that is under way fail', () => {
    for (const at of TRANSITIONAL_STATES) {
      expect(TRANSITIONS[at]).toContain('failed');
    }
  });

  it('never leaves "deleted", and never comes back to "creating", whatever is asked for', () => {
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
        expect(path.slice(1)).not.toContain('creating');
        const end = path.indexOf('deleted');
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
  });
});
