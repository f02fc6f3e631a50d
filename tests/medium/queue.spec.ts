import { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';
import { TestApi } from '../support/test-api.js';

const BACKENDS: readonly [name: string, redisUrl: () => string | null][] = [
  ['PostgreSQL', () => null],
  ['Redis', () => inject('redisUrl')],
];

// In `all` the api is closed before the worker, and both use one connection.
describe.each(BACKENDS)('an application with the queue in %s', (backend, redisUrl) => {
  it('leaves the connection that it shares open when it is closed', async (context) => {
    context.skip(backend === 'Redis' && redisUrl() === null, 'there is no Redis');
    const api = await TestApi.start({ redisUrl: redisUrl() ?? undefined });
    const { connection } = api.runtime.queue;
    try {
      await api.app.close();
      const answer = connection instanceof Redis ? await connection.ping() : await connection.query('SELECT');
      expect(answer).toBeTruthy();
    } finally {
      await api.close();
    }
  });
});
