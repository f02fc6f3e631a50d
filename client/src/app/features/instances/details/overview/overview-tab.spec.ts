import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { MatSlideToggleHarness } from '@angular/material/slide-toggle/testing';
import { ConsoleTest } from '../../../../../testing/console';
import { detailsApi, refusal } from '../../../../../testing/details';
import { anEvent, anInstance } from '../../../../../testing/samples';

const button = (root: HTMLElement, name: string): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find((found) => found.getAttribute('aria-label') === name)!;

const SHOW = 'Show the password in the connection string with the DNS name';
const COPY = 'Copy connection string with the DNS name';

async function open(given: Parameters<typeof anInstance>[0] = {}) {
  const instance = anInstance(given);
  const api = detailsApi({
    get: () => Promise.resolve(instance),
    events: [
      anEvent('instance.health_changed', instance, { from: 'healthy', health_status: 'unhealthy', reason: 'Refused' }),
      anEvent('orchestration.progress', instance, { error: null, status: 'succeeded' }),
      anEvent('instance.state_changed', instance, { from: 'creating', state: 'running' }),
    ],
    health: {
      uptime_percent: 99.93,
      buckets: [
        {
          from: new Date(Date.now() - 7_200_000).toISOString(),
          checks: 30,
          uptime_percent: 90,
          p50_ms: 12,
          p95_ms: 30,
        },
        {
          from: new Date(Date.now() - 3_600_000).toISOString(),
          checks: 30,
          uptime_percent: 100,
          p50_ms: 12,
          p95_ms: 30,
        },
      ],
    },
  });
  const test = new ConsoleTest(api);
  const shown = await test.visit('/instances/orders-prod');
  await vi.waitFor(() => expect(shown.text).toContain('Connection strings'));
  await shown.stable();
  return { api, instance, shown, test };
}

describe('the overview', () => {
  it('masks passwords, and does not fetch them before they are asked for', async () => {
    const { api, shown } = await open();
    expect(shown.all('.string')[0]?.textContent).toContain('postgresql://postgres:••••••••');
    expect(api.instances.credentials).not.toHaveBeenCalled();
  });

  it('shows a password until the window loses the focus', async () => {
    const { shown } = await open();
    button(shown.element, SHOW).click();
    await vi.waitFor(() => expect(shown.all('.string')[0]?.textContent).toContain('SecurePass123!'));
    expect(shown.all('.string')[1]?.textContent).not.toContain('SecurePass123!');
    window.dispatchEvent(new Event('blur'));
    await shown.stable();
    expect(shown.all('.string')[0]?.textContent).not.toContain('SecurePass123!');
  });

  it('hides a password again after 30 s', async () => {
    const { shown } = await open();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      button(shown.element, SHOW).click();
      await vi.advanceTimersByTimeAsync(100);
      expect(shown.all('.string')[0]?.textContent).toContain('SecurePass123!');
      await vi.advanceTimersByTimeAsync(30_000);
      expect(shown.all('.string')[0]?.textContent).not.toContain('SecurePass123!');
    } finally {
      vi.useRealTimers();
    }
  });

  it('says why a password could not be fetched', async () => {
    const { api, shown } = await open();
    api.instances.credentials.mockRejectedValue(refusal(409, 'endpoint_unknown', 'There is no address yet.'));
    button(shown.element, SHOW).click();
    await vi.waitFor(() => expect(document.body.textContent).toContain('There is no address yet.'));
  });

  it('copies the whole string, and fetches the password for that', async () => {
    const { shown } = await open();
    const copy = vi.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    button(shown.element, COPY).click();
    await vi.waitFor(() =>
      expect(copy).toHaveBeenCalledWith('postgresql://postgres:SecurePass123!@localhost:15432/postgres'),
    );
    button(shown.element, 'Copy Host and port').click();
    await vi.waitFor(() => expect(copy).toHaveBeenCalledWith('localhost:15432'));
  });

  it('shows every fact of the document', async () => {
    const { instance, shown } = await open({ tags: { team: 'backend' } });
    for (const fact of [
      instance.k8s_name,
      instance.id,
      '200 GB, 24 MB used',
      'team: backend',
      'toygres',
      'No load balancer',
    ]) {
      expect(shown.all('tg-instance-facts')[0]?.textContent).toContain(fact);
    }
  });

  it('turns deletion protection on and off', async () => {
    const { api, instance, shown } = await open();
    const update = vi.fn(() => Promise.resolve(instance));
    Object.assign(api.instances, { update });
    const toggle = await shown.loader.getHarness(MatSlideToggleHarness);
    expect(await toggle.isChecked()).toBe(false);
    await toggle.check();
    expect(update).toHaveBeenCalledExactlyOnceWith(instance.id, { deletion_protection: true });
    // What is true is told by the event.
    await vi.waitFor(async () => expect(await toggle.isChecked()).toBe(false));
    expect(await toggle.isDisabled()).toBe(false);
  });

  describe('changes tags:', () => {
    async function edit() {
      const opened = await open({ tags: { team: 'backend' } });
      const { api, instance, shown } = opened;
      const update = vi.fn((_: string, changes: object) => Promise.resolve({ ...instance, ...changes }));
      Object.assign(api.instances, { update });
      button(shown.element, 'Change tags').click();
      await shown.stable();
      const field = shown.element.querySelector<HTMLInputElement>('tg-tags-editor input')!;
      const add = async (tag: string): Promise<void> => {
        field.value = tag;
        field.form?.requestSubmit();
        await shown.stable();
      };
      const save = async (): Promise<void> => {
        shown.element.querySelector<HTMLElement>('tg-tags-editor .save')?.click();
        await shown.stable();
      };
      return { ...opened, add, field, save, update };
    }

    it('adds and removes, and sends all at once for the revision that was read', async () => {
      const { add, field, instance, save, shown, update } = await edit();
      expect(document.activeElement).toBe(field);
      await add('env:prod');
      button(shown.element, 'Remove tag team: backend').click();
      field.value = 'tier: 1';
      await save();
      const tags = { env: 'prod', tier: '1' };
      expect(update).toHaveBeenCalledExactlyOnceWith(instance.id, { tags }, { revision: instance.revision });
      await vi.waitFor(() => expect(shown.all('tg-tags-editor form')).toEqual([]));
      expect(shown.all('tg-tags-editor .chip').map((chip) => chip.textContent.trim())).toEqual([
        'env: prod',
        'tier: 1',
      ]);
    });

    it('says what is wrong before it is sent', async () => {
      const { add, save, shown, update } = await edit();
      await add('no colon');
      await add('team: other');
      await save();
      expect(update).not.toHaveBeenCalled();
      expect(shown.all('tg-tags-editor .fault').map((fault) => fault.textContent)).toEqual([
        'Each key may be there only once.',
        'Write a tag as key: value.',
      ]);
    });

    it('says what the server has against it, and when somebody else was faster', async () => {
      const { add, api, instance, save, shown, update } = await edit();
      await add('env: prod');
      update.mockRejectedValueOnce(refusal(412, 'revision_changed', 'It has changed.'));
      api.instances.get.mockResolvedValue({ ...instance, revision: 9 });
      await save();
      await vi.waitFor(() => expect(shown.text).toContain('Somebody else has changed this instance meanwhile.'));
      await save();
      expect(update).toHaveBeenLastCalledWith(instance.id, expect.anything(), { revision: 9 });
    });
  });

  it('shows how it was over the last 24 hours', async () => {
    const { shown } = await open();
    await vi.waitFor(() => expect(shown.all('tg-health-card')[0]?.textContent).toContain('99.93 %'));
    expect(shown.all('tg-status-band .bad')).toHaveLength(1);
    // Two measurements an hour apart are two dots, not a line.
    expect(shown.all('tg-sparkline .line')).toHaveLength(2);
  });

  it('says that nothing was checked yet', async () => {
    const { shown } = await open({ last_health_check: null, health_status: 'unknown' });
    expect(shown.all('tg-health-card')[0]?.textContent).toContain('The first check has not been made yet.');
  });

  it('tells what happened last in words, and what happens now', async () => {
    const { instance, shown, test } = await open();
    await vi.waitFor(() => expect(shown.all('tg-activity-card .title')).toHaveLength(2));
    expect(shown.all('tg-activity-card .title').map((title) => title.textContent)).toEqual([
      'Unhealthy',
      'Created and running',
    ]);
    test.event(anEvent('instance.health_changed', instance, { from: 'unhealthy', health_status: 'healthy' }));
    await shown.stable();
    expect(shown.all('tg-activity-card .title')[0]?.textContent).toBe('Healthy again');
  });
});
