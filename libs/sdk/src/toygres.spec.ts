import { expect, it } from 'vitest';
import contract from '../openapi.json' with { type: 'json' };
import { createToygres } from './toygres.js';

/** Every call of the SDK, with whatever arguments. */
function callAll(toygres: ReturnType<typeof createToygres>): Promise<unknown>[] {
  const { instances, orchestrations, batches, findings, runtimeImages, durable } = toygres;
  return [
    instances.list(),
    instances.get('NAME'),
    instances.create({ name: 'proddb', password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 }),
    instances.createMany({ baseName: 'shop', count: 3, template: { postgres_version: '18', storage_size_gb: 10 } }),
    instances.deleteMany(['NAME']),
    instances.update('NAME', { tags: { team: 'backend' } }),
    instances.delete('NAME'),
    instances.undelete('NAME'),
    instances.stop('NAME'),
    instances.start('NAME'),
    instances.restart('NAME'),
    instances.cancel('NAME'),
    instances.retry('NAME'),
    instances.credentials('NAME'),
    instances.testConnection('NAME'),
    instances.health('NAME', { resolution: '5m' }),
    instances.timeline('NAME', { limit: 3 }),
    instances.logs('NAME', { tail_lines: 5 }),
    instances.checkName('NAME'),
    orchestrations.list({ kind: ['create'], status: ['failed'] }),
    orchestrations.get('ID'),
    orchestrations.cancel('ID'),
    orchestrations.retry('ID'),
    batches.list({ status: ['running'] }),
    batches.get('ID'),
    batches.cancel('ID'),
    runtimeImages.list({ version: ['18'] }),
    runtimeImages.get('NAME'),
    runtimeImages.register({
      name: 'postgis-18',
      image_ref: 'postgis/postgis',
      digest: 'sha256:',
      postgres_version: '18',
    }),
    runtimeImages.remove('NAME'),
    durable.list('NAME', { status: 'running' }),
    durable.get('NAME', 'ID'),
    durable.metrics('NAME'),
    durable.cancel('NAME', 'ID', 'Enough'),
    durable.signal('NAME', 'ID', { name: 'approval' }),
    findings.list(),
    findings.repair('ID'),
    toygres.events().next(),
    toygres.stats(),
    toygres.consistency(),
    toygres.capabilities(),
    toygres.liveness(),
    toygres.readiness(),
    toygres.metrics(),
  ];
}

it('reaches every operation of the contract', async () => {
  const called = new Set<string>();
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const { method, url } = input as Request;
    called.add(`${method.toLowerCase()} ${new URL(url).pathname.replace('NAME', '{name}').replace('ID', '{id}')}`);
    return Promise.resolve(Response.json({}, { status: 418 }));
  };
  await Promise.allSettled(callAll(createToygres({ baseUrl: new URL('http://toygres.test'), fetch })));

  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect([...called].sort()).toEqual(operations.sort());
});
