import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { formatImageReference, parseImageReference } from '#rules';
import { type Config, CONFIG } from '../../config/config.js';
import { DataPlane } from '../../data-plane/index.js';
import { Database } from '../../platform/database/database.js';
import { Idempotency, type IdempotencyRequest, type Replayable } from '../../platform/idempotency/idempotency.js';
import { RuntimeImageRepository, type RuntimeImageRow } from './data/runtime-image.repository.js';
import type { ImageUser, RuntimeImage } from './domain/runtime-image.js';
import {
  ImageInUseError,
  ImageNameTakenError,
  RegistryNotAllowedError,
  RuntimeImageNotFoundError,
  UnsupportedError,
} from './domain/runtime-image-errors.js';

/** The reference as people write it. */
export type NewRuntimeImage = Omit<RuntimeImage, 'id'>;

/** The catalogue of images that instances may be made of. */
@Injectable()
export class RuntimeImageService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly images: RuntimeImageRepository,
    private readonly dataPlane: DataPlane,
  ) {}

  /** @throws UnsupportedError, RegistryNotAllowedError, ImageNameTakenError */
  async register(request: NewRuntimeImage, key: IdempotencyRequest | undefined): Promise<Replayable<RuntimeImageRow>> {
    const answered = await this.idempotency.answerTo<RuntimeImageRow>(key);
    if (answered) {
      return answered;
    }
    await this.#assertOffered(request.postgresVersion);
    const reference = parseImageReference(request.imageRef);
    if (reference === null) {
      throw new UnsupportedError(`"${request.imageRef}" is no reference of an image.`, '/image_ref');
    }
    this.assertAllowed(request.imageRef, '/image_ref');
    const image = { ...request, id: randomUUID(), imageRef: formatImageReference(reference) };
    return this.idempotency.run(key, async (transaction) => {
      const inserted = await this.images.insert(transaction, image);
      const row = inserted ? await this.images.find(image.name, transaction) : undefined;
      if (row === undefined) {
        throw new ImageNameTakenError(image.name);
      }
      return row;
    });
  }

  /** @throws RuntimeImageNotFoundError */
  async read(name: string): Promise<{ readonly image: RuntimeImageRow; readonly users: readonly ImageUser[] }> {
    const image = await this.images.find(name);
    if (!image) {
      throw new RuntimeImageNotFoundError(name);
    }
    return { image, users: await this.images.users(image.id) };
  }

  /**
   * Removes an image that no instance is made of. Whoever is creating one of it is waited for, and whoever begins later finds it gone.
   *
   * @returns what was removed
   * @throws RuntimeImageNotFoundError, ImageInUseError
   */
  async remove(name: string): Promise<RuntimeImageRow> {
    return this.database.transaction(async (transaction) => {
      const id = await this.images.lock(transaction, name);
      // Read after the lock was had: it was waited for.
      const image = id === undefined ? undefined : await this.images.find(name, transaction);
      if (image === undefined) {
        throw new RuntimeImageNotFoundError(name);
      }
      if (image.inUse > 0) {
        throw new ImageInUseError(name, await this.images.users(image.id, transaction), image.inUse);
      }
      await this.images.remove(transaction, image.id);
      return image;
    });
  }

  /** @throws RegistryNotAllowedError where images may not come from there, or may not any more */
  assertAllowed(imageRef: string, pointer: string): void {
    const registry = parseImageReference(imageRef)?.registry ?? imageRef;
    if (!this.config.imageRegistries.includes(registry)) {
      throw new RegistryNotAllowedError(registry, this.config.imageRegistries, pointer);
    }
  }

  async #assertOffered(postgresVersion: string): Promise<void> {
    const { unsupported, versions } = await this.dataPlane.capabilities();
    const refusal = unsupported.find(({ feature }) => feature === 'runtime_images');
    if (refusal) {
      throw new UnsupportedError(refusal.reason, '');
    }
    if (!versions.some(({ major }) => major === postgresVersion)) {
      const offered = versions.map(({ major }) => major).join(', ');
      throw new UnsupportedError(
        `PostgreSQL ${postgresVersion} is not offered here. Choose one of: ${offered}.`,
        '/postgres_version',
      );
    }
  }
}
