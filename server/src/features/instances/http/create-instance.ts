import type { z } from 'zod';
import type { CreateInstance } from '../instance.service.js';
import type { CreateInstanceRequest } from './instance.schemas.js';

/** The body of a request in the words of the domain. */
export function toCreateInstance(body: z.output<typeof CreateInstanceRequest>): CreateInstance {
  return {
    name: body.name,
    password: body.password,
    postgresVersion: body.postgres_version,
    storageSizeGb: body.storage_size_gb,
    useLoadBalancer: body.use_load_balancer,
    namespace: body.namespace,
    tags: body.tags,
    deletionProtection: body.deletion_protection,
    imageType: body.image_type,
    runtimeImage: body.runtime_image,
  };
}
