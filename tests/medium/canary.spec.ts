import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventClient } from '../support/event-client.js';
import { TestApi } from '../support/test-api.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

/** A password that is not to be found anywhere, with characters that look different in a URL. */
const CANARY = 'Canary/7+Gold=Mine%9 ä';
/** Parts of it too: whoever cuts or quotes a password gives it away all the same. */
const FORMS: Readonly<Record<string, string>> = {
  plain: 'Canary/7',
  'in JSON': JSON.stringify(CANARY).slice(1, -1),
  'in a URL': encodeURIComponent(CANARY).slice(0, 12),
  'in a form': new URLSearchParams({ '': CANARY }).toString().slice(1, 13),
  'in hexadecimal': Buffer.from(CANARY).toString('hex').slice(0, 16),
  // Where it begins in the bytes that are encoded is not known: each third of the places looks different.
  'in base64, at 0': Buffer.from(CANARY).toString('base64').slice(0, 12),
  'in base64, at 1': Buffer.from(`.${CANARY}`).toString('base64').slice(4, 16),
  'in base64, at 2': Buffer.from(`..${CANARY}`).toString('base64').slice(4, 16),
};

/** How the canary shows in a text; empty = not at all. */
function findCanary(text: string): string[] {
  return Object.entries(FORMS)
    .filter(([, form]) => text.includes(form))
    .map(([name]) => name);
}

let system: TestSystem;
const answers: string[] = [];
let events: EventClient;

async function post(body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(`${system.url}/api/instances`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  answers.push(`${JSON.stringify([...response.headers])}\n${text}`);
  return { status: response.status, text };
}

async function get(path: string, method = 'GET'): Promise<string> {
  const response = await fetch(system.url + path, { method });
  const text = await response.text();
  answers.push(text);
  return text;
}

/** A request that is cut off in the midst of its body. */
function cutOff(body: string): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = request(`${system.url}/api/instances`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': String(body.length + 100) },
    });
    outgoing.on('error', () => {
      resolve();
    });
    outgoing.write(body, () => {
      outgoing.destroy();
    });
  });
}

/** Every value of every table of the database that can hold a text, with where it is. */
async function everyValue(): Promise<{ readonly place: string; readonly text: string }[]> {
  const client = new Client({ connectionString: system.database.url });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ schema: string; table: string; column: string; type: string }>(
      `SELECT n.nspname AS schema, c.relname AS table, a.attname AS column, t.typname AS type
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
       WHERE c.relkind IN ('r', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const values: { place: string; text: string }[] = [];
    for (const { schema, table, column, type } of columns) {
      const name = `"${schema}"."${table}"`;
      const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const { rows } = await client.query<{ text: string }>(
        `SELECT ${text} AS text FROM ${name} WHERE "${column}" IS NOT NULL`,
      );
      values.push(...rows.map((row) => ({ place: `${name}.${column}`, text: row.text })));
    }
    return values;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  system = await TestSystem.start({ environment: { TOYGRES_LOG_LEVEL: 'trace', TOYGRES_POOL_SIZE: '0' } });
  events = await EventClient.open(system.url);
  const good = { ...TestApi.body(), password: CANARY };

  // Requests that fail, at every stage that a request can fail at.
  const refused = [
    await post(`{"name":"proddb","password":"${CANARY}",`),
    await post(`{"name":"proddb","password":"${CANARY}\\u0000"}`),
    await post(JSON.stringify({ ...good, [CANARY]: CANARY })),
    await post(JSON.stringify({ ...good, name: CANARY })),
    await post(JSON.stringify({ ...good, name: 'canary' })),
    await post(JSON.stringify({ ...good, password: [CANARY] })),
    await post(JSON.stringify({ ...good, password: { secret: CANARY } })),
    await post(JSON.stringify({ ...good, password: CANARY.toLowerCase() })),
    await post(JSON.stringify({ ...good, password: CANARY.repeat(20) })),
    await post(JSON.stringify({ ...good, storage_size_gb: CANARY })),
    await post(JSON.stringify({ ...good, postgres_version: '9' })),
    await post(JSON.stringify({ ...good, namespace: 'none' })),
    await post(JSON.stringify({ ...good, tags: { [CANARY]: CANARY } })),
    await post(JSON.stringify({ ...good, name: 'x'.repeat(300_000) })),
    await post(JSON.stringify(good), { 'Content-Type': 'text/plain' }),
    await post(JSON.stringify(good), { 'Idempotency-Key': 'a b' }),
    await post(JSON.stringify(good), { Origin: 'https://evil.example' }),
  ];
  expect(refused.map(({ status }) => Math.floor(status / 100))).toEqual(refused.map(() => 4));
  await cutOff(JSON.stringify(good));

  // One that becomes a server, with its key, and others that are in its way.
  const key = { 'Idempotency-Key': 'canary' };
  expect((await post(JSON.stringify(good), key)).status).toBe(202);
  expect((await post(JSON.stringify(good), key)).status).toBe(202);
  expect((await post(JSON.stringify({ ...good, storage_size_gb: 11 }), key)).status).toBe(422);
  expect((await post(JSON.stringify(good))).status).toBe(409);
  await until('it is healthy', async () => (await get('/api/instances/proddb')).includes('"health_status":"healthy"'));
  await get('/api/instances');
  await get('/api/stats');
  await get('/api/orchestrations');
  await get('/api/instances/proddb/health');
  await get('/api/instances/proddb/events');
  await get('/metrics');
});

afterAll(async () => {
  events.abort();
  await system.stop();
});

describe('a password', () => {
  it('is found where it is meant to be', async () => {
    const response = await fetch(`${system.url}/api/instances/proddb/credentials`);
    const credentials = (await response.json()) as { password: string; dns_connection_string: string };
    expect(credentials.password).toBe(CANARY);
    const client = new Client({ connectionString: credentials.dns_connection_string });
    await client.connect();
    await client.end();
    // What is looked for below would be found.
    expect(findCanary(credentials.password)).toContain('plain');
    expect(findCanary(credentials.dns_connection_string)).toContain('in a URL');
    for (const before of ['', 'x', 'xy', 'xyz']) {
      expect(findCanary(Buffer.from(before + CANARY).toString('base64')).join()).toContain('base64');
    }
  });

  it('is in no answer to another request', () => {
    // A field whose name is not known is named in the answer; the name is what its sender has chosen.
    const shown = answers.filter((answer) => !answer.includes('unknown_field') && !answer.includes('tag_key'));
    expect(shown.length).toBeGreaterThan(answers.length - 3);
    expect(shown.flatMap(findCanary)).toEqual([]);
  });

  it('is in no event', async () => {
    await events.until('it is healthy', (client) =>
      client.events.some(({ event }) => event === 'instance.health_changed'),
    );
    expect(events.frames.length).toBeGreaterThan(5);
    expect(findCanary(JSON.stringify(events.frames.map(({ event, data }) => ({ event, data }))))).toEqual([]);
  });

  it('is in no table, of Toygres or of the queue', async () => {
    const values = await everyValue();
    expect(values.some(({ place }) => place.startsWith('"toygres"."instances"'))).toBe(true);
    expect(values.some(({ place }) => place.startsWith('"bullmq"'))).toBe(true);
    expect(values.filter(({ text }) => findCanary(text).length > 0)).toEqual([]);
  });

  it('is in no log, however much is logged', () => {
    expect(system.output).toContain('"level":20');
    expect(findCanary(system.output)).toEqual([]);
  });

  it('is in no file of the instance, its log and its write-ahead log included', async () => {
    const entries = await readdir(system.home, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // The programs of PostgreSQL, as they are published.
      .filter((file) => !file.startsWith(join(system.home, 'postgresql')));
    expect(files.some((file) => file.endsWith('pg_hba.conf'))).toBe(true);
    expect(files.some((file) => file.includes('pg_wal'))).toBe(true);
    for (const file of files) {
      // PostgreSQL removes files of its own while we look.
      const content = await readFile(file, 'latin1').catch(() => '');
      expect({ file, found: findCanary(content) }).toEqual({ file, found: [] });
    }
  });

  it('is still in no table when the instance is gone', async () => {
    await get('/api/instances/proddb?purge=true', 'DELETE');
    await until('it is gone', async () => (await fetch(`${system.url}/api/instances/proddb`)).status === 404);
    expect((await everyValue()).filter(({ text }) => findCanary(text).length > 0)).toEqual([]);
    expect(findCanary(system.output)).toEqual([]);
  });
});
