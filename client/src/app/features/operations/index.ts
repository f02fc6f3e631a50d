export { activityTitle } from './activities.text';
export { goingOnWord, kindWord } from './operations.text';
export { OperationTimeline } from './timeline/operation-timeline';
