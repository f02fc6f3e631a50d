import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VARIABLES } from './config.schema.js';

const README = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');

/** The rows that README.md must hold, in this order. Paste what this test expects into its table. */
const ROWS = Object.entries(VARIABLES).map(([name, variable]) => {
  const names = 'secret' in variable ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``;
  return `| ${names} | ${variable.shown} | ${variable.description} |`;
});

it('has a row for every variable, as the schema says it', () => {
  expect(README.split('\n').filter((line) => line.startsWith('| `TOYGRES_'))).toEqual(ROWS);
});

it('names no variable that does not exist', () => {
  const known = new Set(
    Object.entries(VARIABLES).flatMap(([name, variable]) => ('secret' in variable ? [name, `${name}_FILE`] : [name])),
  );
  const named = README.match(/\bTOYGRES_[A-Z0-9_]+/g) ?? [];
  expect(named.filter((name) => !known.has(name) && !name.startsWith('TOYGRES_TEST_'))).toEqual([]);
});
