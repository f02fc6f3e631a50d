import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

/** What a user would write who has never seen this repository. */
const PROGRAM = `
import { createToygres, InstanceFailedError, ToygresError } from '@toygres/sdk';

const [baseUrl, pg] = process.argv.slice(2);
const { default: { Client } } = await import(pg);
const toygres = createToygres({ baseUrl });
const said = {};

const stop = new AbortController();
const events = [];
let onOpen;
const opened = new Promise((resolve) => (onOpen = resolve));
const listening = (async () => {
  for await (const event of toygres.events({ onOpen, signal: stop.signal })) {
    events.push([event.type, event.data.state].join(' ').trim());
  }
})().catch((error) => { said.stopped = error.name; });
await opened;

const created = await toygres.instances.create({
  name: 'sdkdb', password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10, tags: { made: 'by-sdk' },
});
said.state = created.state;
const running = await toygres.instances.waitUntil('sdkdb', 'running', { signal: AbortSignal.timeout(60_000) });
said.running = running.state;

const { dns_connection_string: connectionString } = await toygres.instances.credentials('sdkdb');
const client = new Client({ connectionString });
await client.connect();
said.answer = (await client.query('SELECT 6 * 7 AS answer')).rows[0].answer;
await client.end();

said.listed = [];
for await (const { user_name } of toygres.instances.all({ tag: ['made:by-sdk'], state: ['running', 'creating'] })) {
  said.listed.push(user_name);
}

try {
  await toygres.instances.create({ name: 'sdkdb', password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 });
} catch (error) {
  said.taken = [error instanceof ToygresError, error.status, error.code, error.errors[0].pointer, typeof error.requestId];
}

await toygres.instances.delete('sdkdb', { purge: true });
said.deleted = (await toygres.instances.waitUntil(created.instance_id, 'purged', { signal: AbortSignal.timeout(60_000) })).state;
try {
  await toygres.instances.waitUntil(created.instance_id, 'running');
} catch (error) {
  said.gone = error instanceof InstanceFailedError;
}
stop.abort();
await listening;
said.events = events.filter((event) => event.startsWith('instance.created') || event.startsWith('instance.state_changed'));
console.log(JSON.stringify(said));
`;

const TYPED_PROGRAM = `
import { createToygres, InstanceFailedError, ToygresError, type InstanceState } from '@toygres/sdk';

const toygres = createToygres({ baseUrl: 'http://127.0.0.1:8080', headers: undefined });
const state: InstanceState = 'running';

export async function main(signal?: AbortSignal): Promise<string> {
  const instance = { name: 'proddb', password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 };
  const created = await toygres.instances.create({ ...instance, namespace: undefined }, { signal });
  // @ts-expect-error A name is needed.
  await toygres.instances.create({ ...instance, name: undefined });
  // @ts-expect-error There is no such state.
  toygres.instances.all({ state: ['sleeping'] });
  for await (const { user_name } of toygres.instances.all({ state: [state], search: undefined })) {
    user_name.toUpperCase();
  }
  for await (const event of toygres.events({ signal, lastEventId: undefined })) {
    if (event.type !== 'stream.reset') {
      return event.instance_name ?? event.type;
    }
  }
  try {
    await toygres.instances.waitUntil('proddb', 'running', { signal });
  } catch (error) {
    if (error instanceof InstanceFailedError) {
      return error.instance.failure_reason ?? error.code;
    }
    if (error instanceof ToygresError) {
      return error.errors.map(({ pointer }) => pointer).join();
    }
  }
  return created.orchestration_id;
}
`;

/** What a program writes to its standard output, whatever its exit code. */
async function outputOf(file: string, parameters: readonly string[], options: { cwd?: string } = {}): Promise<string> {
  return run(file, parameters, options).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

const IN_NODE = { lib: ['ES2022'], types: ['node'], typeRoots: [join(MODULES, '@types')] };
const IN_BROWSERS = { lib: ['ES2022', 'DOM'], types: [] };

describe('the package @toygres/sdk', () => {
  let project: string;

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'toygres-sdk-'));
    const stdout = await outputOf('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', project], {
      cwd: join(ROOT, 'libs/sdk'),
    });
    const packed = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string; files: { path: string }[] }];
    expect(packed[0].files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'))).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'openapi.json', 'package.json']),
    );
    await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }');
    // It has no dependencies, so that this works offline.
    const flags = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...flags, join(project, packed[0].filename)], { cwd: project });
  });

  afterAll(async () => {
    await rm(project, { recursive: true, force: true });
  });

  it('creates an instance, waits for it, connects and deletes it', async () => {
    const system = await TestSystem.start();
    try {
      await writeFile(join(project, 'program.js'), PROGRAM);
      const pg = pathToFileURL(join(MODULES, 'pg/lib/index.js')).href;
      const { stdout } = await run(process.execPath, ['program.js', system.url, pg], { cwd: project });
      expect(JSON.parse(stdout)).toEqual({
        state: 'creating',
        running: 'running',
        answer: 42,
        listed: ['sdkdb'],
        taken: [true, 409, 'name_taken', '/name', 'string'],
        deleted: 'purged',
        gone: true,
        stopped: 'AbortError',
        events: [
          'instance.created creating',
          'instance.state_changed running',
          'instance.state_changed purging',
          'instance.state_changed purged',
        ],
      });
    } finally {
      await system.stop();
    }
  });

  it.each([
    ['in Node.js', 'NodeNext', true, IN_NODE],
    ['in browsers, without exactOptionalPropertyTypes', 'Bundler', false, IN_BROWSERS],
  ])(
    'has types that a strict program compiles with, %s',
    async (_name, moduleResolution, exactOptionalPropertyTypes, options) => {
      await writeFile(join(project, 'typed.ts'), TYPED_PROGRAM);
      const compilerOptions = {
        target: 'ES2022',
        module: moduleResolution === 'NodeNext' ? 'NodeNext' : 'ESNext',
        moduleResolution,
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes,
        skipLibCheck: false,
        noEmit: true,
        ...options,
      };
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.ts'] }));
      const compiler = join(MODULES, 'typescript/bin/tsc');
      expect(await outputOf(process.execPath, [compiler, '-p', project])).toBe('');
    },
  );

  it('brings the contract along', async () => {
    const installed = await readFile(join(project, 'node_modules/@toygres/sdk/openapi.json'), 'utf8');
    expect(installed).toBe(await readFile(join(ROOT, 'libs/sdk/openapi.json'), 'utf8'));
  });

  it('needs nothing of Node.js', async () => {
    const pattern = `from ['"](node:|[^.])|\\bprocess\\.|\\bBuffer\\b`;
    const cwd = join(project, 'node_modules/@toygres/sdk');
    expect(await outputOf('grep', ['-rlE', pattern, 'dist', '--include=*.js'], { cwd })).toBe('');
  });
});
