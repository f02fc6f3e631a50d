import { type INestApplicationContext, Logger as NestLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QuietLogger } from '../platform/logging/quiet-logger.js';
import { WorkerModule } from '../worker.module.js';
import type { Runtime } from './runtime.js';

/** Makes the application of a worker. Its work begins when this resolves. */
export async function createWorkerApplication(runtime: Runtime): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.with(runtime), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(QuietLogger));
  NestLogger.flush();
  return app;
}
