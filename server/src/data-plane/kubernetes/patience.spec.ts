import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ClusterError, RIGHTS_UNREAD_MS } from './cluster-error.js';
import { inDataPlaneWords, patiently } from './patience.js';

const never = new AbortController().signal;

/** Fails with what is given, one after the other, then answers. */
function after(...errors: readonly Error[]): () => Promise<string> {
  const left = [...errors];
  return () => {
    const error = left.shift();
    return error ? Promise.reject(error) : Promise.resolve('answer');
  };
}

describe('patiently', () => {
  it.each([
    new ClusterError(null, 'Unreachable', 'ECONNREFUSED'),
    new ClusterError(429, 'TooManyRequests', 'slow down'),
    new ClusterError(503, 'ServiceUnavailable', 'not now'),
  ])('asks again after %s', async (error) => {
    expect(await patiently(after(error, error), never)).toBe('answer');
  });

  it('does not ask again when it is refused, and says why in plain words', async () => {
    const refused = new ClusterError(403, 'Forbidden', 'pods "x" is forbidden: exceeded quota: small');
    await expect(patiently(after(refused), never)).rejects.toMatchObject({
      code: 'quota_exceeded',
      message: 'A quota of the namespace is used up: pods "x" is forbidden: exceeded quota: small.',
      retryable: false,
    });
  });

  const FORBIDDEN =
    'pods is forbidden: User "toygres" cannot list resource "pods" in API group "" in the namespace "x"';

  it('asks again when it lacks a right: an API server that has just started knows of none', async () => {
    const refused = new ClusterError(403, 'Forbidden', FORBIDDEN);
    expect(await patiently(after(refused, refused), never)).toBe('answer');
  });

  it('names the right that is still missing after a while', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const asked = patiently(() => {
      vi.advanceTimersByTime(RIGHTS_UNREAD_MS / 2);
      return Promise.reject(new ClusterError(403, 'Forbidden', FORBIDDEN));
    }, never);
    await expect(asked).rejects.toMatchObject({ code: 'cluster_forbidden', retryable: false });
  });

  it('gives up when it is told to, with the reason of who told it', async () => {
    const abort = new AbortController();
    const asked = patiently(() => {
      abort.abort(new Error('deadline'));
      return Promise.reject(new ClusterError(503, 'ServiceUnavailable', 'not now'));
    }, abort.signal);
    await expect(asked).rejects.toThrow('deadline');
  });

  it('leaves a defect what it is', async () => {
    await expect(patiently(after(new RangeError('mistake')), never)).rejects.toThrow(RangeError);
  });
});

describe('in the words of the data plane', () => {
  it('a cluster that is away may be asked again', () => {
    expect(
      inDataPlaneWords(new ClusterError(null, 'Unreachable', 'The API server does not answer: ECONNREFUSED.')),
    ).toMatchObject({
      code: 'cluster_unreachable',
      retryable: true,
    });
  });
});
