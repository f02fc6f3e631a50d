import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Files whose name holds a hash of what is in them: the next build gives them another name. */
const HASHED = /-[A-Za-z0-9_-]{8}\.(js|css|woff2)$/;
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_EACH_TIME = 'no-cache';

/** What the console answers to by itself: each of these addresses is a page of the one document. */
const PAGES = ['/', '/instances', '/instances/*', '/operations', '/operations/*'];

/**
 * Serves the built console: the files as they are, compressed ahead where the browser takes that, and the document for every page. Without
 * a build, the front page leads to the documentation of the API.
 *
 * @param directory what the build of the console has made
 */
export async function serveConsole(app: NestFastifyApplication, directory: string): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  if (!existsSync(join(directory, 'index.html'))) {
    fastify.get('/', (_request, reply) => reply.redirect('/docs'));
    return;
  }
  await app.register(fastifyStatic, {
    root: directory,
    // A route for every file, so that what is no file is left to the routes of the API.
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header('Cache-Control', HASHED.test(path.replace(/\.(br|gz)$/, '')) ? FOREVER : ASK_EACH_TIME);
    },
  });
  for (const language of ['', 'de']) {
    for (const page of PAGES) {
      const path = language === '' ? page : `/${language}${page === '/' ? '' : page}`;
      fastify.get(path, (_request, reply) => reply.sendFile(join(language, 'index.html')));
    }
  }
}
