import type { Capabilities, NewInstance, RuntimeImage } from '#sdk';

/** What an instance can be made of: the official image, pg_durable, or a runtime image by its name. */
export type ImageChoice = 'stock' | 'pg_durable' | `runtime:${string}`;

const RUNTIME = 'runtime:';

export const choiceOf = ({ name }: RuntimeImage): ImageChoice => `${RUNTIME}${name}`;

/** The name of the runtime image that was chosen; null where none was. */
export const runtimeImageOf = (choice: ImageChoice): string | null =>
  choice.startsWith(RUNTIME) ? choice.slice(RUNTIME.length) : null;

export const offersRuntimeImages = ({ unsupported }: Capabilities): boolean =>
  !unsupported.some(({ feature }) => feature === 'runtime_images');

/** Whether pg_durable can be had of a version. */
export const offersDurable = ({ image_types: types }: Capabilities, version: string): boolean =>
  types.some(({ type, versions }) => type === 'pg_durable' && versions.includes(version));

/** The choice, or the official image where this installation can't have what was chosen. */
export function fittingChoice(choice: ImageChoice, offer: Capabilities, version: string): ImageChoice {
  const isOffered = choice === 'pg_durable' ? offersDurable(offer, version) : offersRuntimeImages(offer);
  return isOffered ? choice : 'stock';
}

/** What is sent. */
export function imageOf(choice: ImageChoice): Pick<NewInstance, 'image_type' | 'runtime_image'> {
  const name = runtimeImageOf(choice);
  if (name !== null) {
    return { runtime_image: name };
  }
  return choice === 'pg_durable' ? { image_type: choice } : {};
}
