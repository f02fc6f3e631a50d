import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createToygres } from '#sdk';
import { InstanceRepository, planOf } from '../../server/src/features/instances/index.js';
import { RuntimeImageRepository } from '../../server/src/features/runtime-images/index.js';
import { Database } from '../../server/src/platform/database/database.js';
import { startApiWithoutCluster } from '../support/absent-cluster.js';
import { insertInstance } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';
import { until } from '../support/until.js';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const OTHER_DIGEST = `sha256:${'f'.repeat(64)}`;

let api: TestApi;

beforeAll(async () => {
  api = await startApiWithoutCluster({ imageRegistries: ['docker.io', 'registry.example.com'] });
});

beforeEach(async () => {
  await api.database.query('DELETE FROM instances; DELETE FROM runtime_images; DELETE FROM idempotency_keys');
});

afterAll(async () => {
  await api.close();
});

type Json = Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly body: Json;
}

const image = (changes: Json = {}): Json => ({
  name: 'postgis-18',
  image_ref: 'registry.example.com/team/postgis:18-3.6',
  digest: DIGEST,
  description: 'PostGIS 3.6',
  postgres_version: '18',
  ...changes,
});

async function answer(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Json };
}

const register = async (changes: Json = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  answer(await api.post('/api/runtime-images', image(changes), headers));
const create = async (changes: Json = {}): Promise<Answer> =>
  answer(await api.post('/api/instances', TestApi.body({ runtime_image: 'postgis-18', ...changes })));
const read = async (path: string): Promise<Answer> => answer(await api.get(path));
const remove = async (name = 'postgis-18'): Promise<Answer> =>
  answer(await fetch(`${api.url}/api/runtime-images/${name}`, { method: 'DELETE' }));
const setState = (name: string, state: string) =>
  api.database.query('UPDATE instances SET state = $2 WHERE name = $1', [name, state]);

describe('POST /api/runtime-images', () => {
  it('registers an image, and says where it is', async () => {
    const response = await api.post('/api/runtime-images', image({ image_ref: 'postgis/postgis:18-3.6' }));
    expect(response.headers.get('location')).toBe('/api/runtime-images/postgis-18');
    const { status, body } = await answer(response);
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        ...image({ image_ref: 'docker.io/postgis/postgis:18-3.6' }),
        created_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        in_use: 0,
      },
    });
    expect(await read('/api/runtime-images/postgis-18')).toEqual({ status: 200, body: { ...body, used_by: [] } });
  });

  it.each([
    [{ image_ref: 'Team/Postgres' }, '/image_ref', 'image_reference_form'],
    [{ image_ref: `postgres@${DIGEST}` }, '/image_ref', 'image_digest_apart'],
    [{ digest: 'latest' }, '/digest', 'image_digest_form'],
    [{ digest: undefined }, '/digest', 'required'],
    [{ name: 'X' }, '/name', 'name_length'],
    [{ postgres_version: 'newest' }, '/postgres_version', 'invalid_format'],
    [{ description: 'x'.repeat(501) }, '/description', 'too_big'],
    [{ tag: '18' }, '/tag', 'unknown_field'],
  ])('refuses %j', async (changes, pointer, code) => {
    const { status, body } = await register(changes);
    expect(status).toBe(400);
    expect((body['errors'] as Json[])[0]).toMatchObject({ pointer, code });
    expect(await api.database.query('SELECT FROM runtime_images')).toEqual([]);
  });

  it('takes images of no other registries than those that are allowed', async () => {
    expect(await register({ image_ref: 'ghcr.io/team/postgres:18' })).toMatchObject({
      status: 422,
      body: {
        code: 'registry_not_allowed',
        error:
          'Images may not come from ghcr.io. Allowed by TOYGRES_IMAGE_REGISTRIES: docker.io, registry.example.com.',
        errors: [{ pointer: '/image_ref' }],
      },
    });
    // The port belongs to the registry, and a name that merely begins alike is another one.
    for (const host of ['registry.example.com:5000', 'registry.example.com.evil.example']) {
      expect(await register({ image_ref: `${host}/postgres` })).toMatchObject({ status: 422 });
    }
  });

  it('offers versions that are offered', async () => {
    expect(await register({ postgres_version: '12' })).toMatchObject({
      status: 422,
      body: { code: 'unsupported', errors: [{ pointer: '/postgres_version' }] },
    });
  });

  it('gives a name to one image only, also when several ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => register()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'image_name_taken',
      errors: [{ pointer: '/name' }],
    });
  });

  it('answers the same to the same key', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await register({}, key);
    await remove();
    expect(await register({}, key)).toEqual(first);
    expect(await register({ name: 'other' }, key)).toMatchObject({ body: { code: 'idempotency_key_reused' } });
    expect(await read('/api/runtime-images')).toMatchObject({ body: { total: 0 } });
  });
});

describe('GET /api/runtime-images', () => {
  beforeEach(async () => {
    await register({ name: 'postgis-18' });
    await register({ name: 'postgis-17', postgres_version: '17', image_ref: 'postgis/postgis:17' });
    await register({ name: 'vector-18', image_ref: 'registry.example.com/VECTOR/x'.toLowerCase() });
  });

  const names = async (query: string): Promise<unknown> =>
    ((await read(`/api/runtime-images?${query}`)).body['runtime_images'] as Json[]).map(({ name }) => name);

  it('filters, searches, sorts and pages', async () => {
    expect(await names('')).toEqual(['postgis-17', 'postgis-18', 'vector-18']);
    expect(await names('sort=-name')).toEqual(['vector-18', 'postgis-18', 'postgis-17']);
    expect(await names('sort=created_at')).toEqual(['postgis-18', 'postgis-17', 'vector-18']);
    expect(await names('sort=postgres_version&limit=1')).toEqual(['postgis-17']);
    expect(await names('version=17,16')).toEqual(['postgis-17']);
    expect(await names('search=DOCKER.io')).toEqual(['postgis-17']);
    expect(await names('search=vec')).toEqual(['vector-18']);
    expect(await names('search=%25')).toEqual([]);
    expect(await read('/api/runtime-images?limit=2&page=2')).toMatchObject({ body: { total: 3, page: 2, pages: 2 } });
  });

  it('counts those that are made of an image, deleted ones too, purged ones not', async () => {
    await create({ name: 'first' });
    await create({ name: 'second' });
    await create({ name: 'third' });
    await setState('second', 'deleted');
    await setState('third', 'purged');
    const { body } = await read('/api/runtime-images?search=postgis-18');
    expect(body).toMatchObject({ runtime_images: [{ in_use: 2 }] });
    expect((await read('/api/runtime-images/postgis-18')).body['used_by']).toEqual([
      { id: expect.any(String) as string, user_name: 'first', state: 'creating' },
      { id: expect.any(String) as string, user_name: 'second', state: 'deleted' },
    ]);
  });

  it('knows no image that is not there', async () => {
    expect(await read('/api/runtime-images/none')).toMatchObject({
      status: 404,
      body: { code: 'runtime_image_not_found' },
    });
  });
});

describe('an instance of a runtime image', () => {
  beforeEach(async () => {
    await register();
  });

  it('is made of it by its digest, and says so', async () => {
    expect((await create()).status).toBe(202);
    expect(await read('/api/instances/proddb')).toMatchObject({
      body: {
        image_type: 'stock',
        runtime_image: 'postgis-18',
        image: `registry.example.com/team/postgis:18-3.6@${DIGEST}`,
      },
    });
    const { body } = await read('/api/instances');
    expect(body).toMatchObject({ instances: [{ image_type: 'stock', runtime_image: 'postgis-18' }] });
  });

  it('is stock, whatever is asked for', async () => {
    expect((await create({ image_type: 'pg_durable' })).status).toBe(202);
    expect(await read('/api/instances/proddb')).toMatchObject({
      body: { image_type: 'stock', runtime_image: 'postgis-18' },
    });
  });

  it('can not be set up otherwise past the API either', async () => {
    await create();
    await expect(api.database.query(`UPDATE instances SET image_type = 'pg_durable'`)).rejects.toMatchObject({
      code: '23514',
    });
  });

  it('keeps what it was made of when the name is given to another image', async () => {
    await create();
    // Only what is purged lets go of the entry, so the entry is replaced behind the API's back.
    await api.database.query('UPDATE instances SET runtime_image_id = NULL');
    expect((await remove()).status).toBe(200);
    expect((await register({ digest: OTHER_DIGEST })).status).toBe(201);
    const instance = await api.app.get(InstanceRepository, { strict: false }).findByNameOrId('proddb');
    expect(planOf(instance!)).toMatchObject({
      image: `registry.example.com/team/postgis:18-3.6@${DIGEST}`,
      imageType: 'stock',
    });
  });

  it('has the major version of its image', async () => {
    expect(await create({ postgres_version: '17' })).toMatchObject({
      status: 422,
      body: {
        code: 'unsupported',
        error: expect.stringContaining('holds PostgreSQL 18, not 17') as string,
        errors: [{ pointer: '/runtime_image' }],
      },
    });
  });

  it('is not made of what is not there', async () => {
    expect(await create({ runtime_image: 'none' })).toMatchObject({
      status: 422,
      body: { code: 'unsupported', errors: [{ pointer: '/runtime_image' }] },
    });
    expect(await api.database.query('SELECT FROM instances')).toEqual([]);
  });

  it('is not made of an image whose registry is trusted no more', async () => {
    await api.database.query(`UPDATE runtime_images SET image_ref = 'ghcr.io/team/postgis:18'`);
    expect(await create()).toMatchObject({ status: 422, body: { code: 'registry_not_allowed' } });
  });

  it('may be one of many', async () => {
    const template = { postgres_version: '18', storage_size_gb: 10, runtime_image: 'postgis-18' };
    const series = { base_name: 'shop', count: 3, template };
    expect((await api.post('/api/instances/bulk', series)).status).toBe(202);
    const rows = await api.database.query<{ image: string }>(
      `SELECT specification ->> 'image' AS image FROM batch_items`,
    );
    expect(rows.map((row) => row.image)).toEqual(
      Array.from({ length: 3 }, () => `registry.example.com/team/postgis:18-3.6@${DIGEST}`),
    );
    const wrong = { ...series, template: { ...template, runtime_image: 'none' } };
    expect(await answer(await api.post('/api/instances/bulk', wrong))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/template/runtime_image' }] },
    });
  });
});

describe('DELETE /api/runtime-images/:name', () => {
  beforeEach(async () => {
    await register();
  });

  it('removes what nobody is made of', async () => {
    expect(await remove()).toMatchObject({ status: 200, body: { ...image(), in_use: 0 } });
    expect(await remove()).toMatchObject({ status: 404, body: { code: 'runtime_image_not_found' } });
  });

  it.each(['creating', 'running', 'stopped', 'failed', 'deleting', 'deleted', 'purging'])(
    'refuses while an instance that is %s is made of it, and says which',
    async (state) => {
      await create();
      await setState('proddb', state);
      expect(await remove()).toMatchObject({
        status: 409,
        body: {
          code: 'image_in_use',
          error: `The runtime image "postgis-18" is used by "proddb" (${state}). Purge them first.`,
          used_by: ['proddb'],
          in_use: 1,
        },
      });
      expect((await read('/api/runtime-images/postgis-18')).status).toBe(200);
    },
  );

  it('names some when there are many', async () => {
    const [{ id } = { id: '' }] = await api.database.query<{ id: string }>('SELECT id FROM runtime_images');
    for (let number = 0; number < 22; number += 1) {
      await insertInstance(api.database, { name: `db-${String(number).padStart(2, '0')}`, runtime_image_id: id });
    }
    const { body } = await remove();
    expect(body['error']).toMatch(/"db-19" \(running\) and 2 more\. Purge them first\.$/);
    expect(body['in_use']).toBe(22);
  });

  it('lets go of what is purged, which goes on saying what it was made of', async () => {
    const { body: accepted } = await create();
    await setState('proddb', 'purged');
    expect((await remove()).status).toBe(200);
    expect(await read(`/api/instances/${String(accepted['instance_id'])}`)).toMatchObject({
      body: { runtime_image: 'postgis-18', image: expect.stringContaining(DIGEST) as string },
    });
  });

  it('waits for one that is just being created of it, and then refuses', async () => {
    const database = api.app.get(Database, { strict: false });
    const images = api.app.get(RuntimeImageRepository, { strict: false });
    const { id } = (await images.find('postgis-18'))!;
    let removal: Promise<Answer> | undefined;
    await database.transaction(async (transaction) => {
      expect(await images.hold(transaction, id)).toBe(true);
      removal = remove();
      await until('the removal waits for the creation', async () => {
        const waiting = await api.database.query(
          `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%runtime_images%FOR UPDATE%'`,
        );
        return waiting.length > 0;
      });
      await insertInstance(transaction, { name: 'proddb', runtime_image_id: id });
    });
    expect(await removal).toMatchObject({ status: 409, body: { code: 'image_in_use' } });
  });

  it('has either the image or nobody made of it, however many ask at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const name = `race-${String(round)}`;
      await register({ name });
      const [created, removed] = await Promise.all([create({ name: `db-${name}`, runtime_image: name }), remove(name)]);
      const outcome = [created.status, removed.status].join(' ');
      expect(['202 409', '422 200']).toContain(outcome);
    }
    const rows = await api.database.query(
      `SELECT FROM instances i LEFT JOIN runtime_images r ON r.id = i.runtime_image_id WHERE r.id IS NULL`,
    );
    expect(rows).toEqual([]);
  });

  it('is held back by the database too: what is used can not be removed past the API', async () => {
    await create();
    await expect(api.database.query('DELETE FROM runtime_images')).rejects.toMatchObject({ code: '23503' });
  });
});

describe('the SDK', () => {
  it('registers, lists, reads and removes', async () => {
    const { runtimeImages } = createToygres({ baseUrl: api.url });
    const registered = await runtimeImages.register({
      name: 'postgis-18',
      image_ref: 'postgis/postgis:18-3.6',
      digest: DIGEST,
      postgres_version: '18',
    });
    expect((await runtimeImages.list({ version: ['18'] })).runtime_images).toEqual([registered]);
    expect(await runtimeImages.get('postgis-18')).toEqual({ ...registered, used_by: [] });
    await runtimeImages.remove('postgis-18');
    await expect(runtimeImages.get('postgis-18')).rejects.toMatchObject({ code: 'runtime_image_not_found' });
  });
});

describe('where they are offered', () => {
  it('the capabilities say', async () => {
    expect((await read('/api/capabilities')).body).toMatchObject({
      data_plane: 'kubernetes',
      image_types: [{ type: 'stock', versions: ['18', '17', '16', '15'] }],
      image_registries: ['docker.io', 'registry.example.com'],
      unsupported: [{ feature: 'pg_durable', reason: expect.stringContaining('TOYGRES_PG_DURABLE_IMAGES') as string }],
    });
  });

  it('says which variable is missing where no registry is allowed', async () => {
    const other = await startApiWithoutCluster();
    try {
      expect(await answer(await other.post('/api/runtime-images', image()))).toMatchObject({
        status: 422,
        body: {
          code: 'registry_not_allowed',
          error: expect.stringContaining('No registry is allowed: have TOYGRES_IMAGE_REGISTRIES set') as string,
        },
      });
    } finally {
      await other.close();
    }
  });

  it('the local data plane is not among them, and says why', async () => {
    const local = await TestApi.start();
    try {
      const refusal = { status: 422, body: { code: 'unsupported', error: expect.stringContaining('local') as string } };
      expect(await answer(await local.post('/api/runtime-images', image()))).toMatchObject(refusal);
      for (const changes of [{ runtime_image: 'postgis-18' }, { image_type: 'pg_durable' }]) {
        const [field] = Object.keys(changes);
        const { status, body } = await answer(await local.post('/api/instances', TestApi.body(changes)));
        expect({ status, body }).toMatchObject(refusal);
        expect(body['errors']).toMatchObject([{ pointer: `/${String(field)}` }]);
      }
      const { body } = await answer(await local.get('/api/capabilities'));
      expect((body['unsupported'] as Json[]).map(({ feature }) => feature)).toEqual([
        'runtime_images',
        'pg_durable',
        'load_balancer',
      ]);
      expect(body['image_types']).toMatchObject([{ type: 'stock' }]);
    } finally {
      await local.close();
    }
  });
});

describe('pg_durable', () => {
  it('is offered where there is an image of it, for the versions that there are', async () => {
    const other = await startApiWithoutCluster({ durableImages: { 18: `registry.example.com/pg_durable@${DIGEST}` } });
    try {
      expect((await answer(await other.get('/api/capabilities'))).body).toMatchObject({
        image_types: [{ type: 'stock' }, { type: 'pg_durable', versions: ['18'] }],
        unsupported: [],
      });
      const durable = { image_type: 'pg_durable' };
      expect((await other.post('/api/instances', TestApi.body(durable))).status).toBe(202);
      expect((await answer(await other.get('/api/instances/proddb'))).body).toMatchObject({
        image_type: 'pg_durable',
        runtime_image: null,
        image: null,
      });
      const older = TestApi.body({ ...durable, name: 'olddb', postgres_version: '17' });
      expect(await answer(await other.post('/api/instances', older))).toMatchObject({
        status: 422,
        body: {
          code: 'unsupported',
          error: 'pg_durable is offered for PostgreSQL 18 only.',
          errors: [{ pointer: '/image_type' }],
        },
      });
    } finally {
      await other.close();
    }
  });

  it('is refused where there is none, with the variable that is missing', async () => {
    const { status, body } = await create({ runtime_image: null, image_type: 'pg_durable' });
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { code: 'unsupported', error: expect.stringContaining('TOYGRES_PG_DURABLE_IMAGES') as string },
    });
  });
});
