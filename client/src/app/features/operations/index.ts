export { activityTitle } from './activities.text';
export { goingOnWord, kindWord, operationTabsText } from './operations.text';
export { OperationButtons } from './operation-buttons';
export { measured } from './measured';
export { OperationTabs } from './operation-tabs';
export { OperationTimeline } from './timeline/operation-timeline';
