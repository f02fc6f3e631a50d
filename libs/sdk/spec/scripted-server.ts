import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a request; `attempt` counts the requests so far, from 1. */
export type Script = (request: ReceivedRequest, response: ServerResponse, attempt: number) => void | Promise<void>;

/** A real HTTP server that does what a test tells it to, and keeps what it was asked. */
export class ScriptedServer implements AsyncDisposable {
  readonly requests: ReceivedRequest[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(script: Script): Promise<ScriptedServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const scripted = new ScriptedServer(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    server.on('request', (message: IncomingMessage, response: ServerResponse) => {
      void text(message).then(async (body) => {
        const request = { method: message.method ?? '', url: message.url ?? '', headers: message.headers, body };
        scripted.requests.push(request);
        await script(request, response, scripted.requests.length);
      });
    });
    return scripted;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Begins an event stream as Toygres does, with a short time to come back after. */
export function openStream(response: ServerResponse, position: number): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.write(`retry: 2\nid: ${String(position)}\nevent: stream.open\ndata: {}\n\n`);
}

export function frame(id: number, type: string, data: Record<string, unknown> = {}): string {
  const event = {
    id: String(id),
    type,
    instance_id: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11',
    instance_name: 'proddb',
    orchestration_id: null,
    data,
    created_at: '2026-11-14T12:00:00Z',
  };
  return `id: ${String(id)}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`;
}
