/** What features need to carry out activities; only job modules import it. */
export { Activity, type ActivityContext, type ClosedOrchestration, Outcome } from './jobs/activity-handler.js';
