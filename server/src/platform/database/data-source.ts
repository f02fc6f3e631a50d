import { DataSource, type DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { connectionConfig, SCHEMA } from './connection.js';

/** Connections of one process to the metadata database, besides those of the queue and of LISTEN. */
const POOL_SIZE = 10;

/** @param entities entity classes of the features; none is needed to migrate */
export function dataSourceOptions(
  url: string,
  applicationName: string,
  entities: NonNullable<DataSourceOptions['entities']> = [],
): DataSourceOptions {
  const { options, connectionTimeoutMillis, keepAlive } = connectionConfig(url, applicationName);
  return {
    type: 'postgres',
    url,
    applicationName,
    schema: SCHEMA,
    entities,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    extra: { options, connectionTimeoutMillis, keepAlive, max: POOL_SIZE },
  };
}

export function createDataSource(...parameters: Parameters<typeof dataSourceOptions>): DataSource {
  return new DataSource(dataSourceOptions(...parameters));
}
