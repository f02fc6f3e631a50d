import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { RecordedInstance } from '../domain/consistency.js';

/** What the rows say about instances. */
@Injectable()
export class RecordedInstances {
  constructor(private readonly database: Database) {}

  /**
   * All instances that hold something, and of the purged ones those that are asked for.
   *
   * @param seen ids of instances that something was found of
   */
  async read(seen: readonly string[]): Promise<readonly RecordedInstance[]> {
    return this.database.query<RecordedInstance>(
      `SELECT i.id, i.name, i.k8s_name AS "k8sName", i.namespace, i.postgres_version AS "postgresVersion", i.state, i.endpoint_host IS NOT NULL AS "hasData",
         EXISTS (SELECT FROM orchestrations o
                 WHERE o.instance_id = i.id AND o.status IN ('pending', 'running', 'compensating')) AS busy
       FROM instances i WHERE i.state <> 'purged' OR i.id = ANY($1::uuid[]) ORDER BY i.name, i.id`,
      [seen],
    );
  }
}
