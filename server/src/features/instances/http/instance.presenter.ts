import type { z } from 'zod';
import { healthSchedulerId } from '../domain/health-scheduler-id.js';
import { connectionString } from '../domain/instance.js';
import { INSTANCE_ORCHESTRATIONS } from '../domain/instance-orchestrations.js';
import { isoTime } from '../../../platform/http/iso-time.js';
import type { InstanceRow, OrchestrationProgressRow } from '../data/instance.queries.js';
import type { InstanceDetails, InstanceSummary } from './instance.schemas.js';

type Summary = z.input<typeof InstanceSummary>;
type Details = z.input<typeof InstanceDetails>;

const CANCELLABLE: ReadonlySet<string> = new Set(
  INSTANCE_ORCHESTRATIONS.filter(({ cancellable }) => cancellable).map(({ kind }) => kind),
);

/** The JSON of an instance in a list. Passwords are masked because they are not there. */
export function toSummary(row: InstanceRow): Summary {
  return {
    id: row.id,
    user_name: row.user_name,
    k8s_name: row.k8s_name,
    dns_name: row.dns_name,
    state: row.state,
    health_status: row.health_status,
    postgres_version: row.postgres_version,
    storage_size_gb: row.storage_size_gb,
    ip_connection_string:
      row.endpoint_ip !== null && row.endpoint_port !== null
        ? connectionString(row.endpoint_ip, row.endpoint_port)
        : null,
    dns_connection_string:
      row.endpoint_host !== null && row.endpoint_port !== null
        ? connectionString(row.endpoint_host, row.endpoint_port)
        : null,
    created_at: row.created_at,
    updated_at: row.updated_at,
    namespace: row.namespace,
    tags: row.tags,
    deletion_protection: row.deletion_protection,
    image_type: row.image_type,
    runtime_image: row.runtime_image,
    purge_at: row.purge_at,
    failure_code: row.failure_code,
    failure_reason: row.failure_reason,
    last_health_check:
      row.checked_at !== null && row.check_status !== null && row.check_status !== 'unknown'
        ? {
            status: row.check_status,
            checked_at: row.checked_at,
            response_time_ms: row.response_time_ms,
            code: row.check_code,
            reason: row.check_reason,
          }
        : null,
    orchestration: row.orchestration && toProgress(row.orchestration),
  };
}

function toProgress(row: OrchestrationProgressRow): Summary['orchestration'] {
  return {
    ...row,
    created_at: isoTime(row.created_at),
    deadline: isoTime(row.deadline),
    cancellable: CANCELLABLE.has(row.kind) && row.status !== 'compensating' && !row.cancel_requested,
  };
}

/** The JSON of one instance. */
export function toDetails(row: InstanceRow): Details {
  return {
    ...toSummary(row),
    use_load_balancer: row.use_load_balancer,
    image: row.image,
    external_ip: row.endpoint_ip,
    endpoint:
      row.endpoint_host !== null && row.endpoint_port !== null
        ? { host: row.endpoint_host, ip: row.endpoint_ip, port: row.endpoint_port }
        : null,
    state_changed_at: row.state_changed_at,
    health_changed_at: row.health_changed_at,
    deleted_at: row.deleted_at,
    purged_at: row.purged_at,
    failure_details: row.failure_details,
    server_version: row.server_version,
    usage:
      row.checked_at !== null && row.data_bytes !== null
        ? {
            data_bytes: Number(row.data_bytes),
            databases: row.databases,
            connections: row.connections,
            at: row.checked_at,
          }
        : null,
    revision: row.revision,
    health_check_orchestration_id: healthSchedulerId(row.k8s_name),
  };
}
