/** The rules for what people type, shared by the API and the console so that both say the same. No dependency, no runtime assumption. */
export * from './image-reference.js';
export * from './instance-name.js';
export * from './password.js';
export * from './rule.js';
export * from './series.js';
export * from './storage.js';
export * from './tags.js';
