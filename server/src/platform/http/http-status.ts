import { HttpStatus } from '@nestjs/common';

/** 423, of which Nest has no name (RFC 4918). */
const LOCKED = 423;

/**
 * The status of every code that a domain error carries, and of those that the framework's errors are given. A code that is missing here is
 * a defect: a test asks for every error class, and the filter answers 500.
 */
export const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  instance_not_found: HttpStatus.NOT_FOUND,
  orchestration_not_found: HttpStatus.NOT_FOUND,
  batch_not_found: HttpStatus.NOT_FOUND,
  finding_not_found: HttpStatus.NOT_FOUND,
  runtime_image_not_found: HttpStatus.NOT_FOUND,
  durable_instance_not_found: HttpStatus.NOT_FOUND,
  name_taken: HttpStatus.CONFLICT,
  image_name_taken: HttpStatus.CONFLICT,
  image_in_use: HttpStatus.CONFLICT,
  extension_missing: HttpStatus.CONFLICT,
  durable_refused: HttpStatus.CONFLICT,
  instance_unreachable: HttpStatus.CONFLICT,
  endpoint_unknown: HttpStatus.CONFLICT,
  deletion_protected: HttpStatus.CONFLICT,
  invalid_state: HttpStatus.CONFLICT,
  not_cancellable: HttpStatus.CONFLICT,
  not_retryable: HttpStatus.CONFLICT,
  not_repairable: HttpStatus.CONFLICT,
  revision_changed: HttpStatus.PRECONDITION_FAILED,
  invalid_if_match: HttpStatus.BAD_REQUEST,
  orchestration_in_progress: LOCKED,
  unsupported: HttpStatus.UNPROCESSABLE_ENTITY,
  unsupported_version: HttpStatus.UNPROCESSABLE_ENTITY,
  not_durable: HttpStatus.UNPROCESSABLE_ENTITY,
  registry_not_allowed: HttpStatus.UNPROCESSABLE_ENTITY,
  insufficient_capacity: HttpStatus.UNPROCESSABLE_ENTITY,
  no_previous_log: HttpStatus.UNPROCESSABLE_ENTITY,
  cluster_forbidden: HttpStatus.UNPROCESSABLE_ENTITY,
  admission_refused: HttpStatus.UNPROCESSABLE_ENTITY,
  cluster_unreachable: HttpStatus.SERVICE_UNAVAILABLE,
  idempotency_key_reused: HttpStatus.UNPROCESSABLE_ENTITY,
  validation_failed: HttpStatus.BAD_REQUEST,
  invalid_json: HttpStatus.BAD_REQUEST,
  invalid_utf8: HttpStatus.BAD_REQUEST,
  invalid_url: HttpStatus.BAD_REQUEST,
  invalid_idempotency_key: HttpStatus.BAD_REQUEST,
  invalid_last_event_id: HttpStatus.BAD_REQUEST,
  method_not_allowed: HttpStatus.METHOD_NOT_ALLOWED,
  too_many_streams: HttpStatus.TOO_MANY_REQUESTS,
  body_too_large: HttpStatus.PAYLOAD_TOO_LARGE,
  unsupported_media_type: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
  host_not_allowed: HttpStatus.FORBIDDEN,
  origin_not_allowed: HttpStatus.FORBIDDEN,
};
