/** The least that a Nest application on Fastify can be: one route that answers with a constant. Run as a program. */
import 'reflect-metadata';
import { Controller, Get } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

class BareController {
  answer(): { readonly status: string } {
    return { status: 'ok' };
  }
}

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a Nest module is a class without members
class BareModule {}

// Node.js strips types but doesn't know decorators: they are called by hand.
Get('bare')(
  BareController.prototype,
  'answer',
  Object.getOwnPropertyDescriptor(BareController.prototype, 'answer') ?? {},
);
Controller()(BareController);

const app = await NestFactory.create<NestFastifyApplication>(
  { module: BareModule, controllers: [BareController] },
  new FastifyAdapter(),
  { logger: false },
);
await app.listen(0, '127.0.0.1');
console.log(`Bare Nest is ready at ${await app.getUrl()}`);
process.on('SIGTERM', () => void app.close().then(() => process.exit()));
