import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { InstanceSpec } from '../../../server/src/data-plane/data-plane.js';
import type { LocalDataPlane } from '../../../server/src/data-plane/local/local-data-plane.js';
import type { Orders } from './control-plane.js';
import { LocalHome, newSpec, occupy, SUPERUSER_PASSWORD } from './local-home.js';

const never = new AbortController().signal;
const STEPS = ['reserve', 'prepareVolume', 'configure', 'start'] as const;

describe('LocalDataPlane', { timeout: 120_000 }, () => {
  let home: LocalHome;
  let plane: LocalDataPlane;
  const made: InstanceSpec[] = [];

  const create = async (using = plane, spec?: InstanceSpec): Promise<InstanceSpec> => {
    const wanted = spec ?? (await spare());
    for (const step of STEPS) {
      await using[step](wanted, never);
    }
    return wanted;
  };
  const spare = async (changes: Partial<InstanceSpec> = {}): Promise<InstanceSpec> => {
    const spec = await newSpec(changes);
    made.push(spec);
    return spec;
  };
  const portOf = async (spec: InstanceSpec) => (await plane.endpoint(spec, never)).port;
  const pathOf = (spec: InstanceSpec, ...names: string[]) => join(home.path, 'instances', spec.k8sName, ...names);
  const connect = async (spec: InstanceSpec): Promise<pg.Client> => {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: await portOf(spec),
      user: 'postgres',
      password: SUPERUSER_PASSWORD,
    });
    client.on('error', () => undefined);
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  };
  const stranger = async (port: number): Promise<Server> => {
    const server = await occupy(port);
    onTestFinished(() => void server.close());
    return server;
  };

  beforeAll(async () => {
    home = await LocalHome.make();
    plane = await home.plane();
  });

  afterEach(async () => {
    for (const spec of made.splice(0)) {
      await plane.remove(spec, never);
    }
  });

  afterAll(() => home.remove());

  describe('ports', () => {
    const first = 19_000 + (process.pid % 900);
    const narrow = { instancePorts: { first, last: first + 1 } };

    it('skips a port that a stranger uses and takes the next', async () => {
      await stranger(first);
      const spec = await spare();
      await (await home.plane(narrow)).reserve(spec, never);
      expect(await portOf(spec)).toBe(first + 1);
    });

    it('gives the lowest free port again after a removal, and one port to each of many at once', async () => {
      const specs = await Promise.all(Array.from({ length: 20 }, () => spare()));
      await Promise.all(specs.map((spec) => plane.reserve(spec, never)));
      const ports = await Promise.all(specs.map(portOf));
      expect(new Set(ports).size).toBe(20);
      const lowest = Math.min(...ports);
      await plane.remove(specs[ports.indexOf(lowest)] ?? (await newSpec()), never);
      const next = await spare();
      await plane.reserve(next, never);
      expect(await portOf(next)).toBe(lowest);
    });

    it('says what to do when the range is exhausted, and holds nothing', async () => {
      const small = await home.plane(narrow);
      await small.reserve(await spare(), never);
      await small.reserve(await spare(), never);
      const late = await spare();
      const refusal = {
        code: 'insufficient_capacity',
        message: expect.stringContaining('TOYGRES_INSTANCE_PORTS') as unknown,
      };
      await expect(small.reserve(late, never)).rejects.toMatchObject(refusal);
      await expect(small.admit(late)).rejects.toMatchObject(refusal);
      await expect(plane.endpoint(late, never)).rejects.toMatchObject({ code: 'not_ready' });
    });

    it('takes another port when a stranger comes before the first start', async () => {
      const spec = await spare();
      await plane.reserve(spec, never);
      await plane.prepareVolume(spec, never);
      await plane.configure(spec, never);
      const before = await portOf(spec);
      await stranger(before);
      await plane.start(spec, never);
      expect(await portOf(spec)).not.toBe(before);
      expect((await (await connect(spec)).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });

    it('keeps its port when somebody else only looks whether it is free', async () => {
      const spec = await spare();
      await plane.reserve(spec, never);
      await plane.prepareVolume(spec, never);
      await plane.configure(spec, never);
      const before = await portOf(spec);
      const server = await stranger(before);
      setTimeout(() => server.close(), 20);
      await plane.start(spec, never);
      expect(await portOf(spec)).toBe(before);
    });

    it('keeps the port that clients know, and fails while a stranger uses it', async () => {
      const spec = await create();
      const port = await portOf(spec);
      await plane.stop(spec, never);
      const server = await occupy(port, '::1').catch(() => occupy(port));
      await expect(plane.start(spec, never)).rejects.toMatchObject({ code: 'port_in_use', retryable: true });
      await new Promise((resolve) => server.close(resolve));
      await plane.start(spec, never);
      expect(await portOf(spec)).toBe(port);
    });
  });

  it('refuses a create when the disk is nearly full', async () => {
    const full = await home.plane({ minFreeDiskGb: 1e9 });
    const spec = await spare();
    const refusal = {
      code: 'insufficient_capacity',
      message: expect.stringContaining('TOYGRES_MIN_FREE_DISK_GB') as unknown,
    };
    await expect(full.admit(spec)).rejects.toMatchObject(refusal);
    await expect(full.reserve(spec, never)).rejects.toMatchObject(refusal);
    expect((await full.capacity()).disk?.freeBytes).toBeGreaterThan(0);
  });

  describe('pool', () => {
    const poolOf = (major: string) => join(home.path, 'pool', major);
    const readyIn = async (major: string) =>
      (await readdir(poolOf(major)).catch(() => [])).filter((name) => !name.startsWith('.'));

    it('is filled for every version, drawn from, and filled again', async () => {
      const pooled = await home.plane({ poolSize: 1 });
      const leftover = join(poolOf('18'), '.dead.0123456789ab.staging');
      await mkdir(leftover, { recursive: true });
      await utimes(leftover, 0, 0);
      const end = new AbortController();
      const refilling = pooled.startRefilling(end.signal);
      onTestFinished(async () => {
        end.abort();
        await refilling;
      });
      for (const major of ['18', '17', '16', '15']) {
        await expect.poll(() => readyIn(major), { timeout: 60_000 }).toHaveLength(1);
      }
      await expect(access(leftover)).rejects.toThrow();

      const [name] = await readyIn('18');
      const { ino } = await stat(join(poolOf('18'), name ?? ''));
      const spec = await create(pooled);
      expect((await stat(pathOf(spec, 'data'))).ino).toBe(ino);
      await expect.poll(() => readyIn('18'), { timeout: 60_000 }).toEqual([expect.not.stringContaining(name ?? '')]);
    });

    it('stops refilling at once and leaves nothing half-made', async () => {
      const end = new AbortController();
      const bigger = await home.plane({ poolSize: 50 });
      const refilling = bigger.startRefilling(end.signal);
      await expect
        .poll(async () => (await readdir(poolOf('18'))).some((name) => name.endsWith('.staging')), { timeout: 60_000 })
        .toBe(true);
      end.abort();
      await refilling;
      expect((await readdir(poolOf('18'))).filter((name) => name.startsWith('.'))).toEqual([]);
    });
  });

  describe('a server that won’t run', () => {
    it('is reported with its own words', async () => {
      const spec = await create();
      await plane.stop(spec, never);
      await writeFile(pathOf(spec, 'user.conf'), "shared_buffers = 'plenty'\n");
      await expect(plane.start(spec, never)).rejects.toMatchObject({
        code: 'server_exited',
        details: expect.stringContaining('shared_buffers') as unknown,
      });
      expect(await plane.observe(spec)).toMatchObject({
        status: 'exited',
        pid: null,
        fault: { code: 'server_exited', reason: expect.stringContaining('configuration file') as unknown },
      });
      await writeFile(pathOf(spec, 'user.conf'), "work_mem = '5MB'\n");
      await plane.start(spec, never);
      expect((await (await connect(spec)).query('SHOW work_mem')).rows).toEqual([{ work_mem: '5MB' }]);
    });

    it('can’t be led astray by settings that are ours', async () => {
      const spec = await create();
      const port = await portOf(spec);
      await (await connect(spec)).query("ALTER SYSTEM SET listen_addresses = '*'");
      await (await connect(spec)).query('ALTER SYSTEM SET port = 1');
      await plane.stop(spec, never);
      await writeFile(pathOf(spec, 'user.conf'), "port = 2\nlisten_addresses = '*'\n");
      await plane.start(spec, never);
      expect(
        (
          await (
            await connect(spec)
          ).query("SELECT current_setting('listen_addresses') AS addresses, current_setting('port')::int AS port")
        ).rows,
      ).toEqual([{ addresses: '127.0.0.1', port }]);
    });

    it('is started although its stale lock names a living process, which is left alone', async () => {
      const spec = await create();
      await plane.stop(spec, never);
      const lock = ['', pathOf(spec, 'data'), '0', '1', '', '127.0.0.1', '', 'ready', ''];
      await writeFile(pathOf(spec, 'data', 'postmaster.pid'), [home.metadata.pid, ...lock.slice(1)].join('\n'));
      expect(await plane.observe(spec)).toMatchObject({ status: 'stopped' });
      await plane.start(spec, never);
      expect((await plane.observe(spec)).pid).not.toBe(home.metadata.pid);
      expect((await home.dataSource.query('SELECT 1 AS one')) as unknown).toEqual([{ one: 1 }]);
    });

    it('is started although a busy child of its killed predecessor lives on', async () => {
      const spec = await create();
      const client = await connect(spec);
      const busy = client.query('DO $$ BEGIN LOOP END LOOP; END $$').catch(() => undefined);
      const watcher = await connect(spec);
      const countBusy = async () =>
        (await watcher.query("SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO%'")).rowCount;
      await expect.poll(countBusy, { timeout: 30_000 }).toBe(1);
      process.kill((await plane.observe(spec)).pid ?? 0, 'SIGKILL');
      await expect.poll(() => plane.observe(spec), { timeout: 30_000 }).toMatchObject({ status: 'exited' });
      await plane.start(spec, never);
      await busy;
      expect((await (await connect(spec)).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });
  });

  it('overlooks a file among the directories, and a label that can not be read', async () => {
    const spec = await spare();
    await plane.prepareVolume(spec, never);
    const [stray, damaged] = ['stray', 'damaged'].map((name) => join(home.path, 'instances', name));
    onTestFinished(async () => {
      await rm(stray ?? '');
      await rm(damaged ?? '', { recursive: true });
    });
    await writeFile(stray ?? '', 'Somebody has put it here.');
    await mkdir(damaged ?? '');
    await writeFile(join(damaged ?? '', 'instance.json'), '{');
    const directories = (await plane.list()).filter(({ kind }) => kind === 'directory');
    expect(directories.map(({ k8sName }) => k8sName)).toEqual([spec.k8sName]);
  });

  it('sees the death of a server that another process has started', async () => {
    const spec = await create();
    const successor = await home.plane();
    const end = new AbortController();
    const died = new Promise<string>((resolve) => void successor.watch(resolve, end.signal));
    onTestFinished(() => end.abort());
    process.kill((await plane.observe(spec)).pid ?? 0, 'SIGKILL');
    expect(await died).toBe(spec.instanceId);
  });

  it('leaves no shared memory behind when a killed server is removed', async (context) => {
    context.skip(process.platform !== 'linux', 'only Linux shows its shared memory as files');
    const shared = async () => [await readFile('/proc/sysvipc/shm', 'utf8'), ...(await readdir('/dev/shm'))].join('\n');
    const spec = await create();
    const lock = await readFile(pathOf(spec, 'data', 'postmaster.pid'), 'utf8');
    const segment = lock.split('\n')[6]?.trim().split(/\s+/)[1] ?? 'none';
    const shows = new RegExp(`^\\s*-?\\d+\\s+${segment}\\s`, 'm');
    expect(await shared()).toMatch(shows);
    process.kill((await plane.observe(spec)).pid ?? 0, 'SIGKILL');
    await plane.remove(spec, never);
    expect(await shared()).not.toMatch(shows);
  });

  it('writes no verifier anywhere but into the server', async () => {
    const spec = await create();
    for (const name of ['instance.json', 'postgresql.conf', 'pg_hba.conf', 'startup.log']) {
      expect(await readFile(pathOf(spec, name), 'utf8')).not.toContain('SCRAM-SHA-256$');
    }
    const log = await Array.fromAsync(await plane.logs(spec, { tailLines: 1_000 }, never));
    expect(log.map(({ text }) => text).join('\n')).not.toContain('SCRAM-SHA-256$');
    expect(await readFile(pathOf(spec, 'pg_hba.conf'), 'utf8')).not.toContain('trust');
  });

  describe('when the control plane is killed', () => {
    const startControlPlane = (
      spec: InstanceSpec,
    ): { process: ChildProcess; said: (word: string) => Promise<void> } => {
      const orders: Orders = { config: home.config(), databaseUrl: home.metadata.url, spec };
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'run-control-plane.mjs'), JSON.stringify(orders)],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      onTestFinished(() => void child.kill('SIGKILL'));
      const lines = createInterface(child.stdout);
      const words = new Set<string>();
      lines.on('line', (line) => words.add(line));
      return {
        process: child,
        said: async (word) => {
          while (!words.has(word)) {
            await once(lines, 'line');
          }
        },
      };
    };

    it('keeps its servers running and adopts them with the same pid', async () => {
      const spec = await spare();
      const controlPlane = startControlPlane(spec);
      await controlPlane.said('done');
      const { pid } = await plane.observe(spec);
      const client = await connect(spec);
      controlPlane.process.kill('SIGKILL');
      await once(controlPlane.process, 'exit');
      await plane.start(spec, never);
      expect(await plane.observe(spec)).toMatchObject({ status: 'running', pid });
      expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    });

    const found = async (path: string, text = '') =>
      (await readFile(path, 'utf8').catch(() => null))?.includes(text) === true;
    const STAGES: Readonly<Record<string, (spec: InstanceSpec) => Promise<boolean>>> = {
      'nothing was done': () => Promise.resolve(true),
      'initdb began': async (spec) =>
        (await readdir(pathOf(spec)).catch(() => [])).some((name) => name.endsWith('.staging')),
      'initdb had written much': async (spec) => {
        const [staging] = (await readdir(pathOf(spec)).catch(() => [])).filter((name) => name.endsWith('.staging'));
        return staging !== undefined && found(pathOf(spec, staging, 'global', 'pg_control'));
      },
      'the data directory was there': (spec) => found(pathOf(spec, 'data', 'PG_VERSION')),
      'postgres --single ran': (spec) => found(pathOf(spec, 'data', 'postmaster.pid'), '-'),
      'it was configured': (spec) => found(pathOf(spec, 'instance.json'), '"configuredWith": "'),
      'the server was starting': async (spec) =>
        (await found(pathOf(spec, 'instance.json'), '"running"')) &&
        (await found(pathOf(spec, 'data', 'postmaster.pid'))),
      'the server was ready': (spec) => found(pathOf(spec, 'data', 'postmaster.pid'), 'ready'),
    };

    it.each(Object.entries(STAGES))('after %s, a repeat ends with one server and one directory', async (_, reached) => {
      const spec = await spare();
      const controlPlane = startControlPlane(spec);
      await controlPlane.said('begin');
      await vi.waitUntil(() => reached(spec), { interval: 1, timeout: 60_000 });
      controlPlane.process.kill('SIGKILL');
      await once(controlPlane.process, 'exit');
      await create(plane, spec);
      expect((await (await connect(spec)).query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
      const owned = (await plane.list()).filter(({ instanceId }) => instanceId === spec.instanceId);
      expect(owned.map(({ kind }) => kind).sort()).toEqual(['directory', 'port', 'process']);
      expect((await readdir(pathOf(spec))).filter((name) => name.endsWith('.staging'))).toEqual([]);
    });
  });
});
