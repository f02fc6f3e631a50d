import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { pause } from '../../platform/embedded-postgres/pause.js';
import type { PostgresBinaries } from '../../platform/embedded-postgres/binaries.js';
import { initialiseDataDirectory } from '../../platform/embedded-postgres/initdb.js';
import type { ServerUser } from '../../platform/embedded-postgres/server-user.js';
import {
  removeStagingLeftovers,
  renameUnlessThere,
  stageDirectory,
} from '../../platform/embedded-postgres/staged-directory.js';
import { errorMessage } from '../../platform/errors/domain-error.js';

const LOOK_EVERY_MS = 500;
const PAUSE_AFTER_FAILURE_MS = 30_000;

export interface PoolOptions {
  readonly home: string;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser | null;
  /** Directories to keep ready of the newest version; one of each other. 0 = none at all. */
  readonly size: number;
  /** Whether the disk has space for more than what people ask for. */
  readonly hasRoom: () => Promise<boolean>;
}

/**
 * Data directories that were initialised ahead of time, in `<home>/pool/<major>`: taking one is a rename, where `initdb`
 * takes a second. Each is made by an `initdb` of its own, since copies would share one `system_identifier`.
 */
export class DataDirectoryPool {
  private readonly logger = new Logger(DataDirectoryPool.name);
  private creating = 0;

  constructor(private readonly options: PoolOptions) {}

  /**
   * Puts a data directory at `target`, out of the pool or made on the spot. Does nothing when one is there.
   *
   * @throws EmbeddedPostgresError `initdb_failed`, `unsupported_version`
   */
  async take(major: string, target: string, signal: AbortSignal): Promise<void> {
    for (const ready of await this.listReady(major)) {
      signal.throwIfAborted();
      try {
        await renameUnlessThere(ready, target);
        return;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // Another worker was faster, or the instances have a disk of their own.
        if (code !== 'ENOENT' && code !== 'EXDEV') {
          throw error;
        }
      }
    }
    await this.make(major, target, false, signal);
  }

  /** Runs work that somebody waits for; meanwhile no refill is begun in this process. */
  async whileCreating<T>(work: () => Promise<T>): Promise<T> {
    this.creating += 1;
    try {
      return await work();
    } finally {
      this.creating -= 1;
    }
  }

  /**
   * Keeps the pool full, one directory at a time and at the lowest priority, until the signal aborts; then it resolves.
   * Several workers may do so in one home. A failure is logged and tried again.
   */
  async keepFull(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const wait = await this.refillOne(signal).then(
        (made) => (made ? 0 : LOOK_EVERY_MS),
        (error: unknown) => {
          if (!signal.aborted) {
            this.logger.warn(`A data directory could not be made ahead of time: ${errorMessage(error)}`);
          }
          return PAUSE_AFTER_FAILURE_MS;
        },
      );
      await pause(wait, signal).catch(() => undefined);
    }
  }

  /** @returns whether one was missing */
  private async refillOne(signal: AbortSignal): Promise<boolean> {
    if (this.options.size === 0 || this.creating > 0 || !(await this.options.hasRoom())) {
      return false;
    }
    for (const [age, { major }] of (await this.options.binaries.availableVersions()).entries()) {
      // Most instances are made with the newest version; one of each other is enough to be fast now and then.
      const wanted = age === 0 ? this.options.size : 1;
      if ((await this.listReady(major)).length < wanted) {
        await removeStagingLeftovers(this.directory(major));
        await this.make(major, join(this.directory(major), randomBytes(8).toString('hex')), true, signal);
        return true;
      }
    }
    return false;
  }

  private async make(major: string, target: string, lowPriority: boolean, signal: AbortSignal): Promise<void> {
    const { binaries, user } = this.options;
    const installation = await binaries.install(major);
    await stageDirectory(target, async (directory) => {
      await initialiseDataDirectory({ installation, directory, user, lowPriority }, signal);
      signal.throwIfAborted();
    });
  }

  /** Paths of the directories that may be taken. */
  private async listReady(major: string): Promise<string[]> {
    const directory = this.directory(major);
    await mkdir(directory, { recursive: true });
    // What is still being made is hidden.
    return (await readdir(directory)).filter((name) => !name.startsWith('.')).map((name) => join(directory, name));
  }

  private directory(major: string): string {
    return join(this.options.home, 'pool', major);
  }
}
