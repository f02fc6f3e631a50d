import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Version of Toygres, as its package.json has it. */
export const VERSION = (
  JSON.parse(readFileSync(manifestAbove(import.meta.dirname), 'utf8')) as { readonly version: string }
).version;

/** The sources and what is compiled lie at different depths. */
function manifestAbove(directory: string): string {
  const file = join(directory, 'package.json');
  return existsSync(file) ? file : manifestAbove(dirname(directory));
}
