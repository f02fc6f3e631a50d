import { createToygres, type Toygres } from '#sdk';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import {
  type ConnectionTarget,
  type Language,
  snippet,
  textOf,
} from '../../client/src/app/features/instances/details/connection/connection-snippets.js';
import { TestSystem } from '../support/test-system.js';

const run = promisify(execFile);
const PASSWORD = `It's a "pass": w@rd/\\ with Ümläuts & 1%`;
const MODULES = join(import.meta.dirname, '..', '..', 'node_modules');

/** Every example of the Connection tab, run with the client that it is for, where there is one. */
describe('the examples of the Connection tab', () => {
  let system: TestSystem;
  let toygres: Toygres;
  let target: ConnectionTarget;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toygres-examples-'));
    system = await TestSystem.start();
    toygres = createToygres({ baseUrl: system.url });
    await toygres.instances.create({
      name: 'examples',
      password: PASSWORD,
      postgres_version: '18',
      storage_size_gb: 10,
    });
    await toygres.instances.waitUntil('examples', 'running');
    const { host, port, username, database, password } = await toygres.instances.credentials('examples');
    target = { host, port, user: username, database, password };
  });

  afterAll(async () => {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const has = (program: string, ...args: readonly string[]): Promise<boolean> =>
    run(program, args).then(
      () => true,
      () => false,
    );

  /** Writes an example into a folder of its own. */
  async function write(language: Language, file: string): Promise<string> {
    const home = join(folder, language);
    await mkdir(join(home, file, '..'), { recursive: true });
    await writeFile(join(home, file), `${textOf(snippet(language, target))}\n`);
    return home;
  }

  async function needsPsql(context: TestContext): Promise<void> {
    context.skip(!(await has('psql', '--version')), 'there is no psql');
  }

  it('psql', async (context) => {
    await needsPsql(context);
    const home = await write('psql', 'connect.sh');
    const child = run('sh', ['connect.sh'], { cwd: home, env: { ...process.env, PGPASSWORD: PASSWORD } });
    child.child.stdin?.end('SELECT 40 + 2;\n');
    expect((await child).stdout).toContain('42');
  });

  it('URL', async (context) => {
    await needsPsql(context);
    const url = textOf(snippet('url', target));
    expect(url).toBe((await toygres.instances.credentials('examples')).dns_connection_string);
    expect((await run('psql', [url, '-Atc', 'SELECT 40 + 2'])).stdout.trim()).toBe('42');
  });

  it('env', async (context) => {
    await needsPsql(context);
    const home = await write('env', 'instance.env');
    const { stdout } = await run('sh', ['-c', `. ./instance.env && psql -Atc 'SELECT 40 + 2'`], { cwd: home });
    expect(stdout.trim()).toBe('42');
  });

  it('Node.js', async () => {
    const home = await write('node', 'connect.mjs');
    await symlink(MODULES, join(home, 'node_modules'), 'dir');
    expect((await run(process.execPath, ['connect.mjs'], { cwd: home })).stdout).toMatch(/^PostgreSQL 18\./);
  });

  it('Python', async (context) => {
    context.skip(!(await has('python3', '-c', 'import psycopg')), 'there is no Python with psycopg');
    const home = await write('python', 'connect.py');
    expect((await run('python3', ['connect.py'], { cwd: home })).stdout).toMatch(/^PostgreSQL 18\./);
  });

  it('Go', async (context) => {
    context.skip(!(await has('go', 'version')), 'there is no Go');
    const home = await write('go', 'main.go');
    await run('go', ['mod', 'init', 'example'], { cwd: home });
    const got = await run('go', ['mod', 'tidy'], { cwd: home }).then(
      () => true,
      () => false,
    );
    context.skip(!got, 'pgx can not be had');
    expect((await run('go', ['run', '.'], { cwd: home })).stdout).toMatch(/^PostgreSQL 18\./);
  }, 300_000);

  it('Rust', async (context) => {
    context.skip(!(await has('cargo', '--version')), 'there is no Rust');
    const home = await write('rust', 'src/main.rs');
    await writeFile(
      join(home, 'Cargo.toml'),
      '[package]\nname = "example"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\npostgres = "0.19"\n',
    );
    const got = await run('cargo', ['fetch'], { cwd: home }).then(
      () => true,
      () => false,
    );
    context.skip(!got, 'the crate postgres can not be had');
    expect((await run('cargo', ['run', '--quiet'], { cwd: home })).stdout).toMatch(/^PostgreSQL 18\./);
  }, 300_000);

  it('JDBC', async (context) => {
    context.skip(!(await has('javac', '-version')), 'there is no Java');
    const driver = await jdbcDriver();
    context.skip(driver === undefined, 'the driver of PostgreSQL is not in the local Maven repository');
    const home = await write('jdbc', 'Connect.java');
    const { stdout } = await run('java', ['-cp', driver ?? '', 'Connect.java'], { cwd: home });
    expect(stdout).toMatch(/^PostgreSQL 18\./);
  });

  it('.NET', async (context) => {
    context.skip(!(await has('dotnet', '--version')), 'there is no .NET');
    const home = await write('dotnet', 'Program.cs');
    await run('dotnet', ['new', 'console', '--force', '--no-restore'], { cwd: home });
    await write('dotnet', 'Program.cs');
    const got = await run('dotnet', ['add', 'package', 'Npgsql'], { cwd: home }).then(
      () => true,
      () => false,
    );
    context.skip(!got, 'Npgsql can not be had');
    expect((await run('dotnet', ['run'], { cwd: home })).stdout).toMatch(/PostgreSQL 18\./);
  }, 300_000);
});

/** Where Maven keeps the driver, if somebody has had it fetched. */
async function jdbcDriver(): Promise<string | undefined> {
  const home = join(homedir(), '.m2', 'repository', 'org', 'postgresql', 'postgresql');
  const versions = await readdir(home).catch(() => []);
  const [version] = versions
    .filter((name) => /^\d/.test(name))
    .sort()
    .reverse();
  return version === undefined ? undefined : join(home, version, `postgresql-${version}.jar`);
}
