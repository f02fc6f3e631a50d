export { HealthRollups } from './data/health-rollups.js';
