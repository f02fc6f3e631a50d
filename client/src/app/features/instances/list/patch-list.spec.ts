import { anEvent, anInstance } from '../../../../testing/samples';
import { DEFAULT_QUERY } from './list-query';
import { patchList } from './patch-list';

const instance = anInstance();
const list = { instances: [anInstance({ user_name: 'other' }), instance], total: 2, page: 1, pages: 1 };

describe('a page of instances', () => {
  it('takes in what happens to one of them, and leaves the others the same objects', () => {
    const change = patchList(
      list,
      anEvent('instance.health_changed', instance, { health_status: 'unhealthy' }),
      DEFAULT_QUERY,
    );
    expect(change?.value.instances[1]?.health_status).toBe('unhealthy');
    expect(change?.value.instances[0]).toBe(list.instances[0]);
    expect(change?.reload).toBe(false);
  });

  it('is read anew when one may have come or gone', () => {
    const stranger = anInstance({ user_name: 'stranger' });
    expect(patchList(list, anEvent('instance.created', stranger), DEFAULT_QUERY)?.reload).toBe(true);
    expect(patchList(list, anEvent('instance.state_changed', stranger), DEFAULT_QUERY)?.reload).toBe(true);
    expect(patchList(list, anEvent('orchestration.progress', stranger), DEFAULT_QUERY)).toBeUndefined();
  });

  it('is read anew for the health of others only where health decides what is on it', () => {
    const event = anEvent('instance.health_changed', anInstance({ user_name: 'stranger' }));
    expect(patchList(list, event, DEFAULT_QUERY)).toBeUndefined();
    expect(patchList(list, event, { ...DEFAULT_QUERY, healths: ['healthy'] })?.reload).toBe(true);
    expect(patchList(list, event, { ...DEFAULT_QUERY, sort: '-health' })?.reload).toBe(true);
  });
});
