import { anInstance, someProgress } from '../../../../testing/samples';
import type { InstanceState, OrchestrationProgress } from '#sdk';
import { isDeletable, isPurgeable, offersOf } from './offers';

const noAddress = { dns_connection_string: null, ip_connection_string: null };

const cancelOf = (state: InstanceState, given: Partial<OrchestrationProgress>) =>
  offersOf(anInstance({ state, orchestration: someProgress(given) })).find(({ deed }) => deed === 'cancel');

describe('what is offered', () => {
  it('says why a server that is coming up cannot be stopped yet', () => {
    expect(offersOf(anInstance({ state: 'starting' }))[0]).toEqual({
      deed: 'stop',
      reason: 'Possible as soon as it runs.',
    });
  });

  it('says why something without data cannot be started', () => {
    const start = (given = {}) =>
      offersOf(anInstance({ state: 'failed', ...given })).find(({ deed }) => deed === 'start');
    expect(start()?.reason).toBeUndefined();
    expect(start(noAddress)?.reason).toContain('It has never run');
  });

  it('can be called off while there is a way back', () => {
    expect(cancelOf('creating', {})).toEqual({ deed: 'cancel' });
    const tooLate = { cancellable: false };
    expect(cancelOf('creating', { ...tooLate, cancel_requested: true })?.reason).toContain('called off already');
    expect(cancelOf('stopping', { ...tooLate, status: 'compensating' })?.reason).toContain('being undone already');
    expect(cancelOf('deleting', { ...tooLate, kind: 'delete' })?.reason).toContain('Undelete the instance');
    expect(cancelOf('restarting', { ...tooLate, kind: 'restart' })?.reason).toContain('no way back');
  });

  it('is nothing to call off where nothing is under way', () => {
    expect(offersOf(anInstance({ state: 'creating' })).map(({ deed }) => deed)).not.toContain('cancel');
  });

  it('deletes what is not deleted, and purges what is not purged', () => {
    const states: InstanceState[] = ['running', 'stopped', 'deleting', 'deleted', 'purging', 'purged'];
    const which = (is: typeof isDeletable) => states.filter((state) => is(anInstance({ state })));
    expect(which(isDeletable)).toEqual(['running', 'stopped']);
    expect(which(isPurgeable)).toEqual(['running', 'stopped', 'deleting', 'deleted']);
  });
});
