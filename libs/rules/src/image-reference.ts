import type { Rule } from './rule.js';

/** Whose images a reference without a registry means, and where those without a publisher lie. */
const DEFAULT_REGISTRY = 'docker.io';
const DEFAULT_PUBLISHER = 'library';
/** An older name of the same registry. */
const LEGACY_REGISTRY = 'index.docker.io';

/** Registry and path together (distribution/reference, `NameTotalLengthMax`). */
const NAME_MAX_LENGTH = 255;

// The grammar of distribution/reference, which every container runtime reads:
// reference = [ host [ ":" port ] "/" ] component { "/" component } [ ":" tag ] [ "@" digest ]
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';

const REGISTRY_PATTERN = new RegExp(`^${HOST}$`);
const PATH_PATTERN = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG_PATTERN = new RegExp(`^${TAG}$`);
const DIGEST_PATTERN = /^sha256:[0-9a-f]{64}$/;

/** Where an image lies. */
export interface ImageReference {
  /** Host of the registry, with its port where one is given, in lower case. */
  readonly registry: string;
  readonly path: string;
  readonly tag: string | null;
}

/**
 * Reads a reference as container runtimes do: `postgres:18` is `docker.io/library/postgres:18`.
 *
 * @param text without a digest, which is given by itself
 * @returns null where it is none
 */
export function parseImageReference(text: string): ImageReference | null {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  // What could be a component is one, unless it looks like a host. Runtimes take one in capitals for a host too; in lower case, as it is written
  // here, it would be a path of docker.io to them, so it is none of either.
  const isHost = /[.:]/.test(first) || first === 'localhost';
  const rest = isHost ? text.slice(slash + 1) : text;
  const colon = rest.indexOf(':');
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? null : rest.slice(colon + 1);
  const registry = isHost ? normaliseRegistry(first) : DEFAULT_REGISTRY;
  const isOfficial = registry === DEFAULT_REGISTRY && !path.includes('/');
  const full = isOfficial ? `${DEFAULT_PUBLISHER}/${path}` : path;
  const isLegal =
    REGISTRY_PATTERN.test(registry) &&
    PATH_PATTERN.test(full) &&
    (tag === null || TAG_PATTERN.test(tag)) &&
    registry.length + 1 + full.length <= NAME_MAX_LENGTH;
  return isLegal ? { registry, path: full, tag } : null;
}

/** The reference in full, e.g. `docker.io/library/postgres:18`. */
export function formatImageReference({ registry, path, tag }: ImageReference): string {
  return `${registry}/${path}${tag === null ? '' : `:${tag}`}`;
}

/** Whether the text names a registry: a host, with a port where it has one. */
export function isRegistry(text: string): boolean {
  return REGISTRY_PATTERN.test(text);
}

/** The one name of a registry that has several. */
export function normaliseRegistry(host: string): string {
  const lower = host.toLowerCase();
  return lower === LEGACY_REGISTRY ? DEFAULT_REGISTRY : lower;
}

export const IMAGE_REFERENCE_MAX_LENGTH = NAME_MAX_LENGTH + 129;

export const IMAGE_REFERENCE_RULES: readonly Rule<string>[] = [
  {
    code: 'image_digest_apart',
    message: 'The reference must not hold a digest. Give what follows the @ as the digest.',
    isMet: (text) => !text.includes('@'),
  },
  {
    code: 'image_reference_form',
    message:
      'The reference must have the form registry/path:tag, for example registry.example.com/team/postgres:18.1, with the path in lower case.',
    isMet: (text) => text.includes('@') || parseImageReference(text) !== null,
  },
];

export const IMAGE_DIGEST_RULES: readonly Rule<string>[] = [
  {
    code: 'image_digest_form',
    message:
      'The digest must be sha256: and 64 lower-case hexadecimal digits, as `docker buildx imagetools inspect` shows it.',
    isMet: (text) => DIGEST_PATTERN.test(text),
  },
];

/** What an image's digest looks like, for the contract. */
export const IMAGE_DIGEST_PATTERN = DIGEST_PATTERN.source;

/** At most so many characters say what an image is for. */
export const IMAGE_DESCRIPTION_MAX_LENGTH = 500;
