import { FlowProducer, type QueueOptions, Worker } from 'bullmq';
import type * as QueuesModule from '../../server/src/platform/queue/queues.js';
import type { Cleanup } from './cleanup.ts';
import { loadConfig, loadServerCode, QueueConnection } from './server-code.ts';

const { QUEUES } = (await loadServerCode('platform/queue/queues.js')) as typeof QueuesModule;
const QUEUE = 'bench-raw';
const STEPS = 5;

/** Flows of five jobs that do nothing, by BullMQ alone, with the settings of the engine's own. */
export class RawFlows {
  private readonly producer: FlowProducer;
  #missing = 0;
  #resolve: () => void = () => undefined;

  private constructor(producer: FlowProducer, worker: Worker) {
    this.producer = producer;
    worker.on('completed', ({ name }) => {
      this.#missing -= name === `step-${String(STEPS - 1)}` ? 1 : 0;
      if (this.#missing === 0) {
        this.#resolve();
      }
    });
  }

  static async start(cleanup: Cleanup, databaseUrl: string, redisUrl: string | undefined): Promise<RawFlows> {
    const queue = await QueueConnection.open({ databaseUrl, redisUrl }, 'bench raw');
    const connection = queue.connection as QueueOptions['connection'];
    const producer = new FlowProducer({ connection });
    const worker = new Worker(QUEUE, async () => undefined, {
      connection,
      concurrency: loadConfig({}).workerConcurrency,
    });
    // Its listening connection is cut off when the database goes down, which it reports.
    worker.on('error', () => undefined);
    await worker.waitUntilReady();
    cleanup.add(async () => {
      await worker.close();
      await producer.close();
      await queue.close();
    });
    return new RawFlows(producer, worker);
  }

  /** Starts so many flows and resolves when all are done. */
  async run(count: number): Promise<void> {
    this.#missing = count;
    const all = new Promise<void>((resolve) => {
      this.#resolve = resolve;
    });
    await this.producer.addBulk(Array.from({ length: count }, () => flowOf(STEPS - 1)));
    await all;
  }
}

/** Each step is the parent of the one before it, so that they run in their order. */
function flowOf(step: number): Parameters<FlowProducer['add']>[0] {
  return {
    name: `step-${String(step)}`,
    queueName: QUEUE,
    data: {},
    opts: QUEUES.interactive.jobOptions,
    ...(step > 0 ? { children: [flowOf(step - 1)] } : {}),
  };
}
