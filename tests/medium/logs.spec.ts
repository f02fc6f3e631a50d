import { once } from 'node:events';
import { appendFile, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LogStreams } from '../../server/src/features/logs/http/log-streams.js';
import type { Problem } from '../../server/src/platform/http/problem.js';
import { insertInstance, type InstanceColumns } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';
import { until } from '../support/until.js';

interface Line {
  readonly id: string;
  readonly time: string | null;
  readonly severity: string | null;
  readonly text: string;
}

const TIME = '2026-11-22 20:13:20';
const START = `${TIME}.000 UTC [7] LOG:  starting PostgreSQL 18.4 on x86_64`;

let api: TestApi;
let instance: InstanceColumns;
const ends: AbortController[] = [];

const directoryOf = ({ k8s_name: name }: InstanceColumns) => join(api.runtime.config.home, 'instances', name);
const fileOf = (row: InstanceColumns) => join(directoryOf(row), 'log', 'postgresql-20261122T201320.log');

async function insertWithLog(
  lines: readonly string[],
  changes: Partial<InstanceColumns> = {},
): Promise<InstanceColumns> {
  const row = await insertInstance(api.database, changes);
  await mkdir(join(directoryOf(row), 'log'), { recursive: true });
  await writeFile(fileOf(row), lines.map((line) => `${line}\n`).join(''));
  return row;
}

const write = (...lines: readonly string[]) =>
  appendFile(fileOf(instance), lines.map((line) => `${TIME}.500 UTC [7] LOG:  ${line}\n`).join(''));

const linesOf = async (query = '', name = instance.name): Promise<readonly Line[]> => {
  const response = await api.get(`/api/instances/${name}/logs${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { lines: Line[] }).lines;
};

const problemOf = async (query: string, name = instance.name): Promise<Problem> => {
  const response = await api.get(`/api/instances/${name}/logs${query}`);
  expect(response.headers.get('Content-Type')).toMatch('application/problem+json');
  return (await response.json()) as Problem;
};

/** A stream that is read as it comes. */
async function follow(query = '?follow=true', headers: Record<string, string> = {}) {
  const end = new AbortController();
  ends.push(end);
  const response = await fetch(`${api.url}/api/instances/${instance.name}/logs${query}`, {
    headers,
    signal: end.signal,
  });
  const stream = { response, text: '', ended: Promise.resolve() };
  stream.ended = (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      stream.text += chunk;
    }
  })().catch(() => undefined);
  const lines = () =>
    [...stream.text.matchAll(/^data: (\{"id".*\})$/gm)].map(([, data]) => JSON.parse(data ?? '') as Line);
  const words = () => lines().map(({ text }) => text.replace(/^.*: {2}/, ''));
  const hears = (word: string) => until(`"${word}" is heard`, () => Promise.resolve(words().includes(word)));
  return { response, ended: stream.ended, lines, words, hears, all: () => stream.text, leave: () => end.abort() };
}

const streams = () => api.app.get(LogStreams, { strict: false }).size;

beforeAll(async () => {
  api = await TestApi.start();
});

beforeEach(async () => {
  instance = await insertWithLog([
    START,
    `${TIME}.100 UTC [7] LOG:  ready`,
    `${TIME}.200 UTC [8] app@shop ERROR:  syntax error at or near "FORM" at character 10`,
    `${TIME}.200 UTC [8] app@shop STATEMENT:  SELECT 1`,
    `\tFORM x; ALTER ROLE app PASSWORD 'canary'`,
  ]);
});

afterEach(async () => {
  ends.splice(0).forEach((end) => end.abort());
  await until('no stream is left', () => Promise.resolve(streams() === 0));
});

afterAll(() => api.close());

describe('GET /api/instances/{name}/logs', () => {
  it('gives the lines with time and severity, and without the passwords in them', async () => {
    const lines = await linesOf();
    expect(lines.map(({ time, severity, text }) => ({ time, severity, text }))).toEqual([
      { time: '2026-11-22T20:13:20.000Z', severity: 'log', text: '[7] LOG:  starting PostgreSQL 18.4 on x86_64' },
      { time: '2026-11-22T20:13:20.100Z', severity: 'log', text: '[7] LOG:  ready' },
      {
        time: '2026-11-22T20:13:20.200Z',
        severity: 'error',
        text: '[8] app@shop ERROR:  syntax error at or near "FORM" at character 10',
      },
      { time: '2026-11-22T20:13:20.200Z', severity: 'error', text: '[8] app@shop STATEMENT:  SELECT 1' },
      {
        time: '2026-11-22T20:13:20.200Z',
        severity: 'error',
        text: `\tFORM x; ALTER ROLE app PASSWORD '***'`,
      },
    ]);
  });

  it('gives as many as were asked for, of the time that was asked for', async () => {
    expect(await linesOf('?tail_lines=2')).toHaveLength(2);
    expect(await linesOf('?since=2026-11-22T20:13:20.150Z')).toHaveLength(3);
    expect(
      await linesOf(`?since=${String(Math.ceil((Date.now() - Date.parse(TIME)) / 86_400_000) + 1)}d`),
    ).toHaveLength(5);
    expect(await linesOf('?since=2126-11-22T20:13:20Z')).toEqual([]);
    await writeFile(fileOf(instance), `${START}\n`.repeat(6_000));
    expect(await linesOf()).toHaveLength(200);
    expect(await linesOf('?tail_lines=5000')).toHaveLength(5_000);
  });

  it.each([
    'tail_lines=0',
    'tail_lines=5001',
    'tail_lines=x',
    'since=yesterday',
    'since=15',
    'follow=perhaps',
    'lines=1',
  ])('refuses ?%s', async (query) => {
    expect(await problemOf(`?${query}`)).toMatchObject({
      status: 400,
      code: 'validation_failed',
      errors: [{ pointer: query.split('=')[0] }],
    });
  });

  it('has the run before the present one, once there was one', async () => {
    expect(await problemOf('?previous=true')).toMatchObject({ status: 422, code: 'no_previous_log' });
    await appendFile(fileOf(instance), `${START}\n${TIME}.900 UTC [9] LOG:  again\n`);
    expect(await linesOf('?previous=true')).toHaveLength(5);
    expect(await problemOf('?previous=true&follow=true')).toMatchObject({ code: 'validation_failed' });
  });

  it.each(['stopped', 'deleted', 'failed'])('still has what an instance has written that is %s', async (state) => {
    const { id } = await insertWithLog([START], { state });
    expect(await linesOf('', id)).toHaveLength(1);
  });

  it('has nothing of one that has written nothing yet', async () => {
    const { name } = await insertInstance(api.database, { state: 'creating' });
    expect(await linesOf('', name)).toEqual([]);
  });

  it('says so of what is not there, or not any more', async () => {
    expect(await problemOf('', 'nodb')).toMatchObject({ status: 404, code: 'instance_not_found' });
    expect(await problemOf('?follow=true', 'nodb')).toMatchObject({ status: 404, code: 'instance_not_found' });
    const { id } = await insertInstance(api.database, { state: 'purged' });
    expect(await problemOf('', id)).toMatchObject({ status: 409, code: 'invalid_state' });
  });

  it('is kept by no cache', async () => {
    const response = await api.get(`/api/instances/${instance.name}/logs`);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('following a log', () => {
  it('tells each line as it is written, after the last ones', async () => {
    const stream = await follow('?follow=true&tail_lines=1');
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    await write('one', 'two');
    await stream.hears('two');
    expect(stream.lines().map(({ text }) => text)).toEqual([
      `\tFORM x; ALTER ROLE app PASSWORD '***'`,
      '[7] LOG:  one',
      '[7] LOG:  two',
    ]);
    expect(stream.all()).toMatch(
      /^retry: \d+\nevent: stream.open\ndata: \{\}\n\nid: (\S+)\nevent: log.line\ndata: \{"id":"\1"/,
    );
  });

  it('is what Accept asks for, too', async () => {
    const stream = await follow('', { Accept: 'text/event-stream' });
    await stream.hears('ready');
    expect(stream.response.headers.get('Content-Type')).toMatch('text/event-stream');
  });

  it('goes on behind any line without a gap or a repeat', async () => {
    const words = Array.from({ length: 300 }, (_, index) => `word ${String(index)}`);
    const first = await follow('?follow=true&tail_lines=1');
    await write(...words.slice(0, 150));
    await first.hears('word 149');
    first.leave();
    await write(...words.slice(150));
    for (const index of [0, 77, 149]) {
      const seen = first.lines().find(({ text }) => text.endsWith(`  word ${String(index)}`));
      const next = await follow('?follow=true', { 'Last-Event-ID': seen?.id ?? '' });
      await next.hears('word 299');
      expect(next.words()).toEqual(words.slice(index + 1));
      next.leave();
    }
  });

  it('begins with the last lines where it is to go on behind one that it does not know', async () => {
    const stream = await follow('?follow=true&tail_lines=4', { 'Last-Event-ID': '1795377601123456789' });
    await stream.hears('ready');
    expect(stream.lines()).toHaveLength(4);
  });

  it('ends with the instance, and says so', async () => {
    const stream = await follow();
    await stream.hears('ready');
    await rm(directoryOf(instance), { recursive: true });
    await stream.ended;
    expect(stream.all()).toMatch(/event: stream.end\ndata: \{\}\n\n$/);
  });

  it('reads no further than a client takes, and forgets it when it goes', async () => {
    await writeFile(fileOf(instance), `${TIME}.500 UTC [7] LOG:  ${'x'.repeat(1_000)}\n`.repeat(20_000));
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname).pause();
    const target = `/api/instances/${instance.name}/logs?follow=true&tail_lines=5000`;
    socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    await until('it is followed', () => Promise.resolve(streams() === 1));
    // Others are served while nothing moves there.
    expect(await linesOf('?tail_lines=1')).toHaveLength(1);
    socket.destroy();
    await until('it is forgotten', () => Promise.resolve(streams() === 0));
  });

  it('is refused when too many do so', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => follow('?follow=true&tail_lines=1')));
    expect(new Set(all.map(({ response }) => response.status))).toEqual(new Set([200]));
    expect(await problemOf('?follow=true')).toMatchObject({ status: 429, code: 'too_many_streams' });
    expect(await linesOf('?tail_lines=1')).toHaveLength(1);
    const metrics = await (await api.get('/metrics')).text();
    expect(metrics).toContain('toygres_log_streams 200');
  });

  it('ends when the server does, also for who does not read', async () => {
    const other = await TestApi.start();
    const row = await insertInstance(other.database);
    const log = join(other.runtime.config.home, 'instances', row.k8s_name, 'log');
    await mkdir(log, { recursive: true });
    await writeFile(join(log, 'a.log'), `${TIME}.500 UTC [7] LOG:  ${'x'.repeat(1_000)}\n`.repeat(40_000));
    const { birthtimeMs: made } = await stat(join(log, 'a.log'));
    const { hostname, port } = new URL(other.url);
    const open = (headers: string): Socket => {
      const socket = connect(Number(port), hostname);
      const head = `GET /api/instances/${row.name}/logs?follow=true&tail_lines=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
      socket.write(`${head}Connection: close\r\n${headers}\r\n`);
      return socket;
    };
    const stuck = open(`Last-Event-ID: a.log:${String(Math.round(made))}:0\r\n`).pause();
    const reading = open('');
    let heard = '';
    reading.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
    await until('both follow', () => Promise.resolve(other.app.get(LogStreams, { strict: false }).size === 2));
    await until('one of them reads', () => Promise.resolve(heard.includes('event: log.line')));
    await Promise.all([other.close(), once(reading, 'close')]);
    expect(heard).toMatch(/\n0\s*$/);
    stuck.destroy();
  });
});
