import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { request as forward } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubeConfig } from '@kubernetes/client-node';

/** A request that came by. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly watch: boolean;
}

/** Answers in place of the API server: an HTTP status, or nothing at all and the connection is cut. */
export type Trouble = (request: SeenRequest) => number | 'cut' | null;

/** Between Toygres and the API server: counts what is asked, and gets in the way. */
export class ApiServerProxy {
  readonly seen: SeenRequest[] = [];
  trouble: Trouble = () => null;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    private readonly ca: Buffer,
  ) {}

  static async start(kubeConfig: KubeConfig): Promise<ApiServerProxy> {
    const cluster = kubeConfig.getCurrentCluster();
    const server = createServer();
    const ca = Buffer.from(cluster?.caData ?? '', 'base64');
    const proxy = new ApiServerProxy(server, new URL(cluster?.server ?? ''), ca);
    server.on('request', (request, response) => proxy.#pass(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** What was asked, watches left out. */
  get asked(): readonly SeenRequest[] {
    return this.seen.filter(({ watch }) => !watch);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', this.target);
    const seen = { method: request.method ?? '', path: pathname, watch: searchParams.get('watch') === 'true' };
    this.seen.push(seen);
    const trouble = this.trouble(seen);
    if (trouble === 'cut') {
      response.destroy();
      return;
    }
    if (trouble !== null) {
      const body = { kind: 'Status', status: 'Failure', code: trouble, reason: 'Trouble', message: 'not now' };
      response.writeHead(trouble, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const { method, headers } = request;
    const onward = forward(
      new URL(request.url ?? '', this.target),
      { ...(method !== undefined && { method }), headers: { ...headers, host: this.target.host }, ca: this.ca },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}
