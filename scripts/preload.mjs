import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the console shows first at an address, by the names that the build gives to files of their own. The first pattern that fits is taken;
 * the language is not part of the address here.
 */
const PAGES = [
  ['^/$', ['dashboard']],
  ['^/instances/?$', ['instances.routes', 'instance-list']],
  ['^/instances/new$', ['instances.routes', 'create-instance']],
  ['^/instances/', ['instances.routes', 'instance-details', 'overview-tab']],
  ['^/operations/?$', ['operations.routes', 'operation-list']],
  ['^/operations/', ['operations.routes', 'operation-details']],
];

/**
 * Lets the document of the console name all scripts that it needs, so that they are fetched at once: those that the first one imports, and
 * theirs; and for `boot.js`, those of each page. Without that, a browser finds them out one after the other, in four steps.
 *
 * @param {string} directory with the `index.html` of one language
 */
export function namePreloads(directory) {
  const file = join(directory, 'index.html');
  const html = readFileSync(file, 'utf8');
  const entries = [...html.matchAll(/<script src="([^"]+\.js)" type="module">/g)].map(([, name]) => name);
  const first = withImports(directory, entries);
  const pages = PAGES.map(([pattern, names]) => {
    const files = withImports(
      directory,
      names.map((name) => fileNamed(directory, name)),
    );
    return [pattern, files.filter((name) => !first.includes(name))];
  });
  const content = JSON.stringify(pages).replaceAll('&', '&amp;').replaceAll("'", '&#39;');
  const size = (name) => statSync(join(directory, name)).size;
  const links = first
    .filter((name) => !entries.includes(name))
    // A browser opens six connections: the largest first, and the small ones fill the gaps.
    .sort((a, b) => size(b) - size(a))
    .map((name) => `<link rel="modulepreload" href="${name}">`);
  writeFileSync(
    file,
    html
      .replaceAll(/<link rel="modulepreload"[^>]*>/g, '')
      .replace(/(?=<script src="\/boot\.js")/, () => `<meta name="toygres-pages" content='${content}'>\n    `)
      .replace('</head>', () => `${links.join('')}</head>`),
  );
}

/** The files and all that they import, not what they import later. */
function withImports(directory, names) {
  const known = new Set(names);
  for (const name of known) {
    const code = readFileSync(join(directory, name), 'utf8');
    for (const [, imported] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) {
      known.add(imported);
    }
  }
  return [...known];
}

function fileNamed(directory, name) {
  const found = readdirSync(directory).find(
    (file) => file.startsWith(`${name}-`) && /^-[\w-]{8}\.js$/.test(file.slice(name.length)),
  );
  if (found === undefined) {
    throw new Error(`The build of the console has no file named "${name}"; see scripts/preload.mjs.`);
  }
  return found;
}
