import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Config, CONFIG } from '../../../config/config.js';
import { DataPlane } from '../../../data-plane/index.js';
import { HousekeepingTask } from '../../../housekeeping/housekeeping-task.js';
import { DatabaseListener } from '../../../platform/database/database-listener.js';
import { Database, type Transaction } from '../../../platform/database/database.js';
import { DomainError, errorMessage } from '../../../platform/errors/domain-error.js';
import { InstanceLifecycle, InstanceService } from '../../instances/index.js';
import { BatchRepository, type PendingItem } from '../data/batch.repository.js';
import type { BatchKind } from '../domain/batch.js';

/** How often an item is tried that fails for a reason that nobody knows. */
const ATTEMPTS = 5;

/**
 * Begins the items of batches, so many of each batch at a time: at once when one was accepted, and whenever one has ended. Any number of
 * workers may run one, because the batch is locked while an item begins.
 */
@Injectable()
@HousekeepingTask({ name: 'batch-sweep', everyMs: 15_000 })
export class BatchRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(BatchRunner.name);
  readonly #waiting = new Set<string>();
  #running: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;
  #stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly listener: DatabaseListener,
    private readonly batches: BatchRepository,
    private readonly instances: InstanceService,
    private readonly lifecycle: InstanceLifecycle,
    private readonly dataPlane: DataPlane,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#unsubscribe = await this.listener.subscribe('toygres_batches', (id) => {
      if (id === '') {
        void this.run();
      } else {
        this.#wake(id);
      }
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe?.();
    await this.#running;
  }

  /** Goes on with every batch that is open, as far as that is possible now; what a notification was lost of is found so. */
  async run(): Promise<void> {
    try {
      for (const id of await this.batches.open()) {
        this.#wake(id);
      }
      await this.#running;
    } catch (error) {
      this.#logger.warn(`Batches could not be looked for: ${errorMessage(error)}`);
    }
  }

  #wake(id: string): void {
    this.#waiting.add(id);
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
      const [late] = this.#waiting;
      if (late !== undefined && !this.#stopped) {
        this.#wake(late);
      }
    });
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const [id] = this.#waiting;
      if (id === undefined) {
        return;
      }
      this.#waiting.delete(id);
      await this.#goOn(id);
    }
  }

  async #goOn(id: string): Promise<void> {
    try {
      let more = true;
      while (more && !this.#stopped) {
        more = await this.#step(id);
      }
    } catch (error) {
      this.#logger.warn(`${id} is gone on with later: ${errorMessage(error)}`);
    }
  }

  /** Begins one item. @returns whether another one may be begun */
  async #step(id: string): Promise<boolean> {
    const next = await this.batches.nextPending(this.database, id);
    try {
      if (next?.instance) {
        await this.dataPlane.admit(next.instance);
      }
      return await this.database.transaction((transaction) => this.#begin(transaction, id, next));
    } catch (error) {
      if (!next) {
        throw error;
      }
      return this.#failed(id, next, error);
    }
  }

  async #begin(transaction: Transaction, id: string, next: PendingItem | undefined): Promise<boolean> {
    const batch = await this.batches.lock(transaction, id);
    const { running } = await this.batches.settle(transaction, id);
    const item = await this.batches.nextPending(transaction, id);
    if (!batch || !item || running >= this.config.bulkParallelism) {
      return false;
    }
    if (item.position !== next?.position) {
      // Another worker was faster: this one was not looked at yet.
      return true;
    }
    await this.batches.begin(
      transaction,
      id,
      item.position,
      await this.#start(transaction, batch.kind, item, batch.started_by),
    );
    await this.batches.settle(transaction, id, item.position);
    return true;
  }

  async #start(
    transaction: Transaction,
    kind: BatchKind,
    { name, instanceId, instance }: PendingItem,
    startedBy: string,
  ): Promise<string | null> {
    const { orchestration_id } = instance
      ? await this.instances.createIn(transaction, instance, startedBy)
      : await this.lifecycle.deleteIn(transaction, instanceId ?? name, { purge: kind === 'purge' }, startedBy);
    return orchestration_id;
  }

  /** What is refused stays so. What failed for another reason comes after the others, and is refused when it fails again and again. */
  async #failed(id: string, { position, name }: PendingItem, error: unknown): Promise<boolean> {
    if (!(error instanceof DomainError)) {
      this.#logger.warn(`"${name}" of ${id} could not be begun: ${errorMessage(error)}`);
    }
    return this.database.transaction(async (transaction) => {
      await this.batches.lock(transaction, id);
      if (error instanceof DomainError) {
        await this.batches.refuse(transaction, id, position, { error_code: error.code, error: error.message });
      } else if ((await this.batches.countAttempt(transaction, id, position)) >= ATTEMPTS) {
        await this.batches.refuse(transaction, id, position, {
          error_code: 'internal_error',
          error: `An unexpected error occurred. The worker's log has it under ${id}.`,
        });
      } else {
        return false;
      }
      await this.batches.settle(transaction, id, position);
      return true;
    });
  }
}
