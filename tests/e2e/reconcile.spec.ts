import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToygres, type Finding, type InstanceDetails, type Toygres } from '#sdk';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

/** What is made, taken away or changed behind the back of Toygres, with real servers. */
describe('the reconciler', () => {
  let system: TestSystem;
  let toygres: Toygres;

  beforeAll(async () => {
    system = await TestSystem.start({ environment: { TOYGRES_RECONCILE_SECONDS: '1' } });
    toygres = createToygres({ baseUrl: system.url });
  });

  afterEach(async () => {
    await system.expectConsistency();
    await until('nothing is open', async () => (await findings()).length === 0);
  });

  afterAll(async () => {
    await system.stop();
  });

  const findings = async (query = {}): Promise<readonly Finding[]> => (await toygres.findings.list(query)).findings;
  const directoryOf = ({ k8s_name: name }: InstanceDetails): string => join(system.home, 'instances', name);

  async function instance(name: string): Promise<InstanceDetails> {
    const { instance_id: id } = await toygres.instances.create({
      ...{ name, password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 },
    });
    return toygres.instances.waitUntil(id, 'running');
  }

  async function stopped(name: string): Promise<InstanceDetails> {
    const { id } = await instance(name);
    await toygres.instances.stop(id);
    return toygres.instances.waitUntil(id, 'stopped');
  }

  async function found(count: number): Promise<readonly Finding[]> {
    await until(`${String(count)} are found`, async () => (await findings()).length === count);
    return findings();
  }

  async function resolved({ id }: Pick<Finding, 'id'>): Promise<Finding | undefined> {
    let finding: Finding | undefined;
    await until('it is over', async () => {
      finding = (await findings({ resolved: true })).find((one) => one.id === id);
      return finding !== undefined;
    });
    return finding;
  }

  async function purge({ id }: { readonly id: string }): Promise<void> {
    await toygres.instances.delete(id, { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
  }

  it('shows what belongs to nobody, with age and size, and removes it when somebody asks for it', async () => {
    const lost = await instance('lost');
    const kept = await instance('kept');
    await system.database.query(`DELETE FROM instances WHERE id = $1`, [lost.id]);
    const all = await found(3);
    expect(all.map(({ resource_kind: kind }) => kind).toSorted()).toEqual(['directory', 'port', 'process']);
    for (const finding of all) {
      expect(finding).toMatchObject({ code: 'unknown_resource', instance_id: lost.id, instance_name: null });
      expect(finding).toMatchObject({ repair: 'on_request', repair_requested_at: null, k8s_name: lost.k8s_name });
    }
    const directory = all.find(({ resource_kind: kind }) => kind === 'directory')!;
    expect(directory).toMatchObject({ resource: directoryOf(lost) });
    expect(directory.bytes).toBeGreaterThan(20e6);
    expect(Date.parse(directory.since ?? '')).toBeGreaterThan(Date.parse(lost.created_at) - 60_000);

    // It is looked at again and again, and nothing is removed by that.
    const { seen_at: seenAt } = directory;
    await until('it was seen twice more', async () => (await findings()).every(({ seen_at: at }) => at > seenAt));
    expect((await system.resources()).directories).toHaveLength(2);

    // What lies beside it and bears no label is not ours.
    const foreign = join(system.home, 'instances', 'not-ours');
    await mkdir(foreign);
    await writeFile(join(foreign, 'precious'), 'do not touch');
    expect(await toygres.findings.repair(directory.id)).toMatchObject({ repair_requested_at: expect.any(String) });
    expect(await resolved(directory)).toMatchObject({ resolution: 'repaired', error: null });
    await until('all of it is gone', async () => (await findings()).length === 0);
    expect(await readdir(join(system.home, 'instances'))).toEqual(expect.arrayContaining([kept.k8s_name, 'not-ours']));
    await expect(readdir(directoryOf(lost))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await system.database.query('SELECT FROM instance_ports')).toHaveLength(1);
    expect(await readFile(join(foreign, 'precious'), 'utf8')).toBe('do not touch');
    await expect(toygres.findings.repair(directory.id)).rejects.toMatchObject({ code: 'not_repairable' });
    await expect(toygres.findings.repair(lost.id)).rejects.toMatchObject({ code: 'finding_not_found' });
    await rm(foreign, { recursive: true });
    await purge(kept);
  });

  it('stops by itself a server that should not run', async () => {
    const { id, k8s_name: k8sName, namespace, postgres_version: postgresVersion } = await stopped('awake');
    await system.withDataPlane((dataPlane) =>
      dataPlane.start({ instanceId: id, k8sName, namespace, postgresVersion }, AbortSignal.timeout(30_000)),
    );
    await until('it is stopped again', async () => (await system.resources()).processes.length === 0);
    const { orchestrations } = await toygres.orchestrations.list({ instance_id: id, kind: ['settle'] });
    expect(orchestrations).toMatchObject([{ status: 'succeeded', started_by: 'reconciler', retryable: false }]);
    await until('it is known to be over', async () => (await findings()).length === 0);
    expect(await findings({ resolved: true })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'left_over', resource_kind: 'process', instance_id: id }),
      ]),
    );
    await purge({ id });
  });

  it('keeps what is left of a purged instance until somebody asks for its removal', async () => {
    const { id } = await stopped('ghost');
    await system.database.query(`UPDATE instances SET state = 'purged' WHERE id = $1`, [id]);
    const [left] = (await found(2)).filter(({ resource_kind: kind }) => kind === 'directory');
    expect(left).toMatchObject({ code: 'left_over', state: 'purged', instance_name: 'ghost', repair: 'on_request' });
    await toygres.findings.repair(left!.id);
    expect(await resolved(left!)).toMatchObject({ resolution: 'repaired' });
    expect(await system.resources()).toEqual({ directories: [], processes: [] });
    const { orchestrations } = await toygres.orchestrations.list({ instance_id: id, kind: ['clean-up'] });
    expect(orchestrations).toMatchObject([{ status: 'succeeded', started_by: 'anonymous' }]);
  });

  it('writes again by itself what was applied and is not so any more, and the server takes it over', async () => {
    const changed = await instance('changed');
    const file = join(directoryOf(changed), 'pg_hba.conf');
    const before = await readFile(file, 'utf8');
    await appendFile(file, 'host all all 0.0.0.0/0 trust\n');
    await until('it is written again', async () => (await readFile(file, 'utf8')) === before);
    await until('it is known to be over', async () => (await findings()).length === 0);
    expect(await findings({ resolved: true })).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'drifted', resource: file, resolution: 'repaired' })]),
    );
    const { dns_connection_string: url } = await toygres.instances.credentials(changed.id);
    const client = new Client(url);
    await client.connect();
    const { rows } = await client.query(`SELECT FROM pg_hba_file_rules WHERE auth_method = 'trust'`);
    await client.end();
    expect(rows).toEqual([]);
    await purge(changed);
  });

  it('says what is missing, which it can not make out of nothing', async () => {
    const empty = await stopped('empty');
    await rm(directoryOf(empty), { recursive: true });
    const [missing] = await found(1);
    expect(missing).toMatchObject({
      code: 'missing_resource',
      resource_kind: 'directory',
      repair: 'none',
      resource: null,
    });
    await expect(toygres.findings.repair(missing!.id)).rejects.toMatchObject({
      code: 'not_repairable',
      status: 409,
      message: `What is missing of "${empty.k8s_name}" can not be made out of nothing. Bring it back, or purge the instance.`,
    });
    await purge(empty);
    expect(await resolved(missing!)).toMatchObject({ resolution: 'gone' });
  });
});
