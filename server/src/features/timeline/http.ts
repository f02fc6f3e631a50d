/** What other features' controllers need of this one. */
export { EventHub } from './http/event-hub.js';
