export { activityTitle } from './activities.text';
export { goingOnWord } from './operations.text';
export { OperationTimeline } from './timeline/operation-timeline';
