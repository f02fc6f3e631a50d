import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame, json, openStream, ScriptedServer } from '../spec/scripted-server.js';
import { createToygres } from './toygres.js';

const NEW = { name: 'proddb', password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 };
const ID = '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11';

describe('instances.all', () => {
  it('gives every instance once, whatever the number of pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 350 }), async (count) => {
        const instances = Array.from({ length: count }, (_, index) => ({ id: String(index) }));
        const pages: number[] = [];
        const fetch = (input: string | URL | Request): Promise<Response> => {
          const { searchParams } = new URL((input as Request).url);
          const page = Number(searchParams.get('page'));
          const limit = Number(searchParams.get('limit'));
          pages.push(page);
          return Promise.resolve(
            Response.json({
              instances: instances.slice((page - 1) * limit, page * limit),
              total: count,
              page,
              pages: Math.max(1, Math.ceil(count / limit)),
            }),
          );
        };
        const read: unknown[] = [];
        for await (const instance of createToygres({ baseUrl: 'http://toygres.test', fetch }).instances.all()) {
          read.push(instance);
        }
        expect(read).toEqual(instances);
        expect(pages).toEqual(Array.from({ length: Math.max(1, Math.ceil(count / 100)) }, (_, index) => index + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('asks as the API wants to be asked, and no more than is needed', async () => {
    await using server = await ScriptedServer.start((_request, response, page) => {
      json(response, 200, { instances: [{ id: `a${String(page)}` }, { id: 'again' }], total: 4, page, pages: 3 });
    });
    const toygres = createToygres({ baseUrl: `${server.url}/`, headers: async () => ({ 'X-Team': 'core' }) });
    const ids: string[] = [];
    for await (const { id } of toygres.instances.all({
      state: ['running', 'failed'],
      tag: ['a:b', 'c:d'],
      search: undefined,
    })) {
      ids.push(id);
      if (ids.length === 3) {
        break;
      }
    }
    expect(ids).toEqual(['a1', 'again', 'a2']);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/instances?sort=created_at&state=running,failed&tag=a%3Ab&tag=c%3Ad&page=1&limit=100',
      '/api/instances?sort=created_at&state=running,failed&tag=a%3Ab&tag=c%3Ad&page=2&limit=100',
    ]);
    expect(server.requests[0]?.headers['x-team']).toBe('core');
  });
});

describe('instances.create', () => {
  it('asks again with the same key when the answer is lost', async () => {
    await using server = await ScriptedServer.start((_request, response, attempt) => {
      if (attempt === 1) {
        response.destroy();
      } else {
        json(response, 202, { instance_id: ID });
      }
    });
    const toygres = createToygres({ baseUrl: server.url });
    await expect(toygres.instances.create({ ...NEW, namespace: undefined })).resolves.toEqual({ instance_id: ID });
    const [first, second] = server.requests;
    expect(first?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(JSON.parse(second?.body ?? '')).toEqual(NEW);
  });

  it('takes a new key for every call, or the one that it is given', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      json(response, 202, {});
    });
    const { instances } = createToygres({ baseUrl: server.url });
    await instances.create(NEW);
    await instances.create(NEW);
    await instances.create(NEW, { idempotencyKey: 'mine' });
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe('mine');
  });

  it('does not ask again when the server has answered', async () => {
    await using server = await ScriptedServer.start((_request, response) => {
      json(response, 409, {
        status: 409,
        code: 'name_taken',
        error: 'The name "proddb" is held by a running instance.',
      });
    });
    await expect(createToygres({ baseUrl: server.url }).instances.create(NEW)).rejects.toMatchObject({
      code: 'name_taken',
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('instances.waitUntil', () => {
  /** A server whose instance goes through states; each is announced when it is reached, in a connection of its own. */
  function serverOf(states: readonly Record<string, unknown>[]): Promise<ScriptedServer> {
    let state = 0;
    return ScriptedServer.start(({ url }, response) => {
      if (url.startsWith('/api/events')) {
        openStream(response, state);
        state = Math.min(state + 1, states.length - 1);
        response.end(frame(state, 'orchestration.progress') + frame(state + 1, 'instance.state_changed'));
      } else {
        json(response, 200, { id: ID, user_name: 'proddb', ...states[state] });
      }
    });
  }

  it('waits through cuts until the state is reached', async () => {
    await using server = await serverOf([{ state: 'creating' }, { state: 'creating' }, { state: 'running' }]);
    const { instances } = createToygres({ baseUrl: server.url });
    await expect(instances.waitUntil('proddb', 'running')).resolves.toMatchObject({ id: ID, state: 'running' });
    expect(server.requests[0]?.url).toBe('/api/instances/proddb');
    expect(server.requests.slice(1).every(({ url }) => url.includes(ID))).toBe(true);
  });

  it('opens no stream when the state is there already', async () => {
    await using server = await serverOf([{ state: 'running' }]);
    await createToygres({ baseUrl: server.url }).instances.waitUntil('proddb', 'running');
    expect(server.requests).toHaveLength(1);
  });

  it('ends with the reason when the instance fails', async () => {
    const failed = {
      state: 'failed',
      failure_code: 'port_in_use',
      failure_reason: 'Port 15432 is in use by another program.',
    };
    await using server = await serverOf([{ state: 'creating' }, failed]);
    await expect(createToygres({ baseUrl: server.url }).instances.waitUntil('proddb', 'running')).rejects.toMatchObject(
      {
        name: 'InstanceFailedError',
        code: 'port_in_use',
        message: 'Port 15432 is in use by another program.',
        instance: { state: 'failed' },
      },
    );
  });

  it('ends when the instance is deleted instead', async () => {
    await using server = await serverOf([
      { state: 'deleting' },
      { state: 'deleted', failure_code: null, failure_reason: null },
    ]);
    await expect(createToygres({ baseUrl: server.url }).instances.waitUntil('proddb', 'running')).rejects.toMatchObject(
      {
        code: 'instance_deleted',
        message: '"proddb" is deleted.',
      },
    );
  });

  it('bears that the server is away or fails for a while', async () => {
    let reads = 0;
    await using server = await ScriptedServer.start(({ url }, response) => {
      if (url.startsWith('/api/events')) {
        openStream(response, 0);
        return;
      }
      reads += 1;
      if (reads > 1 && reads < 5) {
        response.destroy(); // three times: more than a single call bears
      } else {
        json(response, 200, { id: ID, state: reads === 1 ? 'creating' : 'running' });
      }
    });
    const { instances } = createToygres({ baseUrl: server.url });
    await expect(instances.waitUntil('proddb', 'running')).resolves.toMatchObject({ state: 'running' });
  });

  it('waits no longer than its signal allows', async () => {
    const stop = new AbortController();
    await using server = await ScriptedServer.start(({ url }, response) => {
      if (url.startsWith('/api/events')) {
        stop.abort();
      } else {
        json(response, 200, { id: ID, state: 'creating' });
      }
    });
    const { instances } = createToygres({ baseUrl: server.url });
    await expect(instances.waitUntil('proddb', 'running', { signal: stop.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
