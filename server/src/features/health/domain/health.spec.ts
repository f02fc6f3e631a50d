import { describe, expect, it } from 'vitest';
import { nextHealth } from './health.js';

const thresholds = { unhealthyAfter: 3, healthyAfter: 2 };

describe('nextHealth', () => {
  it.each([
    ['healthy', 'unhealthy', 1, false, 'healthy'],
    ['healthy', 'unhealthy', 2, false, 'healthy'],
    ['healthy', 'unhealthy', 3, false, 'unhealthy'],
    ['healthy', 'unhealthy', 1, true, 'unhealthy'],
    ['unhealthy', 'healthy', 1, false, 'unhealthy'],
    ['unhealthy', 'healthy', 2, false, 'healthy'],
    ['unknown', 'healthy', 1, false, 'unknown'],
    ['unknown', 'healthy', 2, false, 'healthy'],
    ['healthy', 'healthy', 1, false, 'healthy'],
  ] as const)('from %s after %s number %i (certain: %s) is %s', (current, status, consecutive, certain, expected) => {
    expect(nextHealth(current, { status, certain }, consecutive, thresholds)).toBe(expected);
  });
});
