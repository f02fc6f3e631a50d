import type { FastifyInstance } from 'fastify';
import { RequestError } from './request-errors.js';

/** A path of a route, by its segments, and the methods that it answers to. */
interface KnownPath {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/**
 * Answers a request for a path that is known with a method that it does not take by 405 and the methods that it does. Must be called
 * before the routes are made.
 */
export function refuseWrongMethods(fastify: FastifyInstance): void {
  const known = new Map<string, KnownPath>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // A route for every path, such as the one that answers preflights, says nothing about any of them.
    if (url.includes('*')) {
      return;
    }
    const path = known.get(url) ?? { segments: url.split('/'), methods: new Set() };
    known.set(url, path);
    for (const one of [method].flat()) {
      path.methods.add(one);
    }
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const allowed = request.is404 ? methodsOf(request.url, known.values()) : [];
    if (allowed.length === 0 || allowed.includes(request.method)) {
      done();
      return;
    }
    void reply.header('Allow', allowed.join(', '));
    done(
      new RequestError(
        'method_not_allowed',
        `${request.method} is not possible here. Possible: ${allowed.join(', ')}.`,
      ),
    );
  });
}

function methodsOf(url: string, known: Iterable<KnownPath>): readonly string[] {
  const segments = (url.split('?', 1)[0] ?? '').split('/');
  const methods = [...known].filter((path) => matches(path, segments)).flatMap((path) => [...path.methods]);
  return [...new Set(methods)].sort();
}

function matches({ segments }: KnownPath, asked: readonly string[]): boolean {
  return (
    segments.length === asked.length &&
    segments.every((segment, index) => (segment.startsWith(':') ? asked[index] !== '' : segment === asked[index]))
  );
}
