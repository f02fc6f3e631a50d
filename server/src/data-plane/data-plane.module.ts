import { Global, Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type ResolvedConfig } from '../config/config.js';
import { DataPlane } from './data-plane.js';
import { KubernetesDataPlane } from './kubernetes/kubernetes-data-plane.js';
import { LocalDataPlane } from './local/local-data-plane.js';
import { SqlPortLedger } from './local/data/sql-port-ledger.js';
import { Database } from '../platform/database/database.js';

/** The data plane that the configuration chooses. */
@Global()
@Module({
  providers: [
    {
      provide: DataPlane,
      useFactory: (config: ResolvedConfig, database: Database): DataPlane | Promise<DataPlane> =>
        config.dataPlane === 'kubernetes'
          ? KubernetesDataPlane.create(config)
          : LocalDataPlane.create(config, new SqlPortLedger(database)),
      inject: [CONFIG, Database],
    },
  ],
  exports: [DataPlane],
})
export class DataPlaneModule implements OnModuleDestroy {
  constructor(@Inject(DataPlane) private readonly dataPlane: DataPlane) {}

  onModuleDestroy(): void {
    this.dataPlane.close();
  }
}
