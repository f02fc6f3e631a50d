import { Injectable } from '@nestjs/common';
import type { DataPlaneCapabilities } from '../../data-plane/index.js';
import type { Transaction } from '../../platform/database/database.js';
import { pinned, type RuntimeImage, RuntimeImageRepository, RuntimeImageService } from '../runtime-images/index.js';
import type { NewInstance } from './data/instance.repository.js';
import { UnsupportedError } from './domain/instance-errors.js';
import type { CreateInstance } from './instance.service.js';

type ImageRequest = Pick<CreateInstance, 'imageType' | 'runtimeImage' | 'postgresVersion'>;
type ChosenImage = Pick<NewInstance, 'imageType' | 'image' | 'runtimeImage' | 'runtimeImageId'>;

/** What a new instance is made of. */
@Injectable()
export class InstanceImages {
  constructor(
    private readonly images: RuntimeImageRepository,
    private readonly catalogue: RuntimeImageService,
  ) {}

  /** The runtime images that requests ask for, by their names. */
  async named(requests: readonly ImageRequest[]): Promise<ReadonlyMap<string, RuntimeImage>> {
    const names = requests.flatMap(({ runtimeImage }) => runtimeImage ?? []);
    return names.length === 0 ? new Map() : this.images.findAll([...new Set(names)]);
  }

  /**
   * What a request is to be made of. A runtime image is pinned to its digest and set up as `stock`, whatever the request says: only what is built
   * in lets anybody in without a password.
   *
   * @param images those that are there, by their names
   * @param pointer where in the body the request is
   * @throws UnsupportedError, RegistryNotAllowedError
   */
  choose(
    request: ImageRequest,
    images: ReadonlyMap<string, RuntimeImage>,
    { unsupported, imageTypes }: DataPlaneCapabilities,
    pointer: string,
  ): ChosenImage {
    const { imageType, runtimeImage: name, postgresVersion } = request;
    const refusalOf = (what: string) => unsupported.find(({ feature }) => feature === what)?.reason;
    if (name === null) {
      const versions = imageTypes.find(({ type }) => type === imageType)?.versions ?? [];
      if (!versions.includes(postgresVersion)) {
        const offer = `${imageType} is offered for PostgreSQL ${versions.join(', ')} only.`;
        throw new UnsupportedError(refusalOf(imageType) ?? offer, `${pointer}/image_type`);
      }
      return { imageType, image: null, runtimeImage: null, runtimeImageId: null };
    }
    const refusal = refusalOf('runtime_images');
    const image = images.get(name);
    if (refusal !== undefined || image === undefined) {
      throw new UnsupportedError(refusal ?? unknownImage(name), `${pointer}/runtime_image`);
    }
    if (image.postgresVersion !== postgresVersion) {
      throw new UnsupportedError(
        `The runtime image "${name}" holds PostgreSQL ${image.postgresVersion}, not ${postgresVersion}. Ask for that version, or choose another image.`,
        `${pointer}/runtime_image`,
      );
    }
    this.catalogue.assertAllowed(image.imageRef, `${pointer}/runtime_image`);
    return { imageType: 'stock', image: pinned(image), runtimeImage: name, runtimeImageId: image.id };
  }

  /**
   * Keeps the image of an instance in the catalogue until the transaction has written who uses it.
   *
   * @throws UnsupportedError when it was removed since it was chosen
   */
  async hold(
    transaction: Transaction,
    { runtimeImage, runtimeImageId }: Pick<NewInstance, 'runtimeImage' | 'runtimeImageId'>,
  ): Promise<void> {
    if (runtimeImageId !== null && !(await this.images.hold(transaction, runtimeImageId))) {
      throw new UnsupportedError(unknownImage(runtimeImage ?? ''), '/runtime_image');
    }
  }
}

const unknownImage = (name: string): string =>
  `There is no runtime image "${name}". Register it first, or leave runtime_image out.`;
