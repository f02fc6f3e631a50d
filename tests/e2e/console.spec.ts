import { rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToygres } from '#sdk';
import manifest from '../../package.json' with { type: 'json' };
import { ServerProcess } from '../support/server-process.js';
import { temporaryHome } from '../support/servers.js';
import { TestDatabase } from '../support/test-database.js';

const BROWSER = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let database: TestDatabase;
let home: string;
let api: ServerProcess;

beforeAll(async () => {
  database = await TestDatabase.create();
  home = await temporaryHome('toygres-console-');
  api = await ServerProcess.start('api', { TOYGRES_HOME: home, TOYGRES_DATABASE_URL: database.url });
});

afterAll(async () => {
  await api.stop();
  await database.drop();
  await rm(home, { recursive: true });
});

/** Asks for a path as it is: `fetch` would tidy it up, and unpack what comes. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, path, method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', reject).end();
  });
}

const html = ({ body }: Answer): string => body.toString();

/** What a document loads, as paths. */
function filesOf(document: string): string[] {
  const [, base = ''] = /<base href="([^"]+)"/.exec(document) ?? [];
  return [...document.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"]+)"/g)].map(
    ([, link = '']) => new URL(link, `http://toygres.test${base}`).pathname,
  );
}

describe('the console', () => {
  it.each([
    ['/', 'en'],
    ['/?welcome=1', 'en'],
    ['/instances', 'en'],
    ['/instances/', 'en'],
    ['/instances?state=running', 'en'],
    ['/instances/x', 'en'],
    ['/instances/new/more', 'en'],
    ['/operations', 'en'],
    ['/failures', 'en'],
    ['/batches', 'en'],
    ['/batches/x', 'en'],
    ['/findings', 'en'],
    ['/operations/create-proddb-a1b2c3d4', 'en'],
    ['/de', 'de'],
    ['/de/', 'de'],
    ['/de/instances', 'de'],
    ['/de/instances/x', 'de'],
    ['/de/operations/create-proddb-a1b2c3d4', 'de'],
  ])('is at %s', async (path, language) => {
    const answer = await get(path, BROWSER);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(html(answer)).toContain(`<html lang="${language}"`);
    expect(html(answer)).toContain('<tg-root>');
  });

  it('may run its own scripts and nothing else', async () => {
    const { headers } = await get('/', BROWSER);
    const directives = String(headers['content-security-policy'])
      .split(';')
      .map((directive): [string, string] => {
        const [name = '', ...values] = directive.trim().split(' ');
        return [name, values.join(' ')];
      });
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'worker-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'font-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': "'self'",
      'base-uri': "'self'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each(['/', '/de/'])('has every file that %s names, and their fonts, to be kept for a year', async (path) => {
    const document = html(await get(path, BROWSER));
    expect(document).not.toMatch(/<script(?![^>]*\ssrc=)/i);
    expect(document).not.toMatch(/\son\w+=/i);
    const files = filesOf(document);
    expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(2);
    for (const file of files) {
      const { status, headers, body } = await get(file);
      const hashed = /-[\w-]{8}\.(js|css)$/.test(file);
      expect({ file, status, cache: headers['cache-control'] }).toEqual({
        file,
        status: 200,
        cache: hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      expect(headers['content-type']).toMatch(/^(application\/javascript|text\/css|image\/svg\+xml)/);
      if (file.endsWith('.css')) {
        const fonts = [...body.toString().matchAll(/url\(["']?(?!data:)([^"')]+)/g)].map(
          ([, link = '']) => new URL(link, `http://toygres.test${file}`).pathname,
        );
        expect(fonts.length).toBeGreaterThan(1);
        for (const font of fonts) {
          expect(await get(font)).toMatchObject({
            status: 200,
            headers: { 'content-type': 'font/woff2', 'cache-control': 'public, max-age=31536000, immutable' },
          });
        }
      }
    }
  });

  it('comes compressed as the browser takes it', async () => {
    const script = filesOf(html(await get('/', BROWSER))).find((file) => /main-.*\.js$/.test(file)) ?? '';
    for (const path of ['/', '/instances/x', script]) {
      const plain = await get(path);
      expect(plain.headers['content-encoding']).toBeUndefined();
      for (const [accepted, used, unpack] of [
        ['gzip, deflate, br', 'br', brotliDecompressSync],
        ['gzip', 'gzip', gunzipSync],
      ] as const) {
        const { status, headers, body } = await get(path, { 'Accept-Encoding': accepted });
        expect({ status, ...headers }).toMatchObject({
          status: 200,
          'content-encoding': used,
          'content-type': plain.headers['content-type'],
          'cache-control': plain.headers['cache-control'],
          vary: expect.stringMatching(/accept-encoding/i) as string,
        });
        expect(body.length).toBeLessThan(plain.body.length);
        expect(unpack(body)).toEqual(plain.body);
      }
      expect(plain.headers.vary).toMatch(/accept-encoding/i);
    }
  });

  it('is not sent again when it has not changed', async () => {
    for (const path of ['/', '/instances']) {
      const { headers } = await get(path, BROWSER);
      const again = await get(path, { ...BROWSER, 'If-None-Match': String(headers.etag) });
      expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
      expect((await get(path, { ...BROWSER, 'If-None-Match': '"other"' })).status).toBe(200);
    }
  });

  it('answers to HEAD as to GET, without a body', async () => {
    for (const path of ['/', '/de/instances', '/boot.js', '/nonsense']) {
      const [whole, head] = await Promise.all([get(path, BROWSER), get(path, BROWSER, 'HEAD')]);
      expect(head).toMatchObject({ status: whole.status, body: Buffer.alloc(0) });
      for (const name of ['content-type', 'cache-control', 'content-length', 'etag']) {
        expect(head.headers[name]).toBe(whole.headers[name]);
      }
    }
  });

  it.each([
    ['/nonsense', 'en'],
    ['/nonsense/more', 'en'],
    ['/de/nonsense', 'de'],
    ['/media', 'en'],
    ['/instancesandmore', 'en'],
  ])('says itself that there is no page %s', async (path, language) => {
    const answer = await get(path, { ...BROWSER, 'If-None-Match': String((await get('/')).headers.etag) });
    expect(answer).toMatchObject({
      status: 404,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(answer.headers.etag).toBeUndefined();
    expect(html(answer)).toContain(`<html lang="${language}"`);
    expect(await get(path)).toMatchObject({
      status: 404,
      headers: { 'content-type': expect.stringContaining('application/problem+json') as string },
    });
  });

  it.each([
    ['GET', '/chunk-00000000.js', { Accept: '*/*' }],
    ['GET', '/api/nothing', BROWSER],
    ['GET', '/api', BROWSER],
    ['GET', '/health/nothing', BROWSER],
    ['POST', '/nonsense', BROWSER],
  ])('leaves %s %s to the API', async (method, path, headers) => {
    const { status, headers: answered, body } = await get(path, headers, method);
    expect(status).toBe(404);
    expect(answered['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'route_not_found' });
  });

  it.each([
    '/../package.json',
    '/../../package.json',
    '/media/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/..%5cpackage.json',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/de/..%2f..%2f..%2fpackage.json',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/instances/../../package.json',
  ])('gives nothing but its own files: %s', async (path) => {
    const { status, body } = await get(path);
    expect([200, 400, 403, 404]).toContain(status);
    expect(body.toString()).not.toContain(manifest.description);
    expect(body.toString()).not.toContain('root:');
    if (status === 200) {
      expect(body.toString()).toContain('<tg-root>');
    }
  });

  it('stands beside the API and its documentation', async () => {
    expect(await createToygres({ baseUrl: api.url }).capabilities()).toMatchObject({ version: manifest.version });
    const docs = await get('/docs', BROWSER);
    expect(docs.status).toBe(200);
    expect(html(docs)).toContain('swagger-ui');
    const metrics = html(await get('/metrics'));
    expect(metrics).toContain('route="/instances/*"');
    expect(metrics).not.toMatch(/route="[^"]*\.(js|css|woff2)"/);
  });
});
