import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Requests under way get this long to be answered, in milliseconds. */
const DRAIN_MS = 5_000;
const LOOK_MS = 20;

/**
 * Closes an application without cutting requests short and without waiting for connections that carry none. Node.js counts a connection on
 * which nothing was ever sent, such as browsers and HTTP clients open ahead of time, as busy, and would wait a minute for it.
 */
export class RequestDrain {
  #underWay = 0;

  constructor(private readonly app: NestFastifyApplication) {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (_request, reply, done) => {
        this.#underWay += 1;
        reply.raw.once('close', () => (this.#underWay -= 1));
        done();
      });
  }

  async close(): Promise<void> {
    const server = this.app.getHttpServer();
    const began = Date.now();
    const look = setInterval(() => {
      if (this.#underWay === 0 || Date.now() - began > DRAIN_MS) {
        server.closeAllConnections();
      }
    }, LOOK_MS);
    try {
      await this.app.close();
    } finally {
      clearInterval(look);
    }
  }
}
