import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureInstalled, installReason } from './install.mjs';

const NODE = 'node_modules/node/bin/node';
const LISTED_BY_NPM = 'node_modules/.package-lock.json';
const MARKER = 'node_modules/.toygres-installed';

let root;

function write(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const lockfile = (version) => ({
  packages: {
    '': { name: 'toygres' },
    'node_modules/pg': { version, integrity: `sha512-${version}` },
    'node_modules/for-another-platform': { version: '1.0.0', integrity: 'sha512-x', optional: true },
  },
});
const installed = (version) => ({ packages: { 'node_modules/pg': lockfile(version).packages['node_modules/pg'] } });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'toygres-install-'));
  write('package-lock.json', lockfile('8.0.0'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('installs into a bare clone', () => {
  expect(installReason(root)).toBe('the dependencies are not installed yet');
});

it('installs again after an interruption', () => {
  write('node_modules/pg/package.json', {});
  expect(installReason(root)).toBe('the installed dependencies are not complete');
  write(NODE, '');
  expect(installReason(root)).toBe('an earlier installation was interrupted');
});

it('trusts its own marker, and an npm install by hand', async () => {
  write(NODE, '');
  write(LISTED_BY_NPM, installed('8.0.0'));
  expect(installReason(root)).toBeNull();
  expect(await ensureInstalled(root)).toEqual({});
  rmSync(join(root, LISTED_BY_NPM));
  expect(installReason(root)).toBeNull();
});

it('installs when the lockfile lists something else', async () => {
  write(NODE, '');
  write(LISTED_BY_NPM, installed('8.0.0'));
  await ensureInstalled(root);
  write('package-lock.json', lockfile('8.1.0'));
  expect(installReason(root)).toBe('package-lock.json has changed');
  write(LISTED_BY_NPM, installed('8.1.0'));
  expect(installReason(root)).toBeNull();
});

it('installs when a package is missing or left over', () => {
  write(NODE, '');
  write(LISTED_BY_NPM, { packages: {} });
  expect(installReason(root)).toBe('package-lock.json has changed');
  write(LISTED_BY_NPM, { packages: { ...installed('8.0.0').packages, 'node_modules/old': { version: '1.0.0' } } });
  expect(installReason(root)).toBe('package-lock.json has changed');
});

it('installs again for another platform', () => {
  write(NODE, '');
  write(LISTED_BY_NPM, installed('8.0.0'));
  write(MARKER, `abc plan9-${process.arch}\n`);
  expect(installReason(root)).toBe('the dependencies were installed for another platform');
});
