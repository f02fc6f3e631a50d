/**
 * The worker that ships, with less patience for one activity:
 *
 *   node tests/support/hasty-worker.mjs <activity> <milliseconds>
 */
import 'reflect-metadata';
import process from 'node:process';

const [, , activity, milliseconds] = process.argv;
const { DefinitionRegistry } = await import('../../dist/server/src/orchestrations/domain/definition-registry.js');

const find = DefinitionRegistry.prototype.activity;
DefinitionRegistry.prototype.activity = function (name) {
  const definition = find.call(this, name);
  return definition && name === activity ? { ...definition, timeoutMs: Number(milliseconds) } : definition;
};

process.argv.splice(2, Infinity, 'worker');
await import('../../dist/server/src/main.js');
