import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSTANCE_STATES } from '../../instances/domain/instance.js';
import {
  canDrift,
  compare,
  confirmed,
  expectedOf,
  repairOf,
  type FoundResource,
  type RecordedInstance,
} from './consistency.js';

const recorded = (changes: Partial<RecordedInstance> = {}): RecordedInstance => ({
  id: 'a',
  name: 'proddb',
  k8sName: 'proddb-a1b2c3d4',
  dataPlane: 'local',
  state: 'running',
  hasData: true,
  busy: false,
  ...changes,
});
const found = (kind: FoundResource['kind'], instanceId = 'a'): FoundResource => ({
  instanceId,
  k8sName: 'proddb-a1b2c3d4',
  kind,
  name: `${kind} of ${instanceId}`,
});
const PARTS = [
  { role: 'data', kind: 'directory' },
  { role: 'server', kind: 'process' },
  { role: 'address', kind: 'port' },
] as const;
const DATA = [found('directory'), found('port')];
const SERVER = [...DATA, found('process')];

describe('compare', () => {
  it.each([
    ['running', true, SERVER],
    ['stopped', true, DATA],
    ['deleted', true, DATA],
    ['failed', true, DATA],
    ['failed', true, SERVER],
    ['failed', false, []],
    ['purged', true, []],
  ] as const)('is content with %s (data: %s) and what belongs to it', (state, hasData, resources) => {
    expect(compare([recorded({ state, hasData })], resources)).toEqual([]);
  });

  it('names what is missing', () => {
    expect(compare([recorded()], DATA)).toEqual([
      {
        code: 'missing_resource',
        instanceId: 'a',
        instanceName: 'proddb',
        k8sName: 'proddb-a1b2c3d4',
        state: 'running',
        kind: 'process',
        resource: null,
      },
    ]);
  });

  it('names what should not be there', () => {
    expect(compare([recorded({ state: 'stopped' })], SERVER)).toMatchObject([
      { code: 'left_over', kind: 'process', resource: 'process of a', instanceName: 'proddb' },
    ]);
    expect(compare([recorded({ state: 'purged' })], SERVER)).toHaveLength(3);
    expect(compare([recorded({ state: 'failed', hasData: false })], [found('port')])).toMatchObject([
      { code: 'left_over', kind: 'port' },
    ]);
  });

  it('names what no row knows', () => {
    expect(compare([], [found('process', 'b')])).toEqual([
      {
        code: 'unknown_resource',
        instanceId: 'b',
        instanceName: null,
        k8sName: 'proddb-a1b2c3d4',
        state: null,
        kind: 'process',
        resource: 'process of b',
      },
    ]);
  });

  it('says nothing about what is being changed', () => {
    for (const state of INSTANCE_STATES) {
      expect(compare([recorded({ state, busy: true })], SERVER)).toEqual([]);
    }
    for (const state of ['creating', 'stopping', 'starting', 'restarting', 'deleting', 'purging'] as const) {
      expect(compare([recorded({ state })], SERVER)).toEqual([]);
    }
  });

  it('finds every resource that is taken away from, or put beside, what is as it should be', () => {
    const instance = fc.record({
      state: fc.constantFrom(...INSTANCE_STATES),
      hasData: fc.boolean(),
      busy: fc.boolean(),
    });
    const part = fc.constantFrom(...PARTS);
    fc.assert(
      fc.property(fc.array(instance, { maxLength: 8 }), fc.nat(), part, (all, pick, { role, kind: changed }) => {
        const instances = all.map((one, index) => recorded({ ...one, id: String(index) }));
        const resources = instances.flatMap((one) => {
          const expected = expectedOf(one);
          return PARTS.filter(({ role }) => expected?.[role] === 'present').map(({ kind }) => found(kind, one.id));
        });
        expect(compare(instances, resources)).toEqual([]);
        const victim = instances[pick % Math.max(1, instances.length)];
        const expectation = victim && expectedOf(victim)?.[role];
        if (!victim || expectation === undefined || expectation === 'either') {
          return;
        }
        const other =
          expectation === 'present'
            ? resources.filter((one) => one.instanceId !== victim.id || one.kind !== changed)
            : [...resources, found(changed, victim.id)];
        expect(compare(instances, other)).toMatchObject([
          { instanceId: victim.id, kind: changed, code: expectation === 'present' ? 'missing_resource' : 'left_over' },
        ]);
      }),
    );
  });
});

describe('repairOf', () => {
  it.each([
    ['missing_resource', 'process', 'running', 'automatic'],
    ['missing_resource', 'directory', 'running', 'none'],
    ['missing_resource', 'port', 'stopped', 'none'],
    ['left_over', 'process', 'stopped', 'automatic'],
    ['left_over', 'process', 'deleted', 'automatic'],
    ['left_over', 'process', 'purged', 'on_request'],
    ['left_over', 'directory', 'purged', 'on_request'],
    ['left_over', 'port', 'failed', 'on_request'],
    ['unknown_resource', 'process', null, 'on_request'],
    ['unknown_resource', 'directory', null, 'on_request'],
    ['drifted', 'configuration', 'running', 'automatic'],
  ] as const)('says of %s %s in %s: %s', (code, kind, state, repair) => {
    expect(repairOf({ code, kind, state })).toBe(repair);
  });
});

describe('canDrift', () => {
  it.each([
    ['running', true],
    ['stopped', true],
    ['deleted', true],
    ['purged', false],
    ['starting', false],
  ] as const)('says of %s: %s', (state, can) => {
    expect(canDrift(recorded({ state }))).toBe(can);
    expect(canDrift(recorded({ state, busy: true }))).toBe(false);
  });
});

describe('confirmed', () => {
  it('keeps what was seen twice', () => {
    const first = compare([recorded({ state: 'stopped' })], SERVER);
    const second = compare([recorded({ state: 'stopped' })], [...SERVER, found('directory', 'b')]);
    expect(confirmed(first, second)).toEqual(first);
    expect(confirmed([], second)).toEqual([]);
  });
});
