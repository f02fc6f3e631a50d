export { OperationTimeline } from './timeline/operation-timeline';
