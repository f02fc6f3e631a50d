import { z } from 'zod';
import {
  IMAGE_DESCRIPTION_MAX_LENGTH,
  IMAGE_DIGEST_PATTERN,
  IMAGE_DIGEST_RULES,
  IMAGE_REFERENCE_MAX_LENGTH,
  IMAGE_REFERENCE_RULES,
  NAME_MAX_LENGTH,
  NAME_MIN_LENGTH,
  NAME_PATTERN,
  NAME_RULES,
  type Rule,
  unmet,
} from '#rules';
import { pageShape } from '../../../platform/http/page.js';
import { commaSeparated, whole } from '../../../platform/http/query-parameters.js';
import { RUNTIME_IMAGE_SORTS } from '../domain/runtime-image.js';

/** A text that meets rules; reports those that it does not under their codes. */
const ruled = (rules: readonly Rule<string>[]) =>
  z.string().superRefine((text, context) => {
    for (const { code, message } of unmet(rules, text)) {
      context.addIssue({ code: 'custom', message, params: { code } });
    }
  });

const PostgresVersion = z.string().regex(/^\d{1,3}$/, 'must be a major version such as "18"');

const DIGEST_EXAMPLE = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const RegisterRuntimeImageRequest = z
  .strictObject({
    name: ruled(NAME_RULES).meta({
      description: 'What instances call it; the rules are those of an instance’s name.',
      minLength: NAME_MIN_LENGTH,
      maxLength: NAME_MAX_LENGTH,
      pattern: NAME_PATTERN,
      example: 'postgis-18',
    }),
    image_ref: ruled(IMAGE_REFERENCE_RULES).meta({
      description:
        'Registry, path and tag, without a digest. Without a registry it is of docker.io. `GET /api/capabilities` has the registries that are allowed.',
      maxLength: IMAGE_REFERENCE_MAX_LENGTH,
      example: 'registry.example.com/team/postgis:18-3.6',
    }),
    digest: ruled(IMAGE_DIGEST_RULES).meta({
      description: 'What is deployed, whatever becomes of the tag.',
      pattern: IMAGE_DIGEST_PATTERN,
      example: DIGEST_EXAMPLE,
    }),
    description: z
      .string()
      .trim()
      .max(IMAGE_DESCRIPTION_MAX_LENGTH, `must have at most ${String(IMAGE_DESCRIPTION_MAX_LENGTH)} characters`)
      .default('')
      .meta({ description: 'For people.', example: 'PostGIS 3.6 on PostgreSQL 18' }),
    postgres_version: PostgresVersion.meta({
      description:
        'Major version of PostgreSQL that the image holds. Only instances of this version can be made of it.',
      example: '18',
    }),
  })
  .meta({ id: 'RegisterRuntimeImageRequest' });

const runtimeImageShape = {
  name: z.string().meta({ example: 'postgis-18' }),
  image_ref: z.string().meta({ description: 'In full.', example: 'registry.example.com/team/postgis:18-3.6' }),
  digest: z.string().meta({ example: DIGEST_EXAMPLE }),
  description: z.string().meta({ example: 'PostGIS 3.6 on PostgreSQL 18' }),
  postgres_version: z.string().meta({ description: 'Major version that it holds.', example: '18' }),
  created_at: z.iso.datetime({ offset: true }),
  in_use: z.int().meta({ description: 'Instances that are made of it, deleted ones included.', example: 2 }),
};

export const RuntimeImage = z
  .object(runtimeImageShape)
  .meta({ id: 'RuntimeImage', description: 'An image that instances can be made of.' });

export const RuntimeImageDetails = z
  .object({
    ...runtimeImageShape,
    used_by: z
      .array(
        z
          .object({
            id: z.uuid().meta({ example: '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11' }),
            user_name: z.string().meta({ example: 'proddb' }),
            state: z.string().meta({ example: 'running' }),
          })
          .meta({ id: 'RuntimeImageUser' }),
      )
      .meta({ description: 'The first twenty of them, by name.' }),
  })
  .meta({ id: 'RuntimeImageDetails', description: 'An image with the instances that are made of it.' });

export const RuntimeImageList = z
  .object({ runtime_images: z.array(RuntimeImage), ...pageShape({ total: 3, page: 1, pages: 1 }) })
  .meta({ id: 'RuntimeImageList', description: 'One page of runtime images.' });

const SORTS = RUNTIME_IMAGE_SORTS.flatMap((sort) => [sort, `-${sort}`] as const) as [string, ...string[]];

export const ListRuntimeImagesParameters = z.strictObject({
  version: commaSeparated(PostgresVersion).meta({
    description: 'Major versions of PostgreSQL, with commas between them.',
    example: ['18'],
  }),
  search: z
    .string()
    .trim()
    .max(255, 'must have at most 255 characters')
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .meta({ description: 'A part of the name or of the reference.', example: 'postgis' }),
  sort: z.enum(SORTS).default('name').meta({ description: 'A hyphen in front means descending.' }),
  page: whole(1, 1_000_000, 1).meta({ description: 'From 1.' }),
  limit: whole(1, 100, 20).meta({ description: 'Images per page.' }),
});
