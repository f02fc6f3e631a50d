import { Logger as NestLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ApiModule } from '../api.module.js';
import { refuseWrongMethods } from '../platform/http/allowed-methods.js';
import { readIdempotencyKeys } from '../platform/http/idempotency-key.js';
import { BODY_LIMIT, parseJsonBodies } from '../platform/http/json-body.js';
import { serveConsole } from '../platform/http/console-files.js';
import { createContract } from '../platform/http/openapi.js';
import { answerBeforeRouting } from '../platform/http/problem.filter.js';
import { guardRequests } from '../platform/http/request-guard.js';
import { measureRequests } from '../platform/http/request-metrics.js';
import { secureHeaders } from '../platform/http/secure-headers.js';
import { QuietLogger } from '../platform/logging/quiet-logger.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import type { Runtime } from './runtime.js';

/** What the build of the console has made, beside what the build of the server has. */
const CONSOLE = join(import.meta.dirname, '..', '..', '..', 'client');

/** Makes the HTTP application, ready to listen. */
export async function createApiApplication(runtime: Runtime): Promise<NestFastifyApplication> {
  const { config } = runtime;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    // As long as a URL can be: by what is longer than a name nothing is found, like by any other wrong name.
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: answerBeforeRouting,
    forceCloseConnections: 'idle',
    // What still comes in while the server drains is answered like any other request.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(runtime), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(QuietLogger));
  NestLogger.flush();
  const fastify = adapter.getInstance();
  await secureHeaders(app);
  guardRequests(fastify, config);
  refuseWrongMethods(fastify);
  parseJsonBodies(fastify);
  readIdempotencyKeys(fastify, runtime.cipher);
  measureRequests(fastify, app.get(Metrics));
  await serveConsole(app, CONSOLE);
  if (config.corsOrigins.length > 0) {
    app.enableCors({
      origin: [...config.corsOrigins],
      exposedHeaders: ['Location', 'ETag', 'X-Request-Id', 'Idempotency-Replayed'],
    });
  }
  SwaggerModule.setup('docs', app, () => createContract(app), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
    customSiteTitle: 'Toygres API',
    // Would ask a server on the internet whether the contract is valid.
    swaggerOptions: { validatorUrl: null },
  });
  return app;
}
