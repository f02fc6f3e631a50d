import { type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { WorkerHost } from '@nestjs/bullmq';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApiModule } from '../../server/src/api.module.js';
import type { Runtime } from '../../server/src/commands/runtime.js';
import { loadConfig } from '../../server/src/config/config.js';
import { HOUSEKEEPING_METADATA } from '../../server/src/housekeeping/housekeeping-task.js';
import { ACTIVITY_METADATA, OUTCOME_METADATA } from '../../server/src/orchestrations/jobs/activity-handler.js';
import { Cipher } from '../../server/src/platform/crypto/cipher.js';
import { WorkerModule } from '../../server/src/worker.module.js';

const ROOT = join(import.meta.dirname, '..', '..');

type Class = abstract new (...parameters: never[]) => unknown;

/** A runtime whose connections are never used: preview mode makes no provider. */
const runtime = {
  config: { ...loadConfig({}), databaseUrl: '' },
  processName: 'test',
  cipher: new Cipher(Buffer.alloc(32)),
} as Partial<Runtime> as Runtime;

async function preview(module: DynamicModule): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(module, { preview: true, logger: false, abortOnError: false });
}

async function graphOf(module: DynamicModule): Promise<{ providers: Class[]; controllers: Class[] }> {
  const app = await preview(module);
  const modules = [...app.get(ModulesContainer).values()];
  const classes = (wrappers: Iterable<{ metatype: unknown }>): Class[] =>
    [...wrappers]
      .map(({ metatype }) => metatype)
      .filter((metatype): metatype is Class => typeof metatype === 'function');
  return {
    providers: modules.flatMap(({ providers }) => classes(providers.values())),
    controllers: modules.flatMap(({ controllers }) => classes(controllers.values())),
  };
}

/** What makes a class take work: as the framework finds it, not as it is called. */
function takesWork(type: Class): boolean {
  const prototype = type.prototype as object | undefined;
  if (prototype === undefined) {
    return false;
  }
  const methods = Object.values(Object.getOwnPropertyDescriptors(prototype)).map(
    ({ value }: PropertyDescriptor): unknown => value,
  );
  const marked = (target: unknown): boolean =>
    typeof target === 'function' &&
    [...Reflect.getMetadataKeys(target)].some(
      (key) =>
        key === ACTIVITY_METADATA ||
        key === OUTCOME_METADATA ||
        key === HOUSEKEEPING_METADATA ||
        String(key).startsWith('bullmq:'),
    );
  return prototype instanceof WorkerHost || marked(type) || methods.some(marked);
}

const names = (types: readonly Class[]): string[] => types.map(({ name }) => name).sort();

describe('module graphs', () => {
  it('of the api hold no processor and nothing else that takes work', async () => {
    const { providers, controllers } = await graphOf(ApiModule.with(runtime));
    expect(names(providers.filter(takesWork))).toEqual([]);
    expect(names(controllers)).toContain('InstanceController');
  });

  it('of the worker hold no controller', async () => {
    const { providers, controllers } = await graphOf(WorkerModule.with(runtime));
    expect(names(controllers)).toEqual([]);
    expect(names(providers.filter(takesWork))).toEqual(
      expect.arrayContaining(['ActivityProcessor', 'HealthProcessor', 'HousekeepingProcessor', 'InstanceActivities']),
    );
  });

  it('of the worker take work from every queue exactly once', async () => {
    const { providers } = await graphOf(WorkerModule.with(runtime));
    const queues = providers
      .filter((type) => type.prototype instanceof WorkerHost)
      .map((type) => (Reflect.getMetadata('bullmq:processor_metadata', type) as { name: string }).name);
    expect(queues.sort()).toEqual(['health', 'housekeeping', 'interactive']);
  });
});

/** Prints every file of ours that is loaded with a module. */
const PROGRAM = `
  import 'reflect-metadata';
  import { registerHooks } from 'node:module';
  const root = new URL('dist/', 'file://' + process.cwd() + '/').href;
  const loaded = [];
  registerHooks({
    load(url, context, next) {
      if (url.startsWith(root)) loaded.push(url.slice(root.length));
      return next(url, context);
    },
  });
  await import(root + process.argv[1]);
  process.stdout.write(JSON.stringify(loaded));
  process.exit();
`;

async function filesLoadedWith(module: string): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, module], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  return JSON.parse(output) as string[];
}

describe('a process', () => {
  it('that serves the api does not even load a processor', async () => {
    const files = await filesLoadedWith('server/src/commands/api-application.js');
    expect(files).toContain('server/src/features/instances/http/instance.controller.js');
    expect(files.filter((file) => /(\/jobs\/|\/jobs\.js|\.jobs\.module\.js|\.processor\.js)/.test(file))).toEqual([]);
  });

  it('that works does not even load a controller', async () => {
    const files = await filesLoadedWith('server/src/commands/worker-application.js');
    expect(files).toContain('server/src/orchestrations/jobs/activity.processor.js');
    expect(files.filter((file) => /(\/http\/|\/http\.js|\.http\.module\.js|\.controller\.js)/.test(file))).toEqual([]);
  });

  it('that migrates loads neither', async () => {
    const files = await filesLoadedWith('server/src/commands/migrate.js');
    expect(files).toContain('migrations/index.js');
    expect(files.filter((file) => /(\/jobs\/|\/http\/)/.test(file))).toEqual([]);
  });
});
