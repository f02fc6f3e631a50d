import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../telemetry/metrics.js';

/** Measures every request by its route; what meets no route counts as one. */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.httpRequests.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1_000,
    );
    done();
  });
}
