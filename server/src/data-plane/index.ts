export * from './data-plane.js';
