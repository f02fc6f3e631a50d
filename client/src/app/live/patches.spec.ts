import { anActivity, anEvent, anInstance, anOrchestration } from '../../testing/samples';
import type { OrchestrationProgress } from '#sdk';
import { patchInstance } from './instance-patch';
import { currentActivity, patchOrchestration, progressOf } from './orchestration-patch';

const progress: OrchestrationProgress = {
  id: 'create-a',
  kind: 'create',
  status: 'running',
  started_by: 'anonymous',
  created_at: '2026-11-14T12:00:00Z',
  deadline: '2026-11-14T12:10:00Z',
  completed: 1,
  total: 5,
  activity: 'instance.prepare-volume',
};

describe('patchInstance', () => {
  const instance = anInstance({ state: 'creating', health_status: 'unknown', orchestration: progress });

  it('leaves other instances alone', () => {
    expect(
      patchInstance(instance, anEvent('instance.state_changed', anInstance(), { state: 'failed' })),
    ).toBeUndefined();
  });

  it('brings in a state with its reason, and asks for the rest', () => {
    const data = { from: 'creating', state: 'failed', failure_code: 'disk_full', failure_reason: 'The disk is full.' };
    const change = patchInstance(instance, anEvent('instance.state_changed', instance, data));
    expect(change).toMatchObject({
      reload: true,
      value: { state: 'failed', failure_code: 'disk_full', failure_reason: 'The disk is full.' },
    });
  });

  it('brings in health with what the check saw', () => {
    const event = anEvent('instance.health_changed', instance, {
      health_status: 'unhealthy',
      reason: 'Connection refused',
      response_time_ms: null,
    });
    expect(patchInstance(instance, event)).toEqual({
      value: {
        ...instance,
        health_status: 'unhealthy',
        last_health_check: {
          status: 'unhealthy',
          checked_at: event.created_at,
          response_time_ms: null,
          reason: 'Connection refused',
        },
      },
    });
  });

  it('brings in the address of a page that shows it', () => {
    const endpoint = { host: 'localhost', ip: '127.0.0.1', port: 15999 };
    const change = patchInstance(instance, anEvent('instance.endpoint_changed', instance, endpoint));
    expect(change).toMatchObject({ reload: true, value: { endpoint } });
  });

  it('counts the activities that are done, and never backwards', () => {
    const at = (position: number, status: string) =>
      anEvent(
        'orchestration.progress',
        instance,
        { activity: `step-${String(position)}`, position, phase: 'forward', status },
        'create-a',
      );
    const after = patchInstance(instance, at(2, 'succeeded'));
    expect(after?.value.orchestration).toMatchObject({ completed: 3, activity: 'step-2' });
    expect(after?.reload).toBeUndefined();
    const late = after && patchInstance(after.value, at(1, 'succeeded'));
    expect(late?.value.orchestration?.completed).toBe(3);
  });

  it('asks for an orchestration that it does not know yet', () => {
    const event = anEvent('orchestration.progress', instance, { position: 0 }, 'delete-a');
    expect(patchInstance(instance, event)).toEqual({ value: instance, reload: true });
  });

  it('lets go of an orchestration that has ended', () => {
    const event = anEvent('orchestration.succeeded', instance, {}, 'create-a');
    expect(patchInstance(instance, event)?.value.orchestration).toBeNull();
    expect(patchInstance(instance, anEvent('orchestration.succeeded', instance, {}, 'another'))).toBeUndefined();
  });
});

describe('patchOrchestration', () => {
  const running = anOrchestration({
    status: 'running',
    finished_at: null,
    activities: [
      anActivity({ name: 'a' }),
      anActivity({ name: 'b', status: 'pending', attempt: 0, started_at: null, finished_at: null }),
      anActivity({ name: 'undo', phase: 'compensation', status: 'pending', started_at: null, finished_at: null }),
    ],
  });
  const instance = anInstance();

  it('brings in an attempt that has failed, with when the next one is', () => {
    const event = anEvent(
      'orchestration.progress',
      instance,
      {
        activity: 'b',
        phase: 'forward',
        status: 'waiting',
        attempt: 1,
        error: 'The port is taken.',
        next_attempt_at: '2026-11-14T12:00:05Z',
      },
      running.id,
    );
    const change = patchOrchestration(running, event);
    expect(change?.reload).toBe(true);
    expect(change?.value.activities[1]).toMatchObject({
      status: 'waiting',
      attempt: 1,
      error: 'The port is taken.',
      next_attempt_at: '2026-11-14T12:00:05Z',
      finished_at: null,
    });
  });

  it('brings in when an attempt began, and keeps it to its end', () => {
    const data = { activity: 'b', phase: 'forward', attempt: 2, error: null, next_attempt_at: null };
    const of = (status: string) => anEvent('orchestration.progress', instance, { ...data, status }, running.id);
    const event = { ...of('running'), created_at: '2026-11-14T12:00:05.000Z' };
    const begun = patchOrchestration(running, event);
    expect(begun?.value.activities[1]).toMatchObject({ attempt_started_at: event.created_at });
    expect(begun && patchOrchestration(begun.value, of('succeeded'))?.value.activities[1]).toMatchObject({
      attempt_started_at: event.created_at,
    });
  });

  it('brings in an activity that is done, and says what comes next and how far it is', () => {
    expect(progressOf(running)).toEqual({ done: 1, total: 2 });
    expect(currentActivity(running)?.name).toBe('b');
    const event = anEvent(
      'orchestration.progress',
      instance,
      { activity: 'b', phase: 'forward', status: 'succeeded', attempt: 1, error: null, next_attempt_at: null },
      running.id,
    );
    const done = patchOrchestration(running, event);
    expect(done?.reload).toBe(false);
    expect(done?.value.activities[1]).toMatchObject({ status: 'succeeded', finished_at: event.created_at });
    expect(done && progressOf(done.value)).toEqual({ done: 2, total: 2 });
  });

  it('ends with the orchestration, and undoes in between', () => {
    const undoing = patchOrchestration(running, anEvent('orchestration.compensating', instance, {}, running.id))?.value;
    expect(undoing?.status).toBe('compensating');
    expect(undoing && currentActivity(undoing)?.name).toBe('undo');
    const event = anEvent('orchestration.failed', instance, {}, running.id);
    expect(patchOrchestration(running, event)?.value).toMatchObject({
      status: 'failed',
      finished_at: event.created_at,
    });
  });

  it('leaves other orchestrations alone', () => {
    expect(patchOrchestration(running, anEvent('orchestration.succeeded', instance, {}, 'another'))).toBeUndefined();
  });
});
