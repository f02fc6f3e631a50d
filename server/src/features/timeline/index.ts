export { Timeline, type TimelineRow } from './data/timeline.js';
