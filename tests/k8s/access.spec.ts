import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClusterSystem } from './cluster-system.js';

describe('toygres-server check-access', () => {
  let system: ClusterSystem;

  beforeAll(async () => {
    system = await ClusterSystem.start({ workers: 0 });
  });

  afterAll(async () => {
    await system.stop();
  });

  const check = async () => {
    const command = system.command('check-access');
    return { code: await command.exited(), output: command.output };
  };

  it('is content with the roles that Toygres comes with, and names each right that is taken from them', async () => {
    expect(await check()).toMatchObject({ code: 0, output: expect.stringContaining('has the rights') as string });

    await system.namespace.forbid('statefulsets', 'patch');
    await system.namespace.forbid('pods/log', 'get');
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output).toContain(`missing: patch statefulsets in the namespace ${system.namespace.name}`);
    expect(output).toContain(`missing: get pods/log in the namespace ${system.namespace.name}`);
    expect(output.match(/missing:/g)).toHaveLength(2);
    expect(output).toContain('k8s/server/rbac.yaml');
  });
});
