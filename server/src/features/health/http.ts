/** What other features' controllers need of this one. */
export { HealthBucket } from './http/health.schemas.js';
