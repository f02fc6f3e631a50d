import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files whose name holds a hash of what is in them: the next build gives them another name. */
const HASHED = /-[A-Za-z0-9_-]{8}\.(js|css|woff2)$/;
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

/** What the console answers to besides its front page: each of these addresses is a page of the one document. */
const PAGES = [
  '/instances',
  '/instances/*',
  '/operations',
  '/operations/*',
  '/batches',
  '/batches/*',
  '/findings',
  '/images',
  '/failures',
];
/** Below these, what is not there is not there for people either. */
const NO_PAGES = /^\/(api|docs|docs-json|docs-yaml|health|metrics)(\/|$)/;
const DOCUMENT = 'index.html';

/**
 * Serves the built console: the document for every page, and the files as they are, compressed ahead where the browser takes that. What is
 * there is looked up with each request, so that a build beside a running server is served. Without a build, the front page leads to the
 * documentation of the API. The languages besides the first are those that the build has when the server starts.
 *
 * @param directory what the build of the console has made
 */
export async function serveConsole(app: NestFastifyApplication, directory: string): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root: directory,
    serve: false,
    suppressWarning: true,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('Cache-Control', HASHED.test(path.replace(/\.(br|gz)$/, '')) ? FOREVER : ASK_EACH_TIME);
    },
  });

  const isBuilt = (): boolean => existsSync(join(directory, DOCUMENT));
  /** The document in a language; in the other one where the build has but one. */
  const documentIn = (language: string): string => {
    const document = join(language, DOCUMENT);
    return existsSync(join(directory, document)) ? document : DOCUMENT;
  };

  const sendDocument = (reply: FastifyReply, language: string): FastifyReply => {
    if (isBuilt()) {
      return reply.sendFile(documentIn(language));
    }
    reply.callNotFound();
    return reply;
  };

  fastify.get('/', (_request, reply) => (isBuilt() ? reply.sendFile(DOCUMENT) : reply.redirect('/docs')));
  for (const page of PAGES) {
    fastify.get(page, (_request, reply) => sendDocument(reply, ''));
  }
  const languages = languagesIn(directory);
  for (const language of languages) {
    for (const page of ['', '/', ...PAGES]) {
      fastify.get(`/${language}${page}`, (_request, reply) => sendDocument(reply, language));
    }
  }

  // Not a route for all that is left: the router would think that every address can be read, and the API could not say what it does not know.
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404 || (request.method !== 'GET' && request.method !== 'HEAD') || !isBuilt()) {
      return;
    }
    const path = pathOf(request);
    if (path === null || NO_PAGES.test(path)) {
      return;
    }
    if (await isFile(join(directory, path))) {
      return reply.sendFile(path);
    }
    if (request.headers.accept?.includes('text/html')) {
      const language = languages.find((code) => path.startsWith(`/${code}/`)) ?? '';
      return sendAsNotFound(reply, join(directory, documentIn(language)));
    }
  });
}

/** Each language but the first has a directory with a document of its own. */
function languagesIn(directory: string): string[] {
  return existsSync(directory)
    ? readdirSync(directory).filter((name) => existsSync(join(directory, name, DOCUMENT)))
    : [];
}

/** The path that is asked for; null when it can't be read, or leads out of where it begins. */
function pathOf({ url }: FastifyRequest): string | null {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    return path.split(/[/\\]/).includes('..') || path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** People see the console say that there is no such page. A browser must not take its copy of another page for this one: there is no ETag. */
async function sendAsNotFound(reply: FastifyReply, document: string): Promise<FastifyReply> {
  return reply
    .code(404)
    .type('text/html; charset=utf-8')
    .headers({ 'Cache-Control': ASK_EACH_TIME, Vary: 'Accept' })
    .send(await readFile(document));
}
