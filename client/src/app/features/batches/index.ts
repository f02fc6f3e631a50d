export { BatchFacts } from './batch-facts';
