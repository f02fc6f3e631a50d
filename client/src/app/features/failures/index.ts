export { FailureLink } from './failure-link';
export { failuresText } from './failures.text';
