/** SQLSTATEs: class 28 (who it is, and whether they may), no such database, no right to connect to it. */
const REFUSALS = /^(28...|3D000|42501)$/;

/**
 * Whether a server has answered a login and said no, which it will say again. One that starts, recovers or has no connection free says
 * something else.
 *
 * @param error what a client has thrown
 */
export function isLoginRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && REFUSALS.test(error.code);
}
