import { describe, expect, it } from 'vitest';
import { TRANSITIONAL_STATES, TRANSITIONS } from './instance.js';
import { hasData, INSTANCE_OPERATIONS } from './instance-operations.js';
import { INSTANCE_ORCHESTRATIONS, RECOVER } from './instance-orchestrations.js';

describe('the operations of instances', () => {
  it('are there for every orchestration but the recovery, which moves no state', () => {
    const kinds = INSTANCE_ORCHESTRATIONS.map(({ kind }) => kind).filter((kind) => kind !== RECOVER.kind);
    expect(Object.keys(INSTANCE_OPERATIONS).sort()).toEqual([...kinds].sort());
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

describe('hasData', () => {
  it('is so for what has had an endpoint', () => {
    expect(hasData({ endpointHost: 'localhost' })).toBe(true);
    expect(hasData({ endpointHost: null })).toBe(false);
  });
});
