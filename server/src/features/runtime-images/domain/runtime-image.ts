/** An image that instances may be made of. It never changes: another image is another entry. */
export interface RuntimeImage {
  readonly id: string;
  readonly name: string;
  /** In full, without the digest, e.g. `docker.io/library/postgres:18.1`. */
  readonly imageRef: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  readonly description: string;
  /** Major version of PostgreSQL that it holds, e.g. "18". */
  readonly postgresVersion: string;
}

/** What a container runtime is told: the same bytes, whatever becomes of the tag. */
export const pinned = ({ imageRef, digest }: Pick<RuntimeImage, 'imageRef' | 'digest'>): string =>
  `${imageRef}@${digest}`;

/** An instance that was made of an image, and is not purged. */
export interface ImageUser {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** So many of those that use an image are named. */
export const NAMED_USERS = 20;

export const RUNTIME_IMAGE_SORTS = ['name', 'created_at', 'postgres_version'] as const;
export type RuntimeImageSort = (typeof RUNTIME_IMAGE_SORTS)[number];
