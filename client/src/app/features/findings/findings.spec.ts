import { MatButtonHarness } from '@angular/material/button/testing';
import { type Consistency, type ConsistencyFinding, type Finding, type FindingList, ToygresError } from '#sdk';
import { ConsoleTest, type Shown } from '../../../testing/console';
import { refusal } from '../../../testing/details';
import { aFinding, anEvent } from '../../../testing/samples';

const pageOf = (findings: Finding[], total = findings.length): FindingList => ({
  findings,
  total,
  page: 1,
  pages: Math.max(1, Math.ceil(total / 20)),
});

function setUp(findings: Finding[], total?: number) {
  const list = vi.fn(async () => pageOf(findings, total));
  const repair = vi.fn(async () => aFinding());
  const consistency = vi.fn(async (): Promise<Consistency> => ({
    consistent: true,
    findings: [],
    checked_at: '2026-11-14T12:00:00Z',
  }));
  return { list, repair, consistency, test: new ConsoleTest({ findings: { list, repair }, consistency }) };
}
const rows = (shown: Shown<unknown>) => shown.all('tg-finding-row');
const press = async (shown: Shown<unknown>, text: string | RegExp): Promise<void> =>
  (await shown.page.getHarness(MatButtonHarness.with({ text }))).click();
const dialog = (): string => document.querySelector('mat-dialog-container')?.textContent ?? '';

const left = aFinding({
  code: 'left_over',
  instance_name: 'orders',
  state: 'purged',
  resource_kind: 'process',
  resource: '4711',
  bytes: null,
});
const missing = aFinding({
  code: 'missing_resource',
  instance_name: 'billing',
  resource: null,
  bytes: null,
  since: null,
  repair: 'none',
});
const drifted = aFinding({
  code: 'drifted',
  instance_name: 'billing',
  resource_kind: 'configuration',
  resource: 'pg_hba.conf',
  repair: 'automatic',
});

describe('the findings', () => {
  it('shows placeholders until the first answer, and says when there is nothing', async () => {
    let answer = (_: FindingList): void => undefined;
    const list = () => new Promise<FindingList>((resolve) => (answer = resolve));
    const test = new ConsoleTest({ findings: { list } });
    const shown = await test.visit('/findings');
    expect(shown.all('tg-skeleton').length).toBeGreaterThan(0);
    answer(pageOf([]));
    await vi.waitFor(() => expect(shown.text).toContain('Record and reality agree'));
  });

  it('says what was found, whose it is, and what is done about it', async () => {
    const shown = await setUp([aFinding(), left, missing, drifted]).test.visit('/findings');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(4));
    const [unknown, process, gone, changed] = rows(shown).map(({ textContent }) => textContent.replace(/\s+/g, ' '));
    expect(unknown).toMatch(
      /A data directory that belongs to no instance.*\/lost-a1b2c3d4.*no instance is known.*48 MB.*made.*found/,
    );
    expect(unknown).toContain('It stays until somebody has it removed.');
    expect(process).toMatch(/A server that should not run.*Process 4711.*of orders/);
    expect(gone).toMatch(/The data directory is missing.*It can’t be made out of nothing/);
    expect(changed).toMatch(/What Toygres has written was changed.*pg_hba\.conf.*Toygres writes it again by itself/);
    expect(shown.all('tg-finding-row button').map((found) => found.getAttribute('aria-label'))).toEqual([
      'Remove: A data directory that belongs to no instance, /var/lib/toygres/instances/lost-a1b2c3d4',
      'Remove: A server that should not run, Process 4711',
    ]);
    expect(shown.all('tg-finding-row a')[0]?.getAttribute('href')).toBe(`/instances/${left.instance_id}`);
  });

  it.each([
    [aFinding(), 'Everything that is labelled lost-a1b2c3d4 is removed'],
    [left, 'Everything that is left of orders is removed'],
    [aFinding({ k8s_name: '', resource_kind: 'port', resource: '15432' }), 'The port becomes free'],
  ])('removes what was found once it is said what that is', async (finding, losses) => {
    const { test, repair, list } = setUp([finding]);
    repair.mockRejectedValueOnce(refusal(409, 'not_repairable', 'It is over already.'));
    const shown = await test.visit('/findings');
    await vi.waitFor(() => press(shown, 'Remove…'));
    await vi.waitFor(() => expect(dialog()).toContain(losses));
    expect(repair).not.toHaveBeenCalled();
    await press(shown, 'Remove for good');
    await vi.waitFor(() => expect(dialog()).toContain('It is over already.'));
    await press(shown, 'Remove for good');
    await vi.waitFor(() => expect(document.querySelector('mat-dialog-container')).toBeNull());
    expect(repair).toHaveBeenLastCalledWith(finding.id);

    list.mockResolvedValue(pageOf([{ ...finding, repair_requested_at: '2026-11-14T12:00:00Z' }]));
    test.event(anEvent('findings.changed', null, { finding_id: finding.id }));
    await vi.waitFor(() => expect(rows(shown)[0]?.textContent).toContain('Being removed'));
    expect(shown.all('tg-finding-row button')).toEqual([]);
  });

  it('offers another try of what goes on by itself only when one has failed', async () => {
    const { test, repair } = setUp([{ ...drifted, error: 'The disk is full.' }]);
    const shown = await test.visit('/findings');
    await vi.waitFor(() => expect(shown.text).toContain('The last try failed: The disk is full.'));
    await press(shown, 'Repair now');
    expect(repair).toHaveBeenCalledExactlyOnceWith(drifted.id);
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('It is being repaired.');
  });

  it('shows what is resolved, by the address, and page by page', async () => {
    const over = { resolved_at: '2026-11-14T12:00:00Z' };
    const repaired = aFinding({ ...over, resolution: 'repaired' });
    const { test, list } = setUp([repaired, aFinding({ ...over, resolution: 'gone' })], 41);
    const shown = await test.visit('/findings');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(2));
    shown.all('tg-page-tabs a')[1]?.click();
    await vi.waitFor(() => expect(test.url).toBe('/findings?resolved=true'));
    await vi.waitFor(() =>
      expect(list).toHaveBeenLastCalledWith({ resolved: true, page: 1, limit: 20 }, expect.anything()),
    );
    await vi.waitFor(() => expect(rows(shown)[0]?.textContent).toContain('Removed'));
    expect(rows(shown)[1]?.textContent).toContain('Gone by itself');
    await (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[aria-label="Next page"]' }))).click();
    expect(test.url).toBe('/findings?resolved=true&page=2');
  });

  it('compares at once when somebody wants that', async () => {
    const { test, consistency, list } = setUp([]);
    const shown = await test.visit('/findings');
    await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(1));
    await press(shown, 'Check now');
    await vi.waitFor(() => expect(shown.text).toMatch(/Record and reality agree, as of \d\d:\d\d:\d\d\./));
    const found: ConsistencyFinding = left;
    consistency.mockResolvedValue({ consistent: false, findings: [found], checked_at: '2026-11-14T12:00:00Z' });
    await press(shown, 'Check now');
    await vi.waitFor(() => expect(shown.text).toContain('One difference, as of'));
    consistency.mockRejectedValue(refusal(500, 'internal_error', 'It is away.'));
    await press(shown, 'Check now');
    await vi.waitFor(() =>
      expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('It is away.'),
    );
  });

  it('says why they can not be read, and tries again', async () => {
    const { test, list } = setUp([left]);
    list.mockRejectedValueOnce(new ToygresError({ status: 500, code: 'internal_error', message: 'It is away.' }));
    const shown = await test.visit('/findings');
    await vi.waitFor(() => expect(shown.text).toContain('It is away.'));
    await press(shown, 'Try again');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
  });
});
