import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InstanceSecrets } from '../../server/src/features/instances/index.js';
import { type InstanceColumns, instanceRow, insertInstances } from '../support/rows.js';
import { freePort } from '../support/servers.js';
import { TestApi } from '../support/test-api.js';

const PASSWORD = 'Canary-Pässword-1';

let api: TestApi;
let servers: Server[] = [];
let sockets: Socket[] = [];

beforeAll(async () => {
  api = await TestApi.start();
});

afterEach(async () => {
  sockets.forEach((socket) => {
    socket.destroy();
  });
  servers.forEach((server) => server.close());
  servers = [];
  sockets = [];
  await api.database.query('DELETE FROM instances');
});

afterAll(async () => {
  await api.close();
});

/** Something that listens and is no PostgreSQL. @returns its port */
async function listen(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function insert(changes: Partial<InstanceColumns>): Promise<InstanceColumns> {
  const row = instanceRow({ endpoint_host: 'localhost', endpoint_ip: '127.0.0.1', ...changes });
  const { superuserSecret } = api.app.get(InstanceSecrets, { strict: false }).seal(row.id, PASSWORD);
  await insertInstances(api.database, [{ ...row, superuser_secret: superuserSecret }]);
  return row;
}

async function test(name: string): Promise<{ status: number; body: Record<string, unknown>; text: string }> {
  const response = await fetch(`${api.url}/api/instances/${name}/test-connection`, { method: 'POST' });
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as Record<string, unknown>, text };
}

/** A message of the PostgreSQL protocol: its kind, its length, what it holds. */
function message(kind: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
}

describe('POST /api/instances/:name/test-connection', () => {
  it('knows no instance that is not there', async () => {
    expect(await test('none')).toMatchObject({ status: 404, body: { code: 'instance_not_found' } });
  });

  it('says that there is no endpoint yet, or none any more', async () => {
    const creating = await insert({ state: 'creating', endpoint_host: null, endpoint_ip: null });
    expect(await test(creating.name)).toMatchObject({ status: 409, body: { code: 'endpoint_unknown' } });
    const purged = await insert({ state: 'purged', endpoint_port: 1 });
    expect(await test(purged.id)).toMatchObject({ status: 409, body: { code: 'endpoint_unknown' } });
  });

  it('says that nothing listens', async () => {
    const port = await freePort();
    const { name } = await insert({ endpoint_port: port });
    const begun = Date.now();
    const { status, body } = await test(name);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ok: false,
        response_time_ms: null,
        server_version: null,
        error: `Nothing listens at localhost:${String(port)}: the connection was refused.`,
        tested_at: expect.any(String) as string,
      },
    });
    expect(Date.parse(body['tested_at'] as string)).toBeGreaterThanOrEqual(begun);
  });

  it('says that the server hung up', async () => {
    const { name } = await insert({ endpoint_port: await listen((socket) => socket.destroy()) });
    expect((await test(name)).body).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^The connection to localhost:\d+ failed: [^.]+\.$/) as string,
    });
  });

  it('gives up after five seconds on a server that takes the connection and is silent', async () => {
    const { name } = await insert({ endpoint_port: await listen((socket) => socket.resume()) });
    const begun = performance.now();
    expect((await test(name)).body).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^There was no answer from localhost:\d+ within 5 seconds\.$/) as string,
    });
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it('gives up after five seconds also when it is the query that is not answered', async () => {
    const port = await listen((socket) => {
      // Whoever comes may enter; what he asks is not answered.
      const ready = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', 'I')]);
      socket.once('data', () => socket.write(ready));
    });
    const { name } = await insert({ endpoint_port: port });
    const begun = performance.now();
    expect((await test(name)).body).toMatchObject({ ok: false, error: expect.stringContaining('5 seconds') as string });
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it('never tells the password, even when the server does', async () => {
    const heard: string[] = [];
    const port = await listen((socket) => {
      const cleartext = Buffer.from([0, 0, 0, 3]);
      socket.once('data', () => {
        socket.write(message('R', cleartext));
        socket.once('data', (data) => {
          const password = data.subarray(5, -1).toString();
          heard.push(password);
          socket.write(message('E', 'SFATAL\0', 'C28000\0', `Mno entry with "${password}"\0`, '\0'));
        });
      });
    });
    const { name } = await insert({ endpoint_port: port });
    const { body, text } = await test(name);
    expect(heard).toEqual([PASSWORD]);
    expect(text).not.toContain(PASSWORD);
    expect(body).toMatchObject({
      ok: false,
      error: `The connection to localhost:${String(port)} failed: no entry with "***".`,
    });
  });
});
