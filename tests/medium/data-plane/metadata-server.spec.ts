import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isServerOf, listPostgresProcesses } from '../../../server/src/platform/embedded-postgres/process-table.js';
import { MetadataServer } from '../../../server/src/platform/embedded-postgres/metadata-server.js';
import { resolveServerUser } from '../../../server/src/platform/embedded-postgres/server-user.js';
import { until } from '../../support/until.js';
import { makeReachableDirectory } from './local-home.js';

const never = new AbortController().signal;

describe('MetadataServer', { timeout: 60_000 }, () => {
  let directory: string;
  let home: string;

  const start = async () => MetadataServer.start(home, await resolveServerUser(), never);
  const query = async (url: string, sql: string): Promise<unknown[]> => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql)).rows as unknown[];
    } finally {
      await client.end();
    }
  };

  beforeEach(async () => {
    directory = await makeReachableDirectory();
    home = join(directory, 'home');
  });

  afterEach(async () => {
    await (await MetadataServer.find(home))?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('comes up as a durable PostgreSQL 18 on a Unix socket, for a role that is no superuser', async () => {
    const server = await start();
    expect(server.adopted).toBe(false);
    const [row] = await query(
      server.url,
      `SELECT current_database() AS database, rolsuper, current_setting('listen_addresses') AS addresses,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
              current_setting('server_version_num')::int / 10000 AS major
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(row).toEqual({
      database: 'toygres',
      rolsuper: false,
      addresses: '',
      fsync: 'on',
      synchronous_commit: 'on',
      major: 18,
    });
    expect((await stat(join(home, 'metadata', 'password'))).mode & 0o777).toBe(0o600);
  });

  it('gives a URL that node-postgres, TypeORM and WHATWG parse, and needs its password', async () => {
    const { url } = await start();
    expect(URL.canParse(url)).toBe(true);
    const dataSource = await new DataSource({ type: 'postgres', url }).initialize();
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await dataSource.destroy();
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is found and adopted while it runs, and keeps its data over a stop', async () => {
    expect(await MetadataServer.find(home)).toBeNull();
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    expect((await MetadataServer.find(home))?.url).toBe(first.url);
    await second.stop();
    await second.stop();
    expect(await MetadataServer.find(home)).toBeNull();
    const third = await start();
    expect(third.adopted).toBe(false);
    expect(await query(third.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('is made once when several start it for the first time at once', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    expect(new Set(servers.map(({ pid, url }) => `${pid} ${url}`)).size).toBe(1);
    expect(await query(servers[0].url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect((await readdir(home)).sort()).toEqual(['metadata', 'postgresql']);
  });

  it('starts although the lock of its socket names a process that is alive and no server of its', async () => {
    const { pid } = await start();
    process.kill(pid, 'SIGKILL');
    await until('it is dead', async () => !(await isServerOf(pid, join(home, 'metadata', 'data'))));
    const lock = join(home, 'metadata', 'socket', '.s.PGSQL.5432.lock');
    const lines = (await readFile(lock, 'utf8')).split('\n');
    // As after a restart of the machine, when the pid was given to somebody else.
    await writeFile(lock, [String(process.pid), ...lines.slice(1)].join('\n'));
    const again = await start();
    expect(await query(again.url, 'SELECT 42 AS answer')).toEqual([{ answer: 42 }]);
  });

  it('survives kill -9 of itself and all its children, with all that was committed', async () => {
    const { url, pid } = await start();
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const dataDirectory = join(home, 'metadata', 'data');
    const family = (await listPostgresProcesses()).filter((found) => found.directory === dataDirectory);
    expect(family.length).toBeGreaterThan(3);
    for (const member of [{ pid }, ...family]) {
      try {
        process.kill(member.pid, 'SIGKILL');
      } catch {
        // Its postmaster's death was faster.
      }
    }
    const again = await start();
    expect(again.pid).not.toBe(pid);
    expect(await isServerOf(again.pid, dataDirectory)).toBe(true);
    expect(await query(again.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('listens on loopback with a free port where the path of the socket would be too long', async () => {
    home = join(directory, 'a'.repeat(80), 'home');
    const server = await start();
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await query(server.url, "SELECT current_setting('listen_addresses') AS addresses")).toEqual([
      { addresses: '127.0.0.1' },
    ]);
  });

  it('leaves nothing half-made when the first start is given up, and starts then', async () => {
    const abort = new AbortController();
    const starting = MetadataServer.start(home, await resolveServerUser(), abort.signal);
    await expect
      .poll(async () => (await readdir(home).catch(() => [])).some((name) => name.endsWith('.staging')), {
        timeout: 30_000,
      })
      .toBe(true);
    abort.abort(new Error('given up'));
    await expect(starting).rejects.toThrow('given up');
    expect(await readdir(home)).toEqual(['postgresql']);
    expect(await query((await start()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says what the server said when it won’t start', async () => {
    const server = await start();
    await server.stop();
    await rm(join(home, 'metadata', 'data', 'global', 'pg_control'));
    await expect(start()).rejects.toMatchObject({
      code: 'server_exited',
      details: expect.stringContaining('pg_control') as unknown,
    });
    expect(await readFile(join(home, 'metadata', 'startup.log'), 'utf8')).not.toContain('SCRAM');
  });
});
