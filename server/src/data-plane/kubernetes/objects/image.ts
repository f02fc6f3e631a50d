import { DataPlaneError, type InstancePlan } from '../../data-plane.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';

/** Why pg_durable is not offered where no image of it is known. */
export const NO_DURABLE_IMAGE =
  'There is no image with pg_durable: set TOYGRES_PG_DURABLE_IMAGES to the image of each major version.';

/**
 * The image of a server: the one that it was pinned to when it was created, else that of the configuration, which may move on to another minor
 * release.
 *
 * @throws DataPlaneError `unsupported_version` where there is no image of the version
 */
export function imageOf(
  { postgresVersion, imageType, image }: Pick<InstancePlan, 'postgresVersion' | 'imageType' | 'image'>,
  settings: KubernetesSettings,
): string {
  if (image !== null) {
    return image;
  }
  const images = imageType === 'pg_durable' ? settings.durableImages : settings.images;
  const configured = images[postgresVersion];
  if (configured !== undefined) {
    return configured;
  }
  const offer = Object.keys(images).join(', ');
  const what =
    imageType === 'pg_durable' ? `pg_durable on PostgreSQL ${postgresVersion}` : `PostgreSQL ${postgresVersion}`;
  throw new DataPlaneError(
    'unsupported_version',
    offer === '' ? NO_DURABLE_IMAGE : `${what} is not available; available: ${offer}.`,
    false,
  );
}
