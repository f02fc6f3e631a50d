import type { Settings } from '../../../platform/embedded-postgres/settings.js';

/** Database of the extension, and the role that its background worker logs in as, which has to be a superuser. */
const DATABASE = 'postgres';
const WORKER_ROLE = 'postgres';

/** Where that worker reaches the server that it runs in, and nobody from outside the pod does. */
export const LOOPBACK = ['127.0.0.1/32', '::1/128'] as const;

/** What its worker needs to be started with the server. `shared_preload_libraries` is what a later setting of somebody has to be merged with. */
export const DURABLE_SETTINGS: Settings = {
  shared_preload_libraries: 'pg_durable',
  'pg_durable.database': DATABASE,
  'pg_durable.worker_role': WORKER_ROLE,
  // The one role that a new instance has is a superuser.
  'pg_durable.enable_superuser_instances': 'on',
};

/** Where its worker connects to. */
export const DURABLE_ENVIRONMENT = [{ name: 'PGHOST', value: '127.0.0.1' }] as const;

/**
 * Its worker logs in without a password, as whatever role a function was started by; so everybody may who is inside the pod, and nobody else.
 */
export const DURABLE_HBA = LOOPBACK.map((address) => `host all all ${address} trust\n`).join('');

/** Run by psql when the data directory is made. */
export const CREATE_EXTENSION = 'CREATE EXTENSION IF NOT EXISTS pg_durable';
