import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { DataPlane } from '../data-plane.js';
import { LocalDataPlane } from './local-data-plane.js';

/** Keeps initialised data directories ready while a worker runs. */
@Injectable()
export class PoolRefill implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(PoolRefill.name);
  readonly #stop = new AbortController();
  #refilling: Promise<void> = Promise.resolve();

  constructor(private readonly dataPlane: DataPlane) {}

  onApplicationBootstrap(): void {
    if (this.dataPlane instanceof LocalDataPlane) {
      this.#refilling = this.dataPlane.startRefilling(this.#stop.signal).catch((error: unknown) => {
        this.#logger.warn(`The pool of data directories is not refilled any more: ${errorMessage(error)}`);
      });
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#refilling;
  }
}
