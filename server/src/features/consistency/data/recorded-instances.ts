import { Injectable } from '@nestjs/common';
import type { InstancePlan } from '../../../data-plane/index.js';
import { Database } from '../../../platform/database/database.js';
import type { RecordedInstance } from '../domain/consistency.js';

/** An instance as the rows have it, and in the words of the data plane. */
export type PlannedInstance = RecordedInstance & InstancePlan;

/** What the rows say about instances. */
@Injectable()
export class RecordedInstances {
  constructor(private readonly database: Database) {}

  /**
   * All instances that hold something, and of the purged ones those that are asked for.
   *
   * @param seen ids of instances that something was found of
   */
  async read(seen: readonly string[]): Promise<readonly PlannedInstance[]> {
    return this.database.query<PlannedInstance>(
      `SELECT i.id, i.name, i.state, i.data_plane AS "dataPlane", i.endpoint_host IS NOT NULL AS "hasData",
         i.id AS "instanceId", i.k8s_name AS "k8sName", i.namespace, i.postgres_version AS "postgresVersion",
         i.storage_size_gb AS "storageSizeGb", i.use_load_balancer AS "useLoadBalancer", i.dns_name AS "dnsLabel", i.tags,
         i.image_type AS "imageType", i.image,
         EXISTS (SELECT FROM orchestrations o
                 WHERE o.instance_id = i.id AND o.status IN ('pending', 'running', 'compensating')) AS busy
       FROM instances i WHERE i.state <> 'purged' OR i.id = ANY($1::uuid[]) ORDER BY i.name, i.id`,
      [seen],
    );
  }
}
