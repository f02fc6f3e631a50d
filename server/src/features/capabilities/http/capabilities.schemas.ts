import { z } from 'zod';
import { IMAGE_TYPES } from '../../../data-plane/index.js';

const PostgresRelease = z
  .object({
    major: z.string().meta({ description: 'What a create is asked for.', example: '18' }),
    release: z.string().meta({ description: 'What it gets.', example: '18.4' }),
    latest: z.boolean().meta({ example: true }),
  })
  .meta({ id: 'PostgresRelease' });

const ImageTypeOffer = z
  .object({
    type: z.enum(IMAGE_TYPES).meta({ example: 'stock' }),
    versions: z.array(z.string()).meta({ description: 'Major versions.', example: ['18', '17', '16', '15'] }),
  })
  .meta({ id: 'ImageTypeOffer' });

const UnsupportedFeature = z
  .object({
    feature: z.string().meta({ example: 'load_balancer' }),
    reason: z.string().meta({ example: 'This data plane has no load balancers.' }),
  })
  .meta({ id: 'UnsupportedFeature' });

const Prices = z
  .object({
    currency: z.string().meta({ example: 'USD' }),
    instance_month: z.number().meta({ example: 12.5 }),
    storage_gb_month: z.number().meta({ example: 0.12 }),
    load_balancer_month: z.number().meta({ example: 18 }),
  })
  .meta({ id: 'Prices', description: 'What things cost per month.' });

export const Capabilities = z
  .object({
    version: z.string().meta({ description: 'Version of the server that answers.', example: '0.1.0' }),
    data_plane: z.string().meta({ example: 'local' }),
    versions: z.array(PostgresRelease),
    storage: z.object({ minimum_gb: z.int().meta({ example: 10 }), maximum_gb: z.int().meta({ example: 1000 }) }),
    namespaces: z.array(z.string()).meta({ description: 'The first is the default.', example: ['toygres'] }),
    regions: z
      .array(z.string())
      .meta({ description: 'For public addresses; empty where there are none.', example: [] }),
    image_types: z
      .array(ImageTypeOffer)
      .meta({ description: 'Types of images, and the versions that each is offered of.' }),
    image_registries: z
      .array(z.string())
      .meta({ description: 'Registries that runtime images may come from; empty: none.', example: [] }),
    unsupported: z.array(UnsupportedFeature).meta({ description: 'What this data plane can not do, and why.' }),
    prices: Prices.nullable().meta({ description: 'null when none are configured.' }),
    usual_create_ms: z.number().nullable().meta({
      description: 'Median of the creates measured lately, in milliseconds; null when none was.',
      example: 180,
    }),
    health_check_interval_seconds: z
      .number()
      .meta({ description: 'Seconds between two health checks of a running instance.', example: 30 }),
    keep_deleted_hours: z.number().meta({
      description: 'For how long a deleted instance can be brought back; 0 when it is purged at once.',
      example: 168,
    }),
  })
  .meta({ id: 'Capabilities', description: 'What this installation offers.' });
