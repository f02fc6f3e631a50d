import { DATA_PLANE_ERROR_CODES } from './data-plane/index.js';
import { ENGINE_FAILURE_CODES } from './orchestrations/domain/definition.js';

/** Whatever an orchestration or a health check can fail with. The contract, the console's words and `docs/failures.md` follow this list. */
export const FAILURE_CODES = [...DATA_PLANE_ERROR_CODES, ...ENGINE_FAILURE_CODES] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export function isFailureCode(code: string): code is FailureCode {
  return (FAILURE_CODES as readonly string[]).includes(code);
}
