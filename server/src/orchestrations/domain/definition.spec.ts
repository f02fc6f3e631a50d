import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActivityDefinition, backoffMs, OPEN_STATUSES, type OrchestrationDefinition } from './definition.js';
import { DefinitionRegistry } from './definition-registry.js';

describe('backoffMs', () => {
  const base = fc.integer({ min: 1, max: 60_000 });
  const failed = fc.integer({ min: 1, max: 1_000_000 });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('doubles up to half a minute, less a random half at most', () => {
    fc.assert(
      fc.property(base, failed, random, (first, attempts, chance) => {
        const full = Math.min(first * 2 ** (attempts - 1), 30_000);
        const wait = backoffMs({ backoffMs: first }, attempts, chance);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeLessThanOrEqual(full);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
      }),
    );
  });

  it('never waits less after one more failure, by the same chance', () => {
    fc.assert(
      fc.property(base, failed, random, (first, attempts, chance) => {
        const wait = (count: number): number => backoffMs({ backoffMs: first }, count, chance);
        expect(wait(attempts + 1)).toBeGreaterThanOrEqual(wait(attempts));
      }),
    );
  });

  it('spreads those that failed together', () => {
    const waits = Array.from({ length: 100 }, (_, index) => backoffMs({ backoffMs: 1_000 }, 1, index / 100));
    expect(new Set(waits).size).toBe(100);
  });
});

describe('OPEN_STATUSES', () => {
  it('are those in which something is left to do', () => {
    expect(OPEN_STATUSES).toEqual(['pending', 'running', 'compensating']);
  });
});

describe('DefinitionRegistry', () => {
  const activity = (name: string, compensation?: ActivityDefinition): ActivityDefinition => ({
    name,
    title: name,
    attempts: 1,
    backoffMs: 1,
    timeoutMs: 1,
    ...(compensation ? { compensation } : {}),
  });
  const orchestration = (kind: string, ...activities: readonly ActivityDefinition[]): OrchestrationDefinition => ({
    kind,
    version: 1,
    deadlineMs: 1_000,
    cancellable: true,
    activities,
  });

  it('knows what it was told, compensations too', () => {
    const registry = new DefinitionRegistry();
    const undo = activity('undo');
    const create = orchestration('create', activity('first', undo), activity('second'));
    const remove = orchestration('delete', activity('third'));
    registry.add(create, remove);
    expect(registry.kinds).toEqual(['create', 'delete']);
    expect(registry.definition('create')).toBe(create);
    expect(registry.activities.map(({ name }) => name).sort()).toEqual(['first', 'second', 'third', 'undo']);
    expect(registry.activity('undo')).toBe(undo);
    expect(registry.activity('of an older build')).toBeUndefined();
  });

  it('lets orchestrations share an activity', () => {
    const registry = new DefinitionRegistry();
    const shared = activity('shared');
    registry.add(orchestration('one', shared, activity('other', shared)), orchestration('two', shared));
    expect(registry.activities).toHaveLength(2);
  });

  it('refuses two orchestrations of one kind', () => {
    const registry = new DefinitionRegistry();
    registry.add(orchestration('create'));
    expect(() => {
      registry.add(orchestration('create'));
    }).toThrow('The orchestration "create" is defined twice.');
  });

  it('refuses two activities of one name, also when one is a compensation', () => {
    const registry = new DefinitionRegistry();
    registry.add(orchestration('create', activity('start')));
    expect(() => {
      registry.add(orchestration('delete', activity('start')));
    }).toThrow('The activity "start" is defined twice.');
    expect(() => {
      registry.add(orchestration('restart', activity('stop', activity('start'))));
    }).toThrow('The activity "start" is defined twice.');
  });

  it('says which kind no feature defines', () => {
    expect(() => new DefinitionRegistry().definition('create')).toThrow(
      'No feature defines the orchestration "create".',
    );
  });
});
