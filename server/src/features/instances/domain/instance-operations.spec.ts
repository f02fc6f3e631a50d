import { describe, expect, it } from 'vitest';
import { INSTANCE_STATES, TRANSITIONAL_STATES, TRANSITIONS } from './instance.js';
import { hasData, INSTANCE_OPERATIONS, UPKEEP_OF } from './instance-operations.js';
import { CLEAN_UP, INSTANCE_ORCHESTRATIONS, RECOVER, SETTLE, UPKEEP } from './instance-orchestrations.js';

describe('the operations of instances', () => {
  it('are there for every orchestration but upkeep, which moves no state', () => {
    const kinds: readonly string[] = INSTANCE_ORCHESTRATIONS.map(({ kind }) => kind);
    expect([...Object.keys(INSTANCE_OPERATIONS), ...UPKEEP].sort()).toEqual([...kinds].sort());
    expect(Object.keys(UPKEEP_OF).sort()).toEqual([...UPKEEP].sort());
  });

  it.each(Object.entries(INSTANCE_OPERATIONS))('%s: makes legal moves only', (_kind, operation) => {
    expect(TRANSITIONAL_STATES).toContain(operation.during);
    expect(TRANSITIONS[operation.during]).toContain(operation.succeeded);
    expect(TRANSITIONS[operation.during]).toContain(operation.failed);
  });

  it('end in a state that can be cancelled to, where they can be called off', () => {
    for (const { kind } of INSTANCE_ORCHESTRATIONS.filter(({ cancellable }) => cancellable)) {
      const operation = INSTANCE_OPERATIONS[kind];
      expect(operation && TRANSITIONS[operation.during]).toContain(operation?.cancelled);
    }
  });

  it('can be gone on with from "failed" wherever they end there', () => {
    for (const { during, failed } of Object.values(INSTANCE_OPERATIONS).filter((one) => one.failed === 'failed')) {
      expect(TRANSITIONS[failed]).toContain(during);
    }
  });

  it('lead out of every state in which something is under way', () => {
    const during = new Set(Object.values(INSTANCE_OPERATIONS).map((operation) => operation.during));
    expect([...during].sort()).toEqual([...TRANSITIONAL_STATES].sort());
  });
});

describe('UPKEEP_OF', () => {
  const HELD = { endpointHost: 'localhost' };

  it.each([
    [RECOVER, ['running']],
    [SETTLE, ['stopped', 'deleted']],
    [CLEAN_UP, ['purged']],
  ] as const)('says of an instance with data for which states it is right', ({ kind }, states) => {
    expect(INSTANCE_STATES.filter((state) => UPKEEP_OF[kind]?.({ state, ...HELD }))).toEqual(states);
  });

  it('lets be cleaned up what never ran and has failed', () => {
    expect(UPKEEP_OF[CLEAN_UP.kind]?.({ state: 'failed', endpointHost: null })).toBe(true);
  });
});

describe('hasData', () => {
  it('is so for what has had an endpoint', () => {
    expect(hasData({ endpointHost: 'localhost' })).toBe(true);
    expect(hasData({ endpointHost: null })).toBe(false);
  });
});
