import { SetMetadata } from '@nestjs/common';
import type { Config } from '../config/config.js';

export interface HousekeepingSchedule {
  /** Unique; also the id of its job scheduler. */
  readonly name: string;
  /** Milliseconds between two runs, over all workers together; may be configured. */
  readonly everyMs: number | ((config: Config) => number);
}

/** Something that is to be done from time to time, once for all workers. */
export interface HousekeepingRun {
  run(): Promise<void>;
}

export const HOUSEKEEPING_METADATA = Symbol('housekeeping');

/** Marks a provider with a `run` method as a housekeeping task. */
export const HousekeepingTask = (schedule: HousekeepingSchedule): ClassDecorator =>
  SetMetadata(HOUSEKEEPING_METADATA, schedule);
