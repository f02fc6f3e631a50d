import { describe, expect, it } from 'vitest';
import { EmbeddedPostgresError } from '../../platform/embedded-postgres/embedded-postgres-error.js';
import { inDataPlaneWords } from './data-plane-words.js';

const failWith = (error: Error, diskFull = false) =>
  inDataPlaneWords(
    () => Promise.reject(error),
    () => Promise.resolve(diskFull),
  );

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
    new EmbeddedPostgresError(
      'server_exited',
      'It ended: could not write to file: No space left on device.',
      'PANIC:  …',
    ),
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  ])('recognises a full disk', async (error) => {
    await expect(failWith(error)).rejects.toMatchObject({ code: 'disk_full', retryable: false, cause: error });
  });

  it('recognises it where nobody could write it down', async () => {
    const silent = new EmbeddedPostgresError('server_exited', 'It ended: it did not say why.', '');
    await expect(failWith(silent, true)).rejects.toMatchObject({ code: 'disk_full', cause: silent });
    await expect(failWith(silent)).rejects.toMatchObject({ code: 'server_exited' });
  });

  it('does not mistake what an earlier server has ended of', async () => {
    const log =
      'PANIC:  could not write to file: No space left on device\nFATAL:  could not create any TCP/IP sockets\n';
    const other = new EmbeddedPostgresError('server_exited', 'It ended: configuration file contains errors.', log);
    await expect(failWith(other)).rejects.toMatchObject({ code: 'server_exited', details: log });
  });

  it('recognises a port that was taken at the last moment', async () => {
    const taken = new EmbeddedPostgresError(
      'server_exited',
      'It ended: could not create any TCP/IP sockets.',
      'LOG: …',
    );
    await expect(failWith(taken)).rejects.toMatchObject({ code: 'port_in_use', retryable: true });
  });

  it('leaves everything else as it is', async () => {
    const abort = new Error('deadline');
    await expect(failWith(abort)).rejects.toBe(abort);
    await expect(inDataPlaneWords(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
