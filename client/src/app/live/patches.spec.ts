import { anActivity, anEvent, anInstance, anOrchestration, someProgress } from '../../testing/samples';
import { patchInstance } from './instance-patch';
import { currentActivity, patchOrchestration, progressOf } from './orchestration-patch';

const progress = someProgress({ id: 'create-a', completed: 1, activity: 'instance.prepare-volume' });

const finished = (status: 'failed' | 'cancelled') =>
  anOrchestration({ id: 'stop-a', kind: 'stop', status, instance_id: 'the-instance', retryable: true });

describe('what people do', () => {
  const instance = anInstance({ state: 'stopping', orchestration: progress, tags: { team: 'backend' } });

  it('brings in tags and protection, and asks for the revision where somebody needs it', () => {
    const event = anEvent('instance.updated', instance, { deletion_protection: true });
    expect(patchInstance(instance, event)).toMatchObject({
      value: { deletion_protection: true, tags: { team: 'backend' } },
      reload: true,
    });
    const { revision: _, ...row } = instance;
    expect(patchInstance(row, anEvent('instance.updated', instance, { tags: {} }))).toMatchObject({
      value: { deletion_protection: false, tags: {} },
      reload: false,
    });
  });

  it('says that something is being called off, whoever asked for it', () => {
    const event = anEvent('orchestration.cancel_requested', instance, { kind: 'create' }, progress.id);
    const calledOff = { cancel_requested: true, cancellable: false };
    expect(patchInstance(instance, event)).toMatchObject({ value: { orchestration: calledOff } });
    expect(patchInstance(instance, { ...event, orchestration_id: 'start-a' })).toBeUndefined();
    const open = anOrchestration({ id: progress.id, status: 'running', finished_at: null, cancellable: true });
    expect(patchOrchestration(open, event)).toMatchObject({ value: calledOff });
  });

  it('ends what was called off, and looks for what comes after it', () => {
    const event = anEvent('orchestration.cancelled', instance, { kind: 'stop' }, progress.id);
    expect(patchInstance(instance, event)).toMatchObject({ value: { orchestration: null }, reload: true });
    const waiting = anEvent('orchestration.cancelled', instance, { kind: 'start' }, 'start-a');
    expect(patchInstance(instance, waiting)).toMatchObject({ value: { orchestration: progress }, reload: true });
  });

  it('forgets until when it was kept as soon as it comes back', () => {
    const deleted = anInstance({ state: 'deleted', purge_at: '2026-11-30T12:00:00Z' });
    const event = anEvent('instance.state_changed', deleted, { from: 'deleted', state: 'starting' });
    expect(patchInstance(deleted, event)?.value.purge_at).toBeNull();
  });

  it('can no longer be called off when it is undone or over', () => {
    const open = anOrchestration({ id: 'stop-a', status: 'running', finished_at: null, cancellable: true });
    for (const type of ['compensating', 'succeeded', 'failed', 'cancelled'] as const) {
      const change = patchOrchestration(open, anEvent(`orchestration.${type}`, instance, {}, open.id));
      expect(change).toMatchObject({ value: { status: type, cancellable: false }, reload: true });
    }
  });

  it('can no longer be tried again when its instance has moved on', () => {
    const of = { id: 'the-instance', user_name: 'a' };
    const event = anEvent('instance.state_changed', of, { from: 'failed', state: 'starting' }, 'start-a');
    expect(patchOrchestration(finished('failed'), event)).toMatchObject({ value: { retryable: false }, reload: true });
    expect(patchOrchestration(finished('failed'), { ...event, instance_id: 'another' })).toBeUndefined();
  });

  it('is read anew when it goes on', () => {
    const of = { id: 'the-instance', user_name: 'a' };
    const event = anEvent('instance.state_changed', of, { from: 'failed', state: 'stopping' }, 'stop-a');
    expect(patchOrchestration(finished('cancelled'), event)?.reload).toBe(true);
  });
});

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
      code: 'not_ready',
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
          code: 'not_ready',
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
