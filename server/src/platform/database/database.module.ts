import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { CONFIG, type ResolvedConfig } from '../../config/config.js';
import { Idempotency } from '../idempotency/idempotency.js';
import { PROCESS_NAME } from '../process-name.js';
import { createDataSource } from './data-source.js';
import { DatabaseListener } from './database-listener.js';
import { Database } from './database.js';

type EntityClass = Extract<EntityTarget<ObjectLiteral>, abstract new (...parameters: never[]) => unknown>;

/** The metadata database of this process: a pool of connections, and one that listens. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  static forRoot(entities: readonly EntityClass[]): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: DataSource,
          useFactory: (config: ResolvedConfig, name: string) =>
            createDataSource(config.databaseUrl, name, [...entities]).initialize(),
          inject: [CONFIG, PROCESS_NAME],
        },
        {
          provide: DatabaseListener,
          useFactory: (config: ResolvedConfig, name: string) => new DatabaseListener(config.databaseUrl, name),
          inject: [CONFIG, PROCESS_NAME],
        },
        Database,
        Idempotency,
      ],
      exports: [DataSource, Database, Idempotency, DatabaseListener],
    };
  }

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}
