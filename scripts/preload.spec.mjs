import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { namePreloads } from './preload.mjs';

const PAGES = ['dashboard', 'instances.routes', 'instance-list', 'create-instance', 'instance-details', 'overview-tab'];
const MORE = ['operations.routes', 'operation-list', 'operation-details'];

let directory;
const write = (name, text) => writeFileSync(join(directory, name), text);
const document = () => readFileSync(join(directory, 'index.html'), 'utf8');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'toygres-preload-'));
  write(
    'index.html',
    `<head><script src="/boot.js"></script><link rel="stylesheet" href="styles.css"></head>
<body><link rel="modulepreload" href="small.js"><script src="main-12345678.js" type="module"></script></body>`,
  );
  write('main-12345678.js', `import"./small.js";import{a as b}from"./big.js";const later=()=>import("./later.js");`);
  write('small.js', 'export{};');
  write('big.js', `export*from './bigger.js'`);
  write('bigger.js', 'x'.repeat(1_000));
  for (const name of [...PAGES, ...MORE]) {
    write(`${name}-abcdefgh.js`, `import{x}from"./shared.js";import"./big.js";`);
  }
  write('shared.js', '');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('names what the first script imports, and what that imports, once, the largest first', () => {
  namePreloads(directory);
  const named = [...document().matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, name]) => name);
  expect(named).toEqual(['bigger.js', 'big.js', 'small.js']);
  expect(document().indexOf('modulepreload')).toBeLessThan(document().indexOf('</head>'));
});

it('names what each page needs besides, before the script that reads it', () => {
  namePreloads(directory);
  const [, content] = /<meta name="toygres-pages" content='([^']*)'>\s*<script src="\/boot\.js">/.exec(document());
  const pages = JSON.parse(content);
  const at = (path) => pages.find(([pattern]) => new RegExp(pattern).test(path))?.[1];
  expect(at('/')).toEqual(['dashboard-abcdefgh.js', 'shared.js']);
  expect(at('/instances')).toContain('instance-list-abcdefgh.js');
  expect(at('/instances/new')).toContain('create-instance-abcdefgh.js');
  expect(at('/instances/proddb/health')).toContain('instance-details-abcdefgh.js');
  expect(at('/operations/create-proddb-1')).toContain('operation-details-abcdefgh.js');
  expect(at('/nowhere')).toBeUndefined();
});

it('says which page the build has no file of', () => {
  rmSync(join(directory, 'dashboard-abcdefgh.js'));
  expect(() => namePreloads(directory)).toThrow('no file named "dashboard"');
});
