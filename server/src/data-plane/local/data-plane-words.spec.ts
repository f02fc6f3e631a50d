import { describe, expect, it } from 'vitest';
import { EmbeddedPostgresError } from '../../platform/embedded-postgres/embedded-postgres-error.js';
import { inDataPlaneWords } from './data-plane-words.js';

const failWith = (error: Error) => inDataPlaneWords(() => Promise.reject(error));

describe('inDataPlaneWords', () => {
  it('keeps what the program said', async () => {
    await expect(
      failWith(new EmbeddedPostgresError('initdb_failed', 'initdb failed.', 'initdb: error: no')),
    ).rejects.toMatchObject({
      code: 'initdb_failed',
      retryable: true,
      details: 'initdb: error: no',
    });
  });

  it.each([
    new EmbeddedPostgresError('initdb_failed', 'initdb failed.', 'could not write to file: No space left on device'),
    new EmbeddedPostgresError('server_exited', 'It ended.', 'PANIC:  could not write to file: No space left on device'),
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  ])('recognises a full disk', async (error) => {
    await expect(failWith(error)).rejects.toMatchObject({ code: 'disk_full', retryable: false, cause: error });
  });

  it('recognises a port that was taken at the last moment', async () => {
    const log =
      'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets';
    await expect(failWith(new EmbeddedPostgresError('server_exited', 'It ended.', log))).rejects.toMatchObject({
      code: 'port_in_use',
      retryable: true,
    });
  });

  it('leaves everything else as it is', async () => {
    const abort = new Error('deadline');
    await expect(failWith(abort)).rejects.toBe(abort);
    await expect(inDataPlaneWords(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
