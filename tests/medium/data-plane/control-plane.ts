import { DataSource } from 'typeorm';
import type { InstanceSpec } from '../../../server/src/data-plane/data-plane.js';
import { LocalDataPlane, type LocalDataPlaneConfig } from '../../../server/src/data-plane/local/local-data-plane.js';
import { Database } from '../../../server/src/platform/database/database.js';
import { SqlPortLedger } from '../../../server/src/data-plane/local/data/sql-port-ledger.js';

/** What the test passes as the only argument, in JSON. */
export interface Orders {
  readonly config: LocalDataPlaneConfig;
  readonly databaseUrl: string;
  readonly spec: InstanceSpec;
}

const { config, databaseUrl, spec } = JSON.parse(process.argv[2] ?? '') as Orders;
const never = new AbortController().signal;
const dataSource = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
const plane = await LocalDataPlane.create(config, new SqlPortLedger(new Database(dataSource)));

process.stdout.write('begin\n');
for (const step of ['reserve', 'prepareVolume', 'configure', 'start'] as const) {
  await plane[step](spec, never);
}
process.stdout.write('done\n');
// Stays until it is killed.
setInterval(() => undefined, 60_000);
