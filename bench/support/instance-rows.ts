import type { Client } from 'pg';

/**
 * Inserts instances as a large installation has them, straight into the tables: nine of ten run and are healthy, a few are under way or
 * failed, some are tombstones; one is made every ten minutes, each with the orchestration that made it. Then everything is vacuumed and
 * analysed.
 *
 * @param first number of the first one, which is also in its name
 */
export async function insertInstances(client: Client, first: number, count: number): Promise<void> {
  for (const statement of [INSTANCES, HEALTH, ORCHESTRATIONS, ACTIVITIES]) {
    await client.query(statement, [first, first + count - 1]);
  }
  await client.query('VACUUM ANALYZE');
}

/** By the number, so that every run has the same rows; `r` is as good as random, in [0, 1000). */
const INSTANCES = `
  INSERT INTO instances (id, name, k8s_name, dns_name, namespace, data_plane, state, health_status, postgres_version, storage_size_gb,
    use_load_balancer, tags, endpoint_host, endpoint_ip, endpoint_port, superuser_secret, monitoring_secret, created_at, updated_at)
  SELECT md5('bench ' || n)::uuid, name, name || '-' || left(md5(name), 8), name, 'toygres', 'local', state,
    CASE WHEN state <> 'running' OR r % 100 = 0 THEN 'unknown' WHEN r % 53 = 1 THEN 'unhealthy' ELSE 'healthy' END,
    (ARRAY['18', '18', '18', '18', '17', '17', '17', '16', '16', '15'])[1 + r % 10], 10 + r, false,
    jsonb_build_object('environment', environment) ||
      CASE WHEN r % 10 < 3 THEN jsonb_build_object('team', 'team-' || r % 20) ELSE '{}' END,
    'localhost', '127.0.0.1', 10000 + n % 50000, decode(repeat('00', 64), 'hex'), decode(repeat('00', 64), 'hex'),
    made, made + r * interval '1 hour'
  FROM (
    SELECT n, r, environment, environment || '-' || (ARRAY['billing', 'orders', 'search', 'users', 'reports', 'mail'])[1 + r % 6] || '-' || n AS name,
      CASE WHEN r < 3 THEN 'creating' WHEN r < 5 THEN 'deleting' WHEN r < 30 THEN 'failed' WHEN r < 80 THEN 'purged' ELSE 'running' END AS state,
      timestamptz '2024-01-01' + n * interval '10 minutes' AS made
    FROM generate_series($1::int, $2::int) n
    CROSS JOIN LATERAL (SELECT abs(hashint4(n)::bigint) % 1000 AS r) hashed
    CROSS JOIN LATERAL (SELECT (ARRAY['prod', 'prod', 'prod', 'stage', 'stage', 'dev', 'dev', 'dev', 'dev', 'dev'])[1 + (r / 10) % 10] AS environment) chosen
  ) numbered`;

const CHOSEN = `instances i WHERE i.id IN (SELECT md5('bench ' || n)::uuid FROM generate_series($1::int, $2::int) n)`;

const HEALTH = `
  INSERT INTO instance_health (instance_id, checked_at, status, reason, response_time_ms, postgres_version, consecutive, data_bytes, databases, connections)
  SELECT i.id, now(), i.health_status, NULL, 2.5, '18.4', 10, 24117248, 1, 3 FROM ${CHOSEN} AND i.state = 'running'`;

const ORCHESTRATIONS = `
  INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, dispatch_needed, deadline_at, created_at)
  SELECT 'create-' || i.k8s_name, 'create', 1, i.id, CASE i.state WHEN 'creating' THEN 'running' WHEN 'failed' THEN 'failed' ELSE 'succeeded' END,
    'anonymous', false, i.created_at + interval '15 minutes', i.created_at
  FROM ${CHOSEN}`;

const ACTIVITIES = `
  INSERT INTO orchestration_activities (orchestration_id, position, phase, name, status, started_at, finished_at)
  SELECT 'create-' || i.k8s_name, position, 'forward', 'instance.step-' || position,
    CASE i.state WHEN 'creating' THEN 'pending' ELSE 'succeeded' END, i.created_at, i.created_at
  FROM generate_series(0, 5) position, ${CHOSEN}`;
