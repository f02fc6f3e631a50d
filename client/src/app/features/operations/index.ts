export { activityTitle } from './activities.text';
export { goingOnWord, kindWord } from './operations.text';
export { OperationButtons } from './operation-buttons';
export { OperationRequests, withAccepted } from './operation-requests';
export { measured } from './measured';
export { OperationTimeline } from './timeline/operation-timeline';
