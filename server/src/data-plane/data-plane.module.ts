import { Global, Module } from '@nestjs/common';
import { CONFIG, type ResolvedConfig } from '../config/config.js';
import { DataPlane } from './data-plane.js';
import { LocalDataPlane } from './local/local-data-plane.js';
import { SqlPortLedger } from './local/data/sql-port-ledger.js';
import { Database } from '../platform/database/database.js';

/** The data plane that the configuration chooses. */
@Global()
@Module({
  providers: [
    {
      provide: DataPlane,
      useFactory: (config: ResolvedConfig, database: Database) =>
        LocalDataPlane.create(config, new SqlPortLedger(database)),
      inject: [CONFIG, Database],
    },
  ],
  exports: [DataPlane],
})
export class DataPlaneModule {}
