import type {
  ActivityRecord,
  Batch,
  BatchDetails,
  BatchItem,
  Capabilities,
  DurableInstance,
  DurableInstanceDetails,
  Finding,
  InstanceDetails,
  OrchestrationProgress,
  OrchestrationRecord,
  RuntimeImage,
  Stats,
  TimelineEvent,
  TimelineEventType,
} from '#sdk';

let lastId = 0;

/** An instance that runs and is healthy, except for what is given. */
export function anInstance(given: Partial<InstanceDetails> = {}): InstanceDetails {
  const name = given.user_name ?? 'orders-prod';
  return {
    id: `0a3c8f0e-5f3a-4c3e-9d2c-${String(++lastId).padStart(12, '0')}`,
    user_name: name,
    k8s_name: `${name}-a1b2c3d4`,
    dns_name: name,
    state: 'running',
    health_status: 'healthy',
    postgres_version: '18',
    storage_size_gb: 200,
    ip_connection_string: 'postgresql://postgres:***@127.0.0.1:15432/postgres',
    dns_connection_string: 'postgresql://postgres:***@localhost:15432/postgres',
    created_at: '2026-11-14T12:00:00Z',
    updated_at: '2026-11-14T12:00:00Z',
    namespace: 'toygres',
    tags: {},
    deletion_protection: false,
    image_type: 'stock',
    runtime_image: null,
    image: null,
    purge_at: null,
    failure_code: null,
    failure_reason: null,
    last_health_check: {
      status: 'healthy',
      checked_at: new Date().toISOString(),
      response_time_ms: 12,
      code: null,
      reason: null,
    },
    orchestration: null,
    use_load_balancer: false,
    external_ip: '127.0.0.1',
    endpoint: { host: 'localhost', ip: '127.0.0.1', port: 15432 },
    state_changed_at: '2026-11-14T12:00:00Z',
    health_changed_at: '2026-11-14T12:00:00Z',
    deleted_at: null,
    purged_at: null,
    failure_details: null,
    server_version: 'PostgreSQL 18.4',
    usage: { data_bytes: 24_117_248, databases: 1, connections: 3, at: '2026-11-14T12:00:00Z' },
    revision: 4,
    health_check_orchestration_id: `health-${name}-a1b2c3d4`,
    ...given,
  };
}

export function anActivity(given: Partial<ActivityRecord> = {}): ActivityRecord {
  return {
    name: 'instance.start',
    title: 'Start PostgreSQL',
    phase: 'forward',
    status: 'succeeded',
    attempt: 1,
    max_attempts: 3,
    started_at: '2026-11-14T12:00:00Z',
    attempt_started_at: given.started_at === undefined ? '2026-11-14T12:00:00Z' : given.started_at,
    finished_at: '2026-11-14T12:00:01Z',
    next_attempt_at: null,
    usual_ms: 62,
    error_code: null,
    error: null,
    failed_attempts: [],
    progress: null,
    ...given,
  };
}

/** What is under way with an instance: a create at its third activity, except for what is given. */
export function someProgress(given: Partial<OrchestrationProgress> = {}): OrchestrationProgress {
  return {
    id: 'create-orders-prod-a1b2c3d4',
    kind: 'create',
    status: 'running',
    started_by: 'anonymous',
    created_at: '2026-11-14T12:00:00Z',
    deadline: '2026-11-14T12:10:00Z',
    completed: 2,
    total: 5,
    activity: 'instance.start',
    cancel_requested: false,
    cancellable: true,
    ...given,
  };
}

/** Counts by state: none, except for what is given. */
export function byState(given: Partial<Stats['by_state']> = {}): Stats['by_state'] {
  return {
    creating: 0,
    running: 0,
    stopping: 0,
    stopped: 0,
    starting: 0,
    restarting: 0,
    failed: 0,
    deleting: 0,
    deleted: 0,
    purging: 0,
    ...given,
  };
}

/** A create that has succeeded, except for what is given. */
export function anOrchestration(given: Partial<OrchestrationRecord> = {}): OrchestrationRecord {
  return {
    id: 'create-orders-prod-a1b2c3d4',
    kind: 'create',
    status: 'succeeded',
    instance_id: '0a3c8f0e-5f3a-4c3e-9d2c-000000000001',
    instance_name: 'orders-prod',
    started_by: 'anonymous',
    after_id: null,
    retries: 0,
    cancel_requested: false,
    cancellable: false,
    retryable: false,
    deadline: '2026-11-14T12:10:00Z',
    created_at: '2026-11-14T12:00:00Z',
    started_at: '2026-11-14T12:00:00Z',
    finished_at: '2026-11-14T12:00:02Z',
    error_code: null,
    error: null,
    error_details: null,
    activities: [anActivity()],
    ...given,
  };
}

/** A creation of three that has succeeded, except for what is given. */
export function aBatch(given: Partial<Batch> = {}): Batch {
  return {
    id: 'batch-create-0c1d2e3f4a',
    kind: 'create',
    status: 'succeeded',
    started_by: 'anonymous',
    cancel_requested: false,
    total: 3,
    pending: 0,
    running: 0,
    succeeded: 3,
    failed: 0,
    cancelled: 0,
    created_at: '2026-11-14T12:00:00Z',
    finished_at: given.status === 'running' ? null : '2026-11-14T12:00:02Z',
    ...given,
  };
}

/** An item whose instance was created, except for what is given. */
export function aBatchItem(given: Partial<BatchItem> = {}): BatchItem {
  const name = given.name ?? 'shop-1';
  return {
    position: 0,
    name,
    status: 'succeeded',
    instance_id: '0a3c8f0e-5f3a-4c3e-9d2c-000000000001',
    orchestration_id: `create-${name}-a1b2c3d4`,
    error_code: null,
    error: null,
    ...given,
  };
}

/** A batch of these items, counted. */
export function aBatchOf(items: readonly BatchItem[], given: Partial<Batch> = {}): BatchDetails {
  const count = (status: BatchItem['status']): number => items.filter((item) => item.status === status).length;
  return {
    ...aBatch({
      total: items.length,
      pending: count('pending'),
      running: count('running'),
      succeeded: count('succeeded'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      ...given,
    }),
    items: items.map((item, position) => ({ ...item, position })),
  };
}

/** A directory that belongs to no instance, except for what is given. */
export function aFinding(given: Partial<Finding> = {}): Finding {
  return {
    id: `5f8b1c9e-3f0a-4d51-8d6a-${String(++lastId).padStart(12, '0')}`,
    code: 'unknown_resource',
    instance_id: '0a3c8f0e-5f3a-4c3e-9d2c-000000000001',
    instance_name: null,
    k8s_name: 'lost-a1b2c3d4',
    state: null,
    resource_kind: 'directory',
    resource: '/var/lib/toygres/instances/lost-a1b2c3d4',
    bytes: 48_234_496,
    since: '2026-11-01T12:00:00Z',
    found_at: '2026-11-14T12:00:00Z',
    seen_at: '2026-11-14T12:00:00Z',
    repair: 'on_request',
    repair_requested_at: null,
    error: null,
    resolved_at: null,
    resolution: null,
    ...given,
  };
}

/** An image that nobody is made of, except for what is given. */
export function aRuntimeImage(given: Partial<RuntimeImage> = {}): RuntimeImage {
  return {
    name: 'postgis-18',
    image_ref: 'registry.example.com/team/postgis:18-3.6',
    digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
    description: 'PostGIS 3.6',
    postgres_version: '18',
    created_at: '2026-11-14T12:00:00Z',
    in_use: 0,
    ...given,
  };
}

/** A durable function that runs, except for what is given. */
export function aDurable(given: Partial<DurableInstance> = {}): DurableInstance {
  return {
    id: 'a1b2c3d4',
    label: 'nightly-report',
    function_name: 'execute_function_graph',
    status: 'running',
    execution_count: 1,
    output: null,
    created_at: '2026-11-14T12:00:00Z',
    completed_at: null,
    ...given,
  };
}

/** The same with two executions, and a step that waits for a signal after one that is done, except for what is given. */
export function aDurableInDetail(given: Partial<DurableInstanceDetails> = {}): DurableInstanceDetails {
  const node = {
    query: null,
    result_name: null,
    left_node: null,
    right_node: null,
    result: null,
    status_details: null,
  };
  return {
    id: 'a1b2c3d4',
    label: 'nightly-report',
    function_name: 'execute_function_graph',
    function_version: '1.0.0',
    current_execution_id: 2,
    status: 'running',
    output: null,
    executions: [
      { id: 2, status: 'running', event_count: 12, duration_ms: null, output: null },
      { id: 1, status: 'completed', event_count: 34, duration_ms: 1250, output: null },
    ],
    nodes: [
      { ...node, id: 'n1', type: 'THEN', left_node: 'n2', right_node: 'n3', status: 'running' },
      {
        ...node,
        id: 'n2',
        type: 'SQL',
        query: 'SELECT id FROM orders',
        result_name: 'order_id',
        status: 'completed',
        result: '{"rows":[{"id":7}]}',
      },
      { ...node, id: 'n3', type: 'SIGNAL', query: '{"signal_name":"approval"}', status: 'running' },
    ],
    ...given,
  };
}

/** What a cluster offers that takes images of a registry, and has pg_durable for the newest versions. */
export function clusterCapabilities(given: Partial<Capabilities> = {}): Capabilities {
  return someCapabilities({
    data_plane: 'kubernetes',
    regions: ['westus3'],
    image_types: [
      { type: 'stock', versions: ['18', '17', '16', '15'] },
      { type: 'pg_durable', versions: ['18', '17'] },
    ],
    image_registries: ['registry.example.com', 'docker.io'],
    unsupported: [],
    ...given,
  });
}

export function someStats(given: Partial<Stats> = {}): Stats {
  return {
    total: 1,
    by_state: byState({ running: 1 }),
    by_health: { healthy: 1, unhealthy: 0, unknown: 0 },
    recent_instances: [],
    failed_instances: [],
    orchestrations_in_flight: [],
    capacity: {
      ports: { used: 1, total: 1000 },
      disk: { free_bytes: 412_316_860_416, total_bytes: 536_870_912_000 },
      storage_promised_gb: 10,
    },
    health_over_time: [],
    create_latency: [],
    as_of: '2026-11-14T12:00:00Z',
    ...given,
  };
}

export function someCapabilities(given: Partial<Capabilities> = {}): Capabilities {
  return {
    version: '0.1.0',
    data_plane: 'local',
    versions: ['18', '17', '16', '15'].map((major) => ({ major, release: `${major}.4`, latest: major === '18' })),
    storage: { minimum_gb: 10, maximum_gb: 1000 },
    namespaces: ['toygres'],
    regions: [],
    image_types: [{ type: 'stock', versions: ['18', '17', '16', '15'] }],
    image_registries: [],
    unsupported: [
      { feature: 'runtime_images', reason: 'This data plane has no images.' },
      { feature: 'pg_durable', reason: 'This data plane has no pg_durable.' },
      { feature: 'load_balancer', reason: 'This data plane has no load balancers.' },
    ],
    prices: null,
    usual_create_ms: 180,
    health_check_interval_seconds: 30,
    keep_deleted_hours: 168,
    ...given,
  };
}

/** Something that has just happened. @param instance null for what is not about one */
export function anEvent(
  type: TimelineEventType,
  instance: { readonly id: string; readonly user_name: string } | null,
  data: TimelineEvent['data'] = {},
  orchestrationId: string | null = null,
): TimelineEvent {
  return {
    id: String(++lastId),
    type,
    instance_id: instance?.id ?? null,
    instance_name: instance?.user_name ?? null,
    orchestration_id: orchestrationId,
    data,
    created_at: new Date().toISOString(),
  };
}
