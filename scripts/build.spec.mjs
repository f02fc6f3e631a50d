import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { build, forgetBuild } from './build.mjs';

let root;
let said;

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  said = vi.spyOn(console, 'error').mockReturnValue();
  root = mkdtempSync(join(tmpdir(), 'toygres-build-'));
  symlinkSync(join(import.meta.dirname, '..', 'node_modules'), join(root, 'node_modules'));
  write('package-lock.json', '{}');
  write('tsconfig.base.json', '{}');
  write(
    'server/tsconfig.json',
    '{ "compilerOptions": { "rootDir": "..", "outDir": "../dist", "types": [], "skipLibCheck": true, "lib": ["ES2024"] }, "include": ["src", "../migrations"] }',
  );
  write('server/src/main.ts', 'export const one: number = 1;\n');
  write('migrations/1-first.ts', 'export const first = 1;\n');
});
afterEach(() => {
  said.mockRestore();
  rmSync(root, { recursive: true, force: true });
});

it('builds once, and again only when a source has changed', { timeout: 30_000 }, async () => {
  expect(await build(root)).toEqual({});
  expect(existsSync(join(root, 'dist/server/src/main.js'))).toBe(true);
  said.mockClear();

  expect(await build(root)).toEqual({});
  expect(said).not.toHaveBeenCalled();

  utimesSync(join(root, 'server/src/main.ts'), new Date(), new Date(Date.now() + 5000));
  expect(await build(root)).toEqual({});
  expect(said).toHaveBeenCalledWith('Building the server, because its sources have changed.');
});

it('builds the one part that is asked for', { timeout: 30_000 }, async () => {
  write('client/src/main.ts', 'not even TypeScript');
  expect(await build(root, 'server')).toEqual({});
  expect(existsSync(join(root, 'dist/server/src/main.js'))).toBe(true);
});

it('builds anew what something else has written over', { timeout: 30_000 }, async () => {
  await build(root);
  writeFileSync(join(root, 'dist/server/src/main.js'), 'something else');
  forgetBuild(root, 'server');
  expect(await build(root)).toEqual({});
  expect(readFileSync(join(root, 'dist/server/src/main.js'), 'utf8')).not.toBe('something else');
});

it('forgets what was made from a source that is gone', { timeout: 30_000 }, async () => {
  await build(root);
  rmSync(join(root, 'migrations/1-first.ts'));
  await build(root);
  expect(existsSync(join(root, 'dist/migrations'))).toBe(false);
  expect(existsSync(join(root, 'dist/server/src/main.js'))).toBe(true);
});

it('says that a build failed, each time', { timeout: 30_000 }, async () => {
  write('server/src/main.ts', 'export const one: number = "one";\n');
  const failed = { problem: expect.stringContaining('The build of the server failed'), exitCode: expect.any(Number) };
  expect(await build(root)).toEqual(failed);
  expect(await build(root)).toEqual(failed);
});

it('waits for another process that builds', { timeout: 30_000 }, async () => {
  const outcomes = await Promise.all([build(root), build(root)]);
  expect(outcomes).toEqual([{}, {}]);
  expect(said.mock.calls.filter(([line]) => line === 'Building the server.')).toHaveLength(1);
  expect(existsSync(join(root, '.run.lock'))).toBe(false);
});

it('takes over the lock of a process that was killed', { timeout: 30_000 }, async () => {
  write('.run.lock', '999999999\n');
  expect(await build(root)).toEqual({});
});
