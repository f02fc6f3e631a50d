export { StatsQueries } from './data/stats.queries.js';
