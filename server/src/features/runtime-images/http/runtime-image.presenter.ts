import type { z } from 'zod';
import { isoTime } from '../../../platform/http/iso-time.js';
import type { RuntimeImageRow } from '../data/runtime-image.repository.js';
import type { ImageUser, RuntimeImageSort } from '../domain/runtime-image.js';
import type { NewRuntimeImage } from '../runtime-image.service.js';
import type {
  ListRuntimeImagesParameters,
  RegisterRuntimeImageRequest,
  RuntimeImage,
  RuntimeImageDetails,
} from './runtime-image.schemas.js';

/** The JSON of an image. */
export function toRuntimeImage(row: RuntimeImageRow): z.input<typeof RuntimeImage> {
  return {
    name: row.name,
    image_ref: row.imageRef,
    digest: row.digest,
    description: row.description,
    postgres_version: row.postgresVersion,
    created_at: isoTime(row.createdAt),
    in_use: row.inUse,
  };
}

/** The JSON of an image with those that use it. */
export function toRuntimeImageDetails({
  image,
  users,
}: {
  readonly image: RuntimeImageRow;
  readonly users: readonly ImageUser[];
}): z.input<typeof RuntimeImageDetails> {
  return {
    ...toRuntimeImage(image),
    used_by: users.map(({ id, name, state }) => ({ id, user_name: name, state })),
  };
}

/** The body of a request in the words of the domain. */
export function toNewRuntimeImage(body: z.output<typeof RegisterRuntimeImageRequest>): NewRuntimeImage {
  return {
    name: body.name,
    imageRef: body.image_ref,
    digest: body.digest,
    description: body.description,
    postgresVersion: body.postgres_version,
  };
}

/** The parameters of a list in the words of the repository. */
export function toQuery(query: z.output<typeof ListRuntimeImagesParameters>) {
  return {
    versions: query.version,
    search: query.search,
    sort: query.sort.replace(/^-/, '') as RuntimeImageSort,
    descending: query.sort.startsWith('-'),
    page: query.page,
    limit: query.limit,
  };
}
