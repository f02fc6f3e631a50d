import { STATUS_CODES } from 'node:http';
import { STATUS_BY_CODE } from './http-status.js';
import type { Problem } from './problem.js';

/** What a problem document of a code may say. The contract shows these; what is thrown has its own words. */
const SENTENCES = {
  admission_refused: 'The cluster does not admit this: the server has asked for the client to provide credentials.',
  batch_not_found: 'There is no batch "batch-create-0c1d2e3f4a".',
  body_too_large: 'The body must not be larger than 256 kB.',
  cluster_forbidden:
    'Toygres may not do this in the cluster: cannot get resource "pods/log" in the namespace "toygres".',
  cluster_unreachable: 'The API server does not answer: ECONNREFUSED.',
  deletion_protected: '"proddb" is protected against deletion. Turn deletion_protection off first.',
  durable_instance_not_found: '"proddb" has no durable function instance "a1b2c3d4".',
  durable_refused: 'pg_durable of "proddb" refuses: the instance has ended already.',
  endpoint_unknown: '"proddb" has no endpoint yet: it is in the state "creating". Ask again when it is running.',
  extension_missing:
    'The database "postgres" of "proddb" lacks what pg_durable brings (schema "df" does not exist). Run there CREATE EXTENSION pg_durable, or ALTER EXTENSION pg_durable UPDATE.',
  finding_not_found: 'There is no finding "5f8b1c9e-3f0a-4d51-8d6a-1f0c2b3a4d5e".',
  idempotency_key_reused: 'This Idempotency-Key was used for another request. Send a new key with a new request.',
  image_in_use: 'The runtime image "postgis-18" is used by "proddb" (running). Purge them first.',
  image_name_taken: 'There is a runtime image "postgis-18" already. Choose another name, or remove that one first.',
  instance_not_found: 'There is no instance "proddb".',
  instance_unreachable: 'There was no answer from proddb.westus3.cloudapp.azure.com:5432 within 5 seconds.',
  insufficient_capacity: 'The disk has too little free space for another instance.',
  invalid_if_match: 'If-Match must be the ETag that was read with the instance, such as "4".',
  invalid_idempotency_key: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
  invalid_json: 'The body is not valid JSON.',
  invalid_last_event_id: 'Last-Event-ID must be the id of an event.',
  invalid_state: '"proddb" can not be stopped: it is in the state "failed". Only a running instance can be stopped.',
  invalid_utf8: 'The body is not valid UTF-8.',
  method_not_allowed: 'PUT is not possible here. Possible: GET, HEAD, POST.',
  name_taken: 'The name "proddb" is held by a running instance.',
  no_previous_log: 'There is no log of an earlier run of the server.',
  not_cancellable: 'create-proddb-a1b2c3d4 has ended already.',
  not_durable: '"proddb" has no durable functions: it was not created with image_type "pg_durable".',
  not_repairable: 'It is over already.',
  not_retryable: '"proddb" is in the state "running": nothing of it has failed.',
  orchestration_in_progress:
    '"proddb" can not be stopped while its restart is under way. Wait for restart-proddb-a1b2c3d4 to end.',
  orchestration_not_found: 'There is no orchestration "create-proddb-a1b2c3d4".',
  registry_not_allowed:
    'Images may not come from docker.io. Allowed by TOYGRES_IMAGE_REGISTRIES: registry.example.com.',
  revision_changed: '"proddb" was changed since it was read. Read it again, then send what you want to change.',
  too_many_streams: 'There are too many streams already. Close one, or try again later.',
  runtime_image_not_found: 'There is no runtime image "postgis-18".',
  unsupported: 'PostgreSQL 12 is not offered here. Choose one of: 18, 17, 16, 15.',
  unsupported_media_type: 'Send the body as application/json.',
  validation_failed: 'There is no field "size". Remove it.',
} as const;

export type ProblemCode = keyof typeof SENTENCES;

/** The problem document that the contract shows for a code. */
export function problemExample(code: ProblemCode): Problem {
  const status = statusOf(code);
  const error = SENTENCES[code];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: error,
    error,
    instance: 'urn:uuid:8f14e45f-ceea-467f-a0e6-1f5f0c8d7a11',
    ...(code === 'orchestration_in_progress' ? { orchestration_id: 'restart-proddb-a1b2c3d4' } : {}),
    ...(code === 'image_in_use' ? { used_by: ['proddb'], in_use: 1 } : {}),
    ...(code === 'validation_failed' ? { errors: [{ pointer: '/size', code: 'unknown_field', message: error }] } : {}),
  };
}

/** @throws Error on a code without a status */
export function statusOf(code: ProblemCode): number {
  const status = STATUS_BY_CODE[code];
  if (status === undefined) {
    throw new Error(`Give the code "${code}" a status in http-status.ts.`);
  }
  return status;
}
