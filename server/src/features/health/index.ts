export { type HealthBucketRow, HealthRepository } from './data/health.repository.js';
