import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.js';
import { bringUp, TestNamespace } from './cluster.js';
import { disturbance, NO_DISTURBANCE } from './disturbance.js';

const never = new AbortController().signal;
const FRIEND = '198.51.100.7';
const STRANGER = '198.51.100.99';

/** Logs in from outside the cluster, as a client with an address, and asks the server who it takes it for. */
const LOG_IN = `
  const { Client } = require('pg');
  const client = new Client({ host: process.argv[1], user: 'postgres', password: 'password', database: 'postgres', connectionTimeoutMillis: 4000 });
  client.connect().then(() => client.query('SELECT host(inet_client_addr()) AS address')).then(
    ({ rows }) => { process.stdout.write(rows[0].address); return client.end(); },
    (error) => { process.stdout.write('refused: ' + error.message); process.exit(0); },
  );`;

describe('clients from outside', () => {
  let namespace: TestNamespace;

  beforeAll(async () => {
    namespace = await TestNamespace.create();
  });

  afterAll(async () => {
    await namespace.remove();
  });

  it('get in where their address is allowed, and nowhere else', async (context) => {
    context.skip(disturbance === undefined, NO_DISTURBANCE);
    const logIn = (address: string, ip: string | null) =>
      disturbance!.outside(address, [process.execPath, '-e', LOG_IN, String(ip)]);

    const [open, closed] = await Promise.all(
      [[], [`${FRIEND}/32`]].map(async (sourceRanges) => {
        // So that the server sees who comes.
        const plane = namespace.plane({ sourceRanges, externalTrafficPolicy: 'Local' });
        const spec = await namespace.newSpec({ useLoadBalancer: true });
        await bringUp(plane, spec);
        return { plane, spec, ip: await namespace.addressOf(spec.k8sName) };
      }),
    );
    await until(
      'everybody gets in where nothing is said',
      async () => !(await logIn(STRANGER, open!.ip)).includes('refused'),
    );
    await until('a friend gets in', async () => !(await logIn(FRIEND, closed!.ip)).includes('refused'));
    expect(await logIn(STRANGER, closed!.ip)).toContain('refused');

    // The policy holds by itself too, whatever a load balancer lets through.
    const at = { namespace: namespace.name, name: closed!.spec.k8sName };
    const service = await namespace.core.readNamespacedService(at);
    delete service.spec?.loadBalancerSourceRanges;
    await namespace.core.replaceNamespacedService({ ...at, body: service });
    expect(await logIn(FRIEND, closed!.ip)).toBe(FRIEND);
    expect(await logIn(STRANGER, closed!.ip)).toContain('refused');
    await Promise.all([open, closed].map(async (one) => one?.plane.remove(one.spec, never)));
  });
});
