import { type CallOptions, callOf, given, IDEMPOTENCY_KEY, type Lenient } from './connection.js';
import type { Client } from './generated/client/index.js';
import { getRuntimeImage, listRuntimeImages, registerRuntimeImage, removeRuntimeImage } from './generated/sdk.gen.js';
import type {
  ListRuntimeImagesData,
  RegisterRuntimeImageRequest,
  RuntimeImage,
  RuntimeImageDetails,
  RuntimeImageList,
} from './generated/types.gen.js';
import type { CreateOptions } from './instances.js';

export type ListRuntimeImagesQuery = Lenient<NonNullable<ListRuntimeImagesData['query']>>;
export type NewRuntimeImage = Lenient<RegisterRuntimeImageRequest>;

/** Images that instances can be made of. Every method throws ToygresError. */
export class RuntimeImages {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** One page, by name unless sorted otherwise. */
  async list(query: ListRuntimeImagesQuery = {}, options: CallOptions = {}): Promise<RuntimeImageList> {
    const { data } = await listRuntimeImages({ ...callOf(this.#client, options), query: given(query) });
    return data;
  }

  /** One image, and who is made of it. */
  async get(name: string, options: CallOptions = {}): Promise<RuntimeImageDetails> {
    const { data } = await getRuntimeImage({ ...callOf(this.#client, options), path: { name } });
    return data;
  }

  async register(image: NewRuntimeImage, options: CreateOptions = {}): Promise<RuntimeImage> {
    const { idempotencyKey } = options;
    const { data } = await registerRuntimeImage({
      ...callOf(this.#client, options),
      body: given(image),
      ...(idempotencyKey === undefined ? {} : { headers: { [IDEMPOTENCY_KEY]: idempotencyKey } }),
    });
    return data;
  }

  /** Removes an image from the catalogue. @throws ToygresError `image_in_use` while an instance is made of it */
  async remove(name: string, options: CallOptions = {}): Promise<RuntimeImage> {
    const { data } = await removeRuntimeImage({ ...callOf(this.#client, options), path: { name } });
    return data;
  }
}
