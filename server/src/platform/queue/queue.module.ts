import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { QueueConnection } from './queue-backend.js';
import { QUEUE_NAMES, QUEUES, type QueueName } from './queues.js';

/** Every queue by its name. */
export class Queues {
  constructor(private readonly queues: Readonly<Record<QueueName, Queue>>) {}

  get(name: QueueName): Queue {
    return this.queues[name];
  }
}

/** Name of the one producer of flows. */
export const FLOW_PRODUCER = 'orchestrations';

const QUEUE_MODULES = BullModule.registerQueue(
  ...QUEUE_NAMES.map((name) => ({ name, defaultJobOptions: QUEUES[name].jobOptions })),
);
// The connection is shared, and closed by who has opened it: a producer that disconnects it makes the others wait for ever.
const FLOW_MODULE = BullModule.registerFlowProducer({ name: FLOW_PRODUCER, forceDisconnectOnShutdown: false });

@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      useFactory: ({ connection }: QueueConnection) => ({ connection }),
      inject: [QueueConnection],
    }),
    QUEUE_MODULES,
    FLOW_MODULE,
  ],
  providers: [
    {
      provide: Queues,
      useFactory: (...queues: Queue[]) =>
        new Queues(
          Object.fromEntries(QUEUE_NAMES.map((name, index) => [name, queues[index]])) as Record<QueueName, Queue>,
        ),
      inject: QUEUE_NAMES.map((name) => getQueueToken(name)),
    },
  ],
  exports: [QUEUE_MODULES, FLOW_MODULE, Queues],
})
export class QueueModule {}
