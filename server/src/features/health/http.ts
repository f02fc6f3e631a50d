/** What other features' controllers need of this one. */
export { ChecksEvent, HealthBucket } from './http/health.schemas.js';
