import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestApi } from '../../support/test-api.js';
import { type Contract, COMMITTED, createJudge, operationsOf, type Schema } from './contract.js';

const contract = JSON.parse(COMMITTED) as Contract;
// An answer may get new members, but only together with the contract.
const judge = createJudge(closed(contract));

/** Nest's keys for what its decorators leave, and its numbers of the methods. */
const PATH = 'path';
const METHOD = 'method';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH'];

describe('the API as it is served', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  });

  afterAll(async () => {
    await api.close();
  });

  function routesOfControllers(): string[] {
    const routes: string[] = [];
    for (const module of api.app.get(ModulesContainer).values()) {
      for (const { metatype } of module.controllers.values()) {
        if (typeof metatype !== 'function') {
          continue;
        }
        const base = Reflect.getMetadata(PATH, metatype) as string;
        const prototype = metatype.prototype as Record<string, object>;
        for (const name of Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor')) {
          const path = Reflect.getMetadata(PATH, prototype[name]!) as string | undefined;
          if (path !== undefined) {
            const method = METHODS[Reflect.getMetadata(METHOD, prototype[name]!) as number] ?? '?';
            const full = `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
            routes.push(`${method} ${full.replace(/:(\w+)/g, '{$1}')}`);
          }
        }
      }
    }
    return routes.sort();
  }

  it('is in the contract, every route of every controller', () => {
    expect(routesOfControllers()).toEqual(
      operationsOf(contract)
        .map(([route]) => route)
        .sort(),
    );
  });

  it('serves the contract', async () => {
    const response = await api.get('/docs-json');
    expect(await response.json()).toEqual(contract);
  });

  describe('answers as the contract says', () => {
    let orchestration = '';

    beforeAll(async () => {
      const response = await api.post('/api/instances', TestApi.body());
      orchestration = ((await response.clone().json()) as { orchestration_id: string }).orchestration_id;
      expect(await faultOf('POST /api/instances', response)).toBeNull();
    });

    async function faultOf(route: string, response: Response): Promise<string | null> {
      const [, operation] = operationsOf(contract).find(([known]) => known === route) ?? [];
      const body = operation?.responses[String(response.status)];
      const type = response.headers.get('Content-Type')?.split(';')[0] ?? '';
      const schema: Schema | undefined = body?.content?.[type]?.schema;
      if (!schema) {
        return `${String(response.status)} ${type} is not in the contract`;
      }
      return judge(schema, type === 'text/plain' ? await response.text() : await response.json());
    }

    it.each([
      ['GET /api/instances', '/api/instances?state=creating,running&tag=a:b&limit=5'],
      ['GET /api/instances', '/api/instances'],
      ['GET /api/instances', '/api/instances?limit=0'],
      ['GET /api/instances/{name}', '/api/instances/proddb'],
      ['GET /api/instances/{name}', '/api/instances/nodb'],
      ['GET /api/instances/{name}/credentials', '/api/instances/proddb/credentials'],
      ['GET /api/instances/{name}/health', '/api/instances/proddb/health'],
      ['GET /api/instances/{name}/health', '/api/instances/proddb/health?resolution=5m'],
      ['GET /api/instances/{name}/events', '/api/instances/proddb/events'],
      ['GET /api/names/{name}', '/api/names/proddb'],
      ['GET /api/names/{name}', '/api/names/X'],
      ['GET /api/stats', '/api/stats'],
      ['GET /api/orchestrations', '/api/orchestrations'],
      ['GET /api/orchestrations/{id}', '/api/orchestrations/ORCHESTRATION'],
      ['GET /api/orchestrations/{id}', '/api/orchestrations/none'],
      ['GET /api/capabilities', '/api/capabilities'],
      ['GET /api/runtime-images', '/api/runtime-images?version=18&search=x&sort=-created_at'],
      ['GET /api/runtime-images', '/api/runtime-images?sort=size'],
      ['GET /api/runtime-images/{name}', '/api/runtime-images/none'],
      ['GET /api/events', '/api/events?instance=nodb'],
      ['GET /api/events', '/api/events?last_event_id=x'],
      ['GET /api/consistency', '/api/consistency'],
      ['GET /health', '/health'],
      ['GET /health/ready', '/health/ready'],
      ['GET /metrics', '/metrics'],
    ])('%s: %s', async (route, path) => {
      expect(await faultOf(route, await api.get(path.replace('ORCHESTRATION', orchestration)))).toBeNull();
    });

    it('POST and DELETE, refused and accepted', async () => {
      expect(await faultOf('POST /api/instances', await api.post('/api/instances', TestApi.body()))).toBeNull();
      expect(await faultOf('POST /api/instances', await api.post('/api/instances', { size: 1 }))).toBeNull();
      expect(
        await faultOf(
          'POST /api/instances',
          await api.post('/api/instances', TestApi.body({ name: 'newdb', postgres_version: '9' })),
        ),
      ).toBeNull();
      for (const name of ['proddb', 'nodb']) {
        const tested = await fetch(`${api.url}/api/instances/${name}/test-connection`, { method: 'POST' });
        expect(await faultOf('POST /api/instances/{name}/test-connection', tested)).toBeNull();
      }
      for (const body of [{ tags: { team: 'backend' } }, { size: 1 }, {}]) {
        const changed = await fetch(`${api.url}/api/instances/proddb`, {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect(await faultOf('PATCH /api/instances/{name}', changed)).toBeNull();
      }
      for (const what of ['stop', 'start', 'restart', 'undelete', 'retry', 'cancel'] as const) {
        for (const name of ['proddb', 'nodb']) {
          const asked = await fetch(`${api.url}/api/instances/${name}/${what}`, { method: 'POST' });
          expect(await faultOf(`POST /api/instances/{name}/${what}`, asked)).toBeNull();
        }
      }
      for (const what of ['cancel', 'retry'] as const) {
        for (const id of [orchestration, 'none']) {
          const asked = await fetch(`${api.url}/api/orchestrations/${id}/${what}`, { method: 'POST' });
          expect(await faultOf(`POST /api/orchestrations/{id}/${what}`, asked)).toBeNull();
        }
      }
      for (const query of ['', '?purge=true', '?purge=perhaps']) {
        const deleted = await fetch(`${api.url}/api/instances/proddb${query}`, { method: 'DELETE' });
        expect(await faultOf('DELETE /api/instances/{name}', deleted)).toBeNull();
      }
    });
  });

  describe('/docs', () => {
    it('needs nothing from elsewhere and no inline script', async () => {
      const page = await api.get('/docs');
      const html = await page.text();
      const policy = page.headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/i);
      expect(html).not.toMatch(/\son\w+\s*=/i);

      const links = [...html.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(
        ([, link]) => new URL(link ?? '', `${api.url}/docs`),
      );
      expect(links.length).toBeGreaterThanOrEqual(4);
      expect(links.filter(({ origin }) => origin !== api.url)).toEqual([]);
      const statuses = await Promise.all(links.map(async (link) => (await fetch(link)).status));
      expect(new Set(statuses)).toEqual(new Set([200]));
    });

    it('asks no server on the internet whether the contract is valid', async () => {
      const script = await (await api.get('/docs/swagger-ui-init.js')).text();
      expect(script).toContain('"validatorUrl": null');
    });

    it('loads nothing from elsewhere by its styles', async () => {
      const styles = await (await api.get('/docs/swagger-ui.css')).text();
      expect(styles).not.toMatch(/@import|url\((?!["']?(data:|#))/);
    });
  });
});

/** The contract, taking no member besides those that it names. */
function closed(contract: Contract): Contract {
  return JSON.parse(JSON.stringify(contract), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'properties' in value
      ? { additionalProperties: false, ...value }
      : value,
  ) as Contract;
}
