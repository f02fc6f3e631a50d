/** `npm run openapi`: writes the contract of the API, then generates the SDK from it. Both are committed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { supervise } from './supervise.mjs';

const root = join(import.meta.dirname, '..');
const sdk = join(root, 'libs', 'sdk');

process.exitCode =
  (await supervise(process.execPath, ['dist/server/src/main.js', 'openapi', '--output', 'libs/sdk/openapi.json'], {
    cwd: root,
  })) ||
  (existsSync(join(sdk, 'package.json')) ? await supervise('npm', ['run', '--silent', 'generate'], { cwd: sdk }) : 0);
