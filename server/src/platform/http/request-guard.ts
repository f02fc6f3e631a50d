import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { RequestError } from './request-errors.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Probes of a scheduler come with the address of the pod as Host, and the answer tells nothing. */
const ANY_HOST = /^\/health(\/|$)/;

/**
 * Keeps browsers from being used against a server that trusts its network: a Host that is not ours means a rebound DNS name, and a writing
 * request from a page of another origin means a forged one.
 */
export function guardRequests(
  fastify: FastifyInstance,
  config: Pick<Config, 'host' | 'allowedHosts' | 'corsOrigins'>,
): void {
  const hosts = new Set([
    ...LOOPBACK,
    config.host.toLowerCase(),
    ...config.allowedHosts.map((host) => host.toLowerCase()),
  ]);
  const origins = new Set(config.corsOrigins);

  fastify.addHook('onRequest', (request, _reply, done) => {
    done(faultOf(request, hosts, origins));
  });
}

function faultOf(
  request: FastifyRequest,
  hosts: ReadonlySet<string>,
  origins: ReadonlySet<string>,
): RequestError | undefined {
  const host = request.headers.host ?? '';
  if (!hosts.has(hostname(host)) && !ANY_HOST.test(request.url)) {
    return new RequestError(
      'host_not_allowed',
      'This server does not answer to the name in the Host header. Add it to TOYGRES_ALLOWED_HOSTS if it is yours.',
    );
  }
  if (request.url.includes('%00')) {
    return new RequestError('invalid_url', 'The URL must not hold a NUL character.');
  }
  if (READING.has(request.method)) {
    return undefined;
  }
  const { origin } = request.headers;
  const foreign =
    origin === undefined
      ? request.headers['sec-fetch-site'] === 'cross-site'
      : !origins.has(origin) && !(URL.canParse(origin) && new URL(origin).host === host.toLowerCase());
  return foreign
    ? new RequestError(
        'origin_not_allowed',
        'Pages of another origin may not change anything here. See TOYGRES_CORS_ORIGINS.',
      )
    : undefined;
}

/** The Host header without its port. */
function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}
