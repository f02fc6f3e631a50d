import fc from 'fast-check';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApi } from '../support/test-api.js';

interface ProblemBody {
  status: number;
  code: string;
  error: string;
  detail: string;
  instance: string;
  errors?: { pointer: string; code: string; message: string }[];
}

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.start();
});

afterAll(async () => {
  await api.close();
});

async function problem(response: Response): Promise<ProblemBody> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await response.json()) as ProblemBody;
  expect(body.status).toBe(response.status);
  expect(body.error.length).toBeGreaterThan(10);
  expect(body.detail).toBe(body.error);
  expect(body.instance).toBe(`urn:uuid:${response.headers.get('x-request-id') ?? ''}`);
  return body;
}

/** Sends bytes as they are, which fetch would not. */
function raw(options: {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Buffer | string;
}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        hostname,
        port,
        method: options.method ?? 'POST',
        path: options.path ?? '/api/instances',
        headers: options.headers ?? {},
      },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, body });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('bodies', () => {
  it.each([
    ['an unknown field', { colour: 'blue' }, '/colour', 'unknown_field'],
    ['a wrong type', { storage_size_gb: '10' }, '/storage_size_gb', 'invalid_type'],
    ['a fraction', { storage_size_gb: 10.5 }, '/storage_size_gb', 'invalid_type'],
    ['too little storage', { storage_size_gb: 9 }, '/storage_size_gb', 'too_small'],
    ['too much storage', { storage_size_gb: 1001 }, '/storage_size_gb', 'too_big'],
    ['no name', { name: undefined }, '/name', 'required'],
    ['a short name', { name: 'ab' }, '/name', 'name_length'],
    ['a name with capitals', { name: 'ProdDb' }, '/name', 'name_characters'],
    ['a punycode name', { name: 'xn--abc' }, '/name', 'name_punycode'],
    ['a name like an id', { name: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' }, '/name', 'name_uuid'],
    ['a weak password', { password: 'alllowercase1' }, '/password', 'password_upper'],
    ['a password with the name', { password: 'My-proddb-2026' }, '/password', 'password_contains_name'],
    ['a bad tag key', { tags: { '-x': 'y' } }, '/tags/-x', 'tag_key'],
    ['a bad tag value', { tags: { 'a/b': '-' } }, '/tags/a~1b', 'tag_value'],
    ['a tag that is no text', { tags: { a: 1 } }, '/tags/a', 'invalid_type'],
  ])('refuses %s by pointer', async (_what, changes, pointer, code) => {
    const body = await problem(await api.post('/api/instances', TestApi.body(changes)));
    expect(body).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
  });

  it.each([
    ['a version that is not offered', { postgres_version: '9' }, 'unsupported', '/postgres_version'],
    ['a namespace that is not allowed', { namespace: 'kube-system' }, 'unsupported', '/namespace'],
    ['a load balancer on this machine', { use_load_balancer: true }, 'unsupported', '/use_load_balancer'],
  ])('refuses %s with 422', async (_what, changes, code, pointer) => {
    const body = await problem(await api.post('/api/instances', TestApi.body(changes)));
    expect(body).toMatchObject({ status: 422, code });
    expect(body.errors?.[0]?.pointer).toBe(pointer);
  });

  it('reports every fault at once', async () => {
    const body = await problem(await api.post('/api/instances', { name: 'A', password: 'x', extra: 1 }));
    expect(body.errors?.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/name', '/postgres_version', '/storage_size_gb', '/extra']),
    );
  });

  it.each([
    ['broken JSON', '{"name":', 400, 'invalid_json'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'invalid_utf8'],
    ['a NUL character', '{"name":"pro\\u0000db"}', 400, 'invalid_utf8'],
    ['half a surrogate pair', '{"name":"pro\\ud800db"}', 400, 'invalid_utf8'],
    ['an array', '[]', 400, 'validation_failed'],
    ['null', 'null', 400, 'validation_failed'],
    ['a prototype', '{"__proto__":{"name":"x"}}', 400, 'validation_failed'],
    ['nothing', '', 400, 'validation_failed'],
    ['more than 256 kB', JSON.stringify({ name: 'x'.repeat(300_000) }), 413, 'body_too_large'],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400, undefined],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await raw({ headers: JSON_TYPE, body });
    expect(answer.status).toBe(status);
    const parsed = JSON.parse(answer.body) as ProblemBody;
    expect(parsed.error).toBeTruthy();
    if (code !== undefined) {
      expect(parsed.code).toBe(code);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'refuses a body of type %s',
    async (type) => {
      expect(await raw({ headers: { 'Content-Type': type }, body: 'name=proddb' })).toMatchObject({ status: 415 });
    },
  );

  it('never answers 5xx, whatever JSON it is sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (text) => {
        const { status } = await raw({ headers: JSON_TYPE, body: text });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it('never answers 5xx, whatever the fields hold', async () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.constant(null), fc.object());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('name', 'password', 'postgres_version', 'storage_size_gb', 'namespace', 'tags'),
        anything,
        async (field, value) => {
          const response = await api.post('/api/instances', TestApi.body({ [field]: value, unknown: 1 }));
          expect(response.status).toBe(400);
          await response.arrayBuffer();
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('paths and parameters', () => {
  it('says that there is no such instance, whatever the name looks like', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }).filter((name) => !/^\.{1,2}$/.test(name)),
        async (name) => {
          fc.pre(name.isWellFormed());
          const { status } = await raw({ method: 'GET', path: `/api/instances/${encodeURIComponent(name)}` });
          expect([400, 404]).toContain(status);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ['/api/instances?limit=0', 'limit'],
    ['/api/instances?limit=101', 'limit'],
    ['/api/instances?page=0', 'page'],
    ['/api/instances?page=x', 'page'],
    ['/api/instances?sort=password', 'sort'],
    ['/api/instances?state=broken', 'state.0'],
    ['/api/instances?tag=nocolon', 'tag.0'],
    ['/api/instances?created_after=yesterday', 'created_after'],
    ['/api/instances?colour=blue', 'colour'],
    ['/api/orchestrations?status=x', 'status.0'],
    ['/api/orchestrations?instance_id=x', 'instance_id'],
  ])('refuses %s', async (path, parameter) => {
    const body = await problem(await api.get(path));
    expect(body).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(body.errors?.map(({ pointer }) => pointer)).toContain(parameter);
  });

  it.each(['/api/instances/%00', '/api/names/%00abc', '/api/instances?search=%00'])(
    'refuses a NUL in %s',
    async (path) => {
      expect(await raw({ method: 'GET', path })).toMatchObject({ status: 400 });
    },
  );

  it('refuses an escape that can not be decoded', async () => {
    expect(await problem(await api.get('/api/instances/%zz'))).toMatchObject({ status: 400, code: 'invalid_url' });
  });

  it('finds nothing by a name of any length', async () => {
    const name = 'a'.repeat(10_000);
    expect(await problem(await api.get(`/api/instances/${name}`))).toMatchObject({ code: 'instance_not_found' });
    expect(await problem(await api.get(`/api/orchestrations/${name}`))).toMatchObject({
      code: 'orchestration_not_found',
    });
  });

  it('treats SQL and patterns in a search as text', async () => {
    for (const search of [`'; DROP TABLE instances; --`, '%', '_', '\\', 'a%b']) {
      const response = await api.get(`/api/instances?search=${encodeURIComponent(search)}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ instances: [], total: 0, pages: 1 });
    }
  });

  it('names what is not there', async () => {
    expect(await problem(await api.get('/api/nothing'))).toMatchObject({ status: 404, code: 'route_not_found' });
    expect(await problem(await api.get('/api/orchestrations/none'))).toMatchObject({ code: 'orchestration_not_found' });
    expect(await problem(await api.get('/api/instances/proddb'))).toMatchObject({ code: 'instance_not_found' });
    const gone = await fetch(`${api.url}/api/instances/proddb`, { method: 'DELETE' });
    expect(await problem(gone)).toMatchObject({ code: 'instance_not_found' });
  });
});

describe('methods', () => {
  const INSTANCE = '/api/instances/proddb';

  it.each([
    ['PUT', '/api/instances', ['GET', 'HEAD', 'POST']],
    ['DELETE', '/api/instances?page=1', ['GET', 'HEAD', 'POST']],
    ['POST', INSTANCE, ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['PUT', INSTANCE, ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['OPTIONS', INSTANCE, ['DELETE', 'GET', 'HEAD', 'PATCH']],
    ['POST', `${INSTANCE}/credentials`, ['GET', 'HEAD']],
    ['DELETE', '/api/orchestrations/create-proddb', ['GET', 'HEAD']],
    ['POST', '/health', ['GET', 'HEAD']],
    ['POST', '/docs', ['GET', 'HEAD']],
  ])('%s is not possible at %s', async (method, path, allowed) => {
    const response = await fetch(api.url + path, { method });
    expect(response.headers.get('allow')?.split(', ')).toEqual(allowed);
    const body = await problem(response);
    expect(body).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(body.error).toBe(`${method} is not possible here. Possible: ${allowed.join(', ')}.`);
  });

  it('says that a path is unknown whatever the method', async () => {
    for (const path of ['/api/nothing', '/api/instances/', `${INSTANCE}/`, `${INSTANCE}/nothing`, '/api/names']) {
      const response = await fetch(api.url + path, { method: 'PUT' });
      expect(response.headers.get('allow')).toBeNull();
      expect(await problem(response)).toMatchObject({ status: 404, code: 'route_not_found' });
    }
  });
});

describe('an api without a console', () => {
  it('leads from its front page to the documentation, and has no pages', async () => {
    const front = await fetch(`${api.url}/`, { redirect: 'manual' });
    expect([front.status, front.headers.get('location')]).toEqual([302, '/docs']);
    expect((await api.get('/')).url).toBe(`${api.url}/docs`);
    for (const path of ['/instances', '/de/', '/nonsense', '/tsconfig.json']) {
      const answer = await problem(await api.get(path, { Accept: 'text/html' }));
      expect(answer).toMatchObject({ status: 404, code: 'route_not_found' });
    }
  });
});

describe('who may ask', () => {
  it.each(['evil.example', 'evil.example:8080', '169.254.169.254'])('refuses the Host "%s"', async (host) => {
    const answer = await raw({ method: 'GET', path: '/api/instances', headers: { Host: host } });
    expect([400, 403]).toContain(answer.status);
  });

  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1', '[::1]:80'])('answers to the Host "%s"', async (host) => {
    expect(await raw({ method: 'GET', path: '/api/instances', headers: { Host: host } })).toMatchObject({
      status: 200,
    });
  });

  it('refuses a write from a page of another origin', async () => {
    const headers = { Origin: 'https://evil.example' };
    expect(await problem(await api.post('/api/instances', TestApi.body(), headers))).toMatchObject({
      code: 'origin_not_allowed',
    });
    expect(await raw({ headers: { ...JSON_TYPE, Origin: 'null' }, body: '{}' })).toMatchObject({ status: 403 });
    expect(await raw({ headers: { ...JSON_TYPE, 'Sec-Fetch-Site': 'cross-site' }, body: '{}' })).toMatchObject({
      status: 403,
    });
    const same = await api.post('/api/instances', {}, { Origin: api.url });
    expect(same.status).toBe(400);
  });

  it('sends no CORS headers unless origins are configured, and security headers always', async () => {
    const response = await api.get('/api/instances', { Origin: 'https://evil.example' });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-frame-options')).not.toBeNull();
  });

  it('allows a configured origin', async () => {
    const other = await TestApi.start({ corsOrigins: ['https://console.example'], allowedHosts: ['toygres.example'] });
    try {
      const response = await other.get('/api/instances', { Origin: 'https://console.example' });
      expect(response.headers.get('access-control-allow-origin')).toBe('https://console.example');
      const write = await other.post('/api/instances', {}, { Origin: 'https://console.example' });
      expect(write.status).toBe(400);
      const preflight = await fetch(`${other.url}/api/instances`, {
        method: 'OPTIONS',
        headers: { Origin: 'https://console.example', 'Access-Control-Request-Method': 'POST' },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('https://console.example');
      expect(await problem(await fetch(`${other.url}/api/nothing`, { method: 'PUT' }))).toMatchObject({ status: 404 });
      expect((await fetch(`${other.url}/api/instances`, { method: 'PUT' })).status).toBe(405);
      const foreign = await other.get('/api/instances', { Origin: 'https://evil.example' });
      expect(foreign.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    } finally {
      await other.close();
    }
  });
});
