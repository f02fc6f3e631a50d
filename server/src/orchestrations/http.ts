/** What features' controllers need of orchestrations. */
export { OrchestrationQueries } from './data/orchestration.queries.js';
export { OrchestrationPresenter } from './http/orchestration.presenter.js';
export { FailureCode, OrchestrationRecord } from './http/orchestration.schemas.js';
