import { createServer } from 'node:net';

/**
 * Whether nobody listens on a port of this machine's loopback addresses. `::1` counts too although our servers listen on
 * 127.0.0.1 only: clients that connect to `localhost` often try it first, and would reach the stranger there.
 */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canBind('127.0.0.1', port)) && (await canBind('::1', port));
}

/** A port of 127.0.0.1 that is free just now. Someone else may take it before the caller does. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function canBind(host: string, port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    // Anything but "in use" (no IPv6 on this machine, say) means that no stranger can be there either.
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
