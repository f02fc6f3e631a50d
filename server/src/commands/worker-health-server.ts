import type { INestApplicationContext } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResolvedConfig } from '../config/config.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import { ReadinessProbe } from '../system/readiness.js';

/** What a scheduler and a scraper ask of a worker: /health, /health/ready and /metrics. It serves nothing else, so it needs no framework. */
export class WorkerHealthServer {
  private constructor(private readonly server: Server) {}

  static async listen(app: INestApplicationContext, config: ResolvedConfig): Promise<WorkerHealthServer> {
    const readiness = app.get(ReadinessProbe);
    const metrics = app.get(Metrics);
    const answer = async (path: string, response: ServerResponse): Promise<void> => {
      if (path === '/health') {
        json(response, 200, { status: 'ok' });
      } else if (path === '/health/ready') {
        const report = await readiness.check();
        json(response, report.status === 'ok' ? 200 : 503, report);
      } else if (path === '/metrics') {
        const { contentType, body } = await metrics.render();
        response.writeHead(200, { 'Content-Type': contentType }).end(body);
      } else {
        json(response, 404, { error: 'A worker serves /health, /health/ready and /metrics.' });
      }
    };
    const server = createServer((request, response) => {
      answer(request.url ?? '', response).catch(() => {
        json(response, 500, { status: 'failing' });
      });
    });
    server.listen(config.workerPort, config.host);
    await once(server, 'listening');
    return new WorkerHealthServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
