import { describe, expect, it } from 'vitest';
import { DefinitionRegistry } from '../../../orchestrations/domain/definition-registry.js';
import { INSTANCE_ORCHESTRATIONS } from './instance-orchestrations.js';

describe('the orchestrations of instances', () => {
  it.each(INSTANCE_ORCHESTRATIONS)('$kind: can be registered, and fits into its deadline', (definition) => {
    const registry = new DefinitionRegistry();
    registry.add(definition);
    for (const activity of registry.activities) {
      expect(activity.attempts).toBeGreaterThan(0);
      expect(activity.backoffMs).toBeGreaterThan(0);
      // One attempt that hangs must leave time for another.
      expect(activity.timeoutMs).toBeLessThan(definition.deadlineMs / 2);
    }
  });

  it('have different kinds and different activities, with different titles', () => {
    const registry = new DefinitionRegistry();
    registry.add(...INSTANCE_ORCHESTRATIONS);
    const titles = registry.activities.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
