// Made by @hey-api/openapi-ts from openapi.json. Run `npm run openapi` instead of editing it.
// @ts-nocheck: the client that it brings along is not written for exactOptionalPropertyTypes, which this repository is checked with.

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

/**
 * One step of an orchestration.
 */
export type ActivityRecord = {
    name: string;
    /**
     * What happens, for people.
     */
    title: string;
    /**
     * `compensation` undoes what a failed orchestration had begun.
     */
    phase: 'forward' | 'compensation';
    status: ActivityStatus;
    /**
     * Attempts begun.
     */
    attempt: number;
    /**
     * How often it is tried; null for an activity of an earlier build.
     */
    max_attempts: number | null;
    /**
     * Begin of the first attempt.
     */
    started_at: string | null;
    /**
     * Begin of the last attempt.
     */
    attempt_started_at: string | null;
    finished_at: string | null;
    /**
     * While it waits for its next attempt.
     */
    next_attempt_at: string | null;
    /**
     * How far it has come, where that can be measured.
     */
    progress: Progress | null;
    /**
     * Median of the times measured lately, in milliseconds; null when none was.
     */
    usual_ms: number | null;
    error_code: FailureCode | null;
    error: string | null;
    /**
     * The oldest first.
     */
    failed_attempts: Array<FailedAttempt>;
};

/**
 * `waiting` for its next attempt.
 */
export type ActivityStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped';

/**
 * Many instances by one request, and how many of them are how far.
 */
export type Batch = {
    id: string;
    /**
     * What is done with each instance.
     */
    kind: 'create' | 'delete' | 'purge';
    status: BatchStatus;
    /**
     * Who asked for it.
     */
    started_by: string;
    /**
     * The rest was called off.
     */
    cancel_requested: boolean;
    total: number;
    pending: number;
    running: number;
    succeeded: number;
    failed: number;
    cancelled: number;
    created_at: string;
    finished_at: string | null;
};

/**
 * What was accepted.
 */
export type BatchAccepted = {
    batch_id: string;
    /**
     * Instances that it is about.
     */
    total: number;
    message: string;
};

/**
 * A batch with its items.
 */
export type BatchDetails = {
    id: string;
    /**
     * What is done with each instance.
     */
    kind: 'create' | 'delete' | 'purge';
    status: BatchStatus;
    /**
     * Who asked for it.
     */
    started_by: string;
    /**
     * The rest was called off.
     */
    cancel_requested: boolean;
    total: number;
    pending: number;
    running: number;
    succeeded: number;
    failed: number;
    cancelled: number;
    created_at: string;
    finished_at: string | null;
    items: Array<BatchItem>;
};

/**
 * One instance of a batch.
 */
export type BatchItem = {
    /**
     * From 0, in the order of the request.
     */
    position: number;
    name: string;
    status: BatchItemStatus;
    /**
     * null while there is none.
     */
    instance_id: string | null;
    /**
     * What carries it out; null while it waits, and where nothing was to be done.
     */
    orchestration_id: string | null;
    /**
     * Why it failed, for programs.
     */
    error_code: string | null;
    /**
     * Why it failed, in a sentence.
     */
    error: string | null;
};

/**
 * `pending` until it is its turn; then as its orchestration.
 */
export type BatchItemStatus = 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/**
 * One page of batches.
 */
export type BatchList = {
    batches: Array<Batch>;
    total: number;
    page: number;
    pages: number;
};

/**
 * `running` as long as an item has not ended; then `failed` when one has failed, else `cancelled` when one was called off.
 */
export type BatchStatus = 'running' | 'succeeded' | 'failed' | 'cancelled';

/**
 * Send either "base_name", "count" and "template", or "instances".
 */
export type BulkCreateRequest = {
    /**
     * The names are this, a hyphen and a number from 1.
     */
    base_name?: string;
    /**
     * How many.
     */
    count?: number;
    template?: InstanceTemplate;
    /**
     * In place of the others: each instance by itself.
     */
    instances?: Array<CreateInstanceRequest>;
};

export type BulkDeleteRequest = {
    /**
     * Names of instances, or their ids.
     */
    names: Array<string>;
    /**
     * Removes them for good, data and names, without keeping anything.
     */
    purge?: boolean;
};

export type CancelDurableInstanceRequest = {
    /**
     * For people; the function instance keeps it.
     */
    reason?: string;
};

/**
 * What this installation offers.
 */
export type Capabilities = {
    /**
     * Version of the server that answers.
     */
    version: string;
    data_plane: string;
    versions: Array<PostgresRelease>;
    storage: {
        minimum_gb: number;
        maximum_gb: number;
    };
    /**
     * The first is the default.
     */
    namespaces: Array<string>;
    /**
     * For public addresses; empty where there are none.
     */
    regions: Array<string>;
    /**
     * Types of images, and the versions that each is offered of.
     */
    image_types: Array<ImageTypeOffer>;
    /**
     * Registries that runtime images may come from; empty: none.
     */
    image_registries: Array<string>;
    /**
     * What this data plane can not do, and why.
     */
    unsupported: Array<UnsupportedFeature>;
    /**
     * null when none are configured.
     */
    prices: Prices | null;
    /**
     * Median of the creates measured lately, in milliseconds; null when none was.
     */
    usual_create_ms: number | null;
    /**
     * Seconds between two health checks of a running instance.
     */
    health_check_interval_seconds: number;
    /**
     * For how long a deleted instance can be brought back; 0 when it is purged at once.
     */
    keep_deleted_hours: number;
};

/**
 * What is left to give away; null where it is not known.
 */
export type Capacity = {
    ports: {
        used: number;
        total: number;
    } | null;
    disk: {
        free_bytes: number;
        total_bytes: number;
    } | null;
    /**
     * Sum of the sizes of all instances.
     */
    storage_promised_gb: number;
};

/**
 * Health checks as they are made. It is about this moment: it has no id, is not kept, and may be left out.
 */
export type ChecksEvent = {
    type: 'health.checked';
    /**
     * In the order in which they were made, or nearly so.
     */
    checks: Array<InstanceCheck>;
};

/**
 * What a test of a connection saw.
 */
export type ConnectionTestResult = {
    /**
     * Whether the login and the query worked.
     */
    ok: boolean;
    /**
     * Connection, login and query; null when it failed.
     */
    response_time_ms: number | null;
    /**
     * As the server says it; null when it failed.
     */
    server_version: string | null;
    /**
     * Why it failed, in a sentence; null when it did not.
     */
    error: string | null;
    tested_at: string;
};

/**
 * Whether exactly that is there which the instances imply.
 */
export type Consistency = {
    consistent: boolean;
    findings: Array<ConsistencyFinding>;
    checked_at: string;
};

/**
 * Something that is not as the state of its instance implies.
 */
export type ConsistencyFinding = {
    code: FindingCode;
    instance_id: string;
    /**
     * null where no instance is known.
     */
    instance_name: string | null;
    /**
     * Empty where that is not known either.
     */
    k8s_name: string;
    state: InstanceState | null;
    resource_kind: 'directory' | 'process' | 'port' | 'claim' | 'pod' | 'service' | 'object' | 'configuration';
    /**
     * Path, process id or port; null where it is missing.
     */
    resource: string | null;
};

export type CreateInstanceRequest = {
    /**
     * Name of the instance and of its DNS label.
     */
    name: string;
    /**
     * Password of the superuser `postgres`: upper and lower case, a digit, and not the name.
     */
    password: string;
    /**
     * Major version; `GET /api/capabilities` has the list.
     */
    postgres_version: string;
    /**
     * Size of the volume in GB (10^9 bytes).
     */
    storage_size_gb: number;
    /**
     * A public address of its own, where the data plane can give one.
     */
    use_load_balancer?: boolean;
    /**
     * One of the allowed namespaces; the first of them when left out.
     */
    namespace?: string;
    /**
     * At most 50; the rules are those of Kubernetes labels.
     */
    tags?: {
        [key: string]: string;
    };
    /**
     * Refuses every deletion until it is turned off.
     */
    deletion_protection?: boolean;
    image_type?: ImageType;
    /**
     * Name of the runtime image that it is made of, which must hold the same major version; null: none. With one, `image_type` is `stock`, whatever is asked for.
     */
    runtime_image?: string | null;
};

export type CreateInstanceResponse = {
    instance_id: string;
    k8s_name: string;
    dns_name: string;
    orchestration_id: string;
    state: 'creating';
    message: string;
};

/**
 * What was done.
 */
export type DurableAnswer = {
    /**
     * What pg_durable says.
     */
    message: string;
};

export type DurableExecution = {
    /**
     * From 1; goes up when a function goes on as new.
     */
    id: number;
    /**
     * One of pending, running, completed, failed, cancelled; a later release of the extension may have more.
     */
    status: string;
    event_count: number;
    duration_ms: number | null;
    /**
     * What it came to.
     */
    output: string | null;
};

/**
 * A durable function that was started.
 */
export type DurableInstance = {
    /**
     * Id of the function instance.
     */
    id: string;
    /**
     * What its user called it.
     */
    label: string | null;
    function_name: string | null;
    /**
     * One of pending, running, completed, failed, cancelled; a later release of the extension may have more.
     */
    status: string;
    execution_count: number;
    /**
     * What it came to; at most 300 characters of it.
     */
    output: string | null;
    created_at: string | null;
    /**
     * null when it has not completed.
     */
    completed_at: string | null;
};

/**
 * A durable function instance with its steps. Texts of more than 20,000 characters are cut.
 */
export type DurableInstanceDetails = {
    /**
     * Id of the function instance.
     */
    id: string;
    /**
     * What its user called it.
     */
    label: string | null;
    function_name: string | null;
    function_version: string | null;
    current_execution_id: number | null;
    /**
     * One of pending, running, completed, failed, cancelled; a later release of the extension may have more.
     */
    status: string;
    /**
     * What it came to.
     */
    output: string | null;
    /**
     * The newest twenty.
     */
    executions: Array<DurableExecution>;
    /**
     * At most 500.
     */
    nodes: Array<DurableNode>;
};

/**
 * One page of durable function instances, the newest first.
 */
export type DurableInstanceList = {
    instances: Array<DurableInstance>;
    /**
     * For `cursor`, to get the next page; null on the last one.
     */
    next_cursor: string | null;
};

/**
 * How many there are.
 */
export type DurableMetrics = {
    total_instances: number;
    running_instances: number;
    completed_instances: number;
    failed_instances: number;
    total_executions: number;
    total_events: number;
};

/**
 * A step of the graph of a durable function.
 */
export type DurableNode = {
    id: string;
    type: string;
    /**
     * SQL of a SQL node, else its settings.
     */
    query: string | null;
    /**
     * Name that later steps know its result by.
     */
    result_name: string | null;
    /**
     * Id of its first child.
     */
    left_node: string | null;
    /**
     * Id of its second child.
     */
    right_node: string | null;
    /**
     * One of pending, running, completed, failed, cancelled; a later release of the extension may have more.
     */
    status: string;
    /**
     * JSON.
     */
    result: string | null;
    /**
     * JSON.
     */
    status_details: string | null;
};

/**
 * Where clients reach an instance.
 */
export type Endpoint = {
    host: string;
    ip: string | null;
    port: number;
};

export type FailedAttempt = {
    attempt: number;
    started_at: string;
    finished_at: string;
    error_code: FailureCode;
    error: string;
};

/**
 * What went wrong, for programs; docs/failures.md says what to do. Later versions may add codes.
 */
export type FailureCode = 'insufficient_capacity' | 'unsupported_version' | 'unsupported_platform' | 'initdb_failed' | 'disk_full' | 'port_in_use' | 'server_exited' | 'not_ready' | 'login_refused' | 'data_missing' | 'configure_failed' | 'cluster_unreachable' | 'cluster_forbidden' | 'admission_refused' | 'quota_exceeded' | 'unschedulable' | 'volume_pending' | 'volume_node_conflict' | 'image_pull_failed' | 'out_of_memory' | 'evicted' | 'node_lost' | 'load_balancer_failed' | 'dns_label_taken' | 'activity_timeout' | 'deadline_exceeded' | 'cancelled' | 'internal_error';

/**
 * A fault of one field.
 */
export type FieldError = {
    /**
     * JSON pointer into the body, or the name of a parameter.
     */
    pointer: string;
    code: string;
    message: string;
};

/**
 * Something that was found not to be as the state of its instance implies.
 */
export type Finding = {
    id: string;
    code: FindingCode;
    instance_id: string;
    /**
     * null where no instance is known.
     */
    instance_name: string | null;
    /**
     * Empty where that is not known either.
     */
    k8s_name: string;
    state: InstanceState | null;
    resource_kind: 'directory' | 'process' | 'port' | 'claim' | 'pod' | 'service' | 'object' | 'configuration';
    /**
     * Path, process id or port; null where it is missing.
     */
    resource: string | null;
    /**
     * Disk that it takes; null where it takes none.
     */
    bytes: number | null;
    /**
     * Since when it is there; null where that is not known.
     */
    since: string | null;
    found_at: string;
    /**
     * When it was seen last.
     */
    seen_at: string;
    /**
     * `automatic`: it is repaired without being asked. `on_request`: something is removed, so somebody has to ask. `none`: nothing can be done by itself.
     */
    repair: 'automatic' | 'on_request' | 'none';
    /**
     * When somebody asked for its repair.
     */
    repair_requested_at: string | null;
    /**
     * Why the last repair failed, in a sentence.
     */
    error: string | null;
    /**
     * When it was seen to be over; null while it is open.
     */
    resolved_at: string | null;
    /**
     * `repaired`: by Toygres. `gone`: by itself, or by somebody else.
     */
    resolution: 'repaired' | 'gone' | null;
};

/**
 * `unknown_resource`: it belongs to no instance. `left_over`: its instance should have none. `missing_resource`: its instance should have one. `drifted`: what was applied to it is not so any more.
 */
export type FindingCode = 'unknown_resource' | 'left_over' | 'missing_resource' | 'drifted';

/**
 * One page of findings.
 */
export type FindingList = {
    findings: Array<Finding>;
    total: number;
    page: number;
    pages: number;
};

/**
 * Checks of one stretch. A stretch without a check is left out.
 */
export type HealthBucket = {
    from: string;
    checks: number;
    /**
     * Good checks among all, in percent.
     */
    uptime_percent: number;
    /**
     * Median response time, in milliseconds.
     */
    p50_ms: number | null;
    p95_ms: number | null;
};

/**
 * One check.
 */
export type HealthCheck = {
    status: 'healthy' | 'unhealthy';
    checked_at: string;
    /**
     * Login and query; null when there was no answer.
     */
    response_time_ms: number | null;
    /**
     * Why it failed, for programs; null when it did not.
     */
    code: FailureCode | null;
    /**
     * Why it failed; null when it did not.
     */
    reason: string | null;
    postgres_version: string | null;
};

/**
 * Health of one instance.
 */
export type HealthHistory = {
    current_status: HealthStatus;
    /**
     * null before the first check.
     */
    last_check: string | null;
    /**
     * With `raw`: the newest first. Otherwise empty.
     */
    history: Array<HealthCheck>;
    /**
     * With another resolution: the oldest first. Otherwise empty.
     */
    buckets: Array<HealthBucket>;
    /**
     * Of the window; null when nothing was checked.
     */
    uptime_percent: number | null;
};

/**
 * What the health checks saw.
 */
export type HealthStatus = 'healthy' | 'unhealthy' | 'unknown';

/**
 * `stock`: PostgreSQL as it is. `pg_durable`: set up for durable functions; `GET /api/capabilities` says where it is offered.
 */
export type ImageType = 'stock' | 'pg_durable';

export type ImageTypeOffer = {
    type: 'stock' | 'pg_durable';
    /**
     * Major versions.
     */
    versions: Array<string>;
};

/**
 * A check of one instance.
 */
export type InstanceCheck = {
    instance_id: string;
    status: 'healthy' | 'unhealthy';
    checked_at: string;
    /**
     * Login and query; null when there was no answer.
     */
    response_time_ms: number | null;
    /**
     * Why it failed, for programs.
     */
    code: FailureCode | null;
    /**
     * Why it failed; null when it did not.
     */
    reason: string | null;
};

/**
 * How the superuser connects.
 */
export type InstanceCredentials = {
    username: string;
    password: string;
    database: string;
    host: string;
    port: number;
    dns_connection_string: string;
    ip_connection_string: string | null;
};

/**
 * An instance.
 */
export type InstanceDetails = {
    id: string;
    /**
     * The name that its user gave it.
     */
    user_name: string;
    /**
     * Name of its resources.
     */
    k8s_name: string;
    /**
     * Its DNS label.
     */
    dns_name: string;
    state: InstanceState;
    health_status: HealthStatus;
    /**
     * Major version.
     */
    postgres_version: string;
    storage_size_gb: number;
    /**
     * With the IP address, the password masked; null while there is none.
     */
    ip_connection_string: string | null;
    /**
     * With the host name, the password masked; null while there is none.
     */
    dns_connection_string: string | null;
    created_at: string;
    updated_at: string;
    namespace: string;
    tags: {
        [key: string]: string;
    };
    deletion_protection: boolean;
    image_type: ImageType;
    /**
     * Name of the runtime image that it was made of; null when it was made of none.
     */
    runtime_image: string | null;
    /**
     * Until when a deleted instance can be brought back; then it is removed for good.
     */
    purge_at: string | null;
    /**
     * Why it failed, for programs.
     */
    failure_code: FailureCode | null;
    /**
     * Why it failed, in a sentence.
     */
    failure_reason: string | null;
    /**
     * What the last check saw; null before the first.
     */
    last_health_check: LastHealthCheck | null;
    /**
     * What is under way; null when nothing is.
     */
    orchestration: OrchestrationProgress | null;
    use_load_balancer: boolean;
    /**
     * What its server is made of, by its digest; null: what the installation has for the version.
     */
    image: string | null;
    /**
     * The address that clients reach it at.
     */
    external_ip: string | null;
    /**
     * null while there is none.
     */
    endpoint: Endpoint | null;
    state_changed_at: string;
    health_changed_at: string;
    deleted_at: string | null;
    /**
     * When the last of it was gone.
     */
    purged_at: string | null;
    /**
     * What the server itself said, e.g. the end of its log.
     */
    failure_details: string | null;
    /**
     * As the server says it.
     */
    server_version: string | null;
    /**
     * As the last good health check saw it; null before the first.
     */
    usage: Usage | null;
    /**
     * Goes up with every change; the ETag.
     */
    revision: number;
    health_check_orchestration_id: string;
};

/**
 * One page of instances.
 */
export type InstanceList = {
    instances: Array<InstanceSummary>;
    /**
     * Instances on all pages. Where a thousand or more match tags, a search or times, it may be up to ten seconds old.
     */
    total: number;
    page: number;
    pages: number;
};

/**
 * The end of the log of an instance.
 */
export type InstanceLog = {
    /**
     * The oldest first.
     */
    lines: Array<InstanceLogLine>;
};

/**
 * A line of the log of an instance.
 */
export type InstanceLogLine = {
    /**
     * Send it as Last-Event-ID to go on behind this line.
     */
    id: string;
    /**
     * When it was written; null when unknown.
     */
    time: string | null;
    /**
     * Of the message that the line belongs to; null for what is no message of PostgreSQL.
     */
    severity: LogSeverity | null;
    /**
     * As the server wrote it, without the time; recognised passwords are masked, a very long line is cut.
     */
    text: string;
};

/**
 * Where an instance is in its life. `deleted` can be brought back until `purge_at`; `purged` is gone. Later versions may add states.
 */
export type InstanceState = 'creating' | 'running' | 'stopping' | 'stopped' | 'starting' | 'restarting' | 'failed' | 'deleting' | 'deleted' | 'purging' | 'purged';

/**
 * An instance in a list.
 */
export type InstanceSummary = {
    id: string;
    /**
     * The name that its user gave it.
     */
    user_name: string;
    /**
     * Name of its resources.
     */
    k8s_name: string;
    /**
     * Its DNS label.
     */
    dns_name: string;
    state: InstanceState;
    health_status: HealthStatus;
    /**
     * Major version.
     */
    postgres_version: string;
    storage_size_gb: number;
    /**
     * With the IP address, the password masked; null while there is none.
     */
    ip_connection_string: string | null;
    /**
     * With the host name, the password masked; null while there is none.
     */
    dns_connection_string: string | null;
    created_at: string;
    updated_at: string;
    namespace: string;
    tags: {
        [key: string]: string;
    };
    deletion_protection: boolean;
    image_type: ImageType;
    /**
     * Name of the runtime image that it was made of; null when it was made of none.
     */
    runtime_image: string | null;
    /**
     * Until when a deleted instance can be brought back; then it is removed for good.
     */
    purge_at: string | null;
    /**
     * Why it failed, for programs.
     */
    failure_code: FailureCode | null;
    /**
     * Why it failed, in a sentence.
     */
    failure_reason: string | null;
    /**
     * What the last check saw; null before the first.
     */
    last_health_check: LastHealthCheck | null;
    /**
     * What is under way; null when nothing is.
     */
    orchestration: OrchestrationProgress | null;
};

/**
 * What all instances of a series are like.
 */
export type InstanceTemplate = {
    /**
     * The same password for all; when it is left out, each gets one of its own.
     */
    password?: string;
    /**
     * Major version; `GET /api/capabilities` has the list.
     */
    postgres_version: string;
    /**
     * Size of the volume in GB (10^9 bytes).
     */
    storage_size_gb: number;
    /**
     * A public address of its own, where the data plane can give one.
     */
    use_load_balancer?: boolean;
    /**
     * One of the allowed namespaces; the first of them when left out.
     */
    namespace?: string;
    /**
     * At most 50; the rules are those of Kubernetes labels.
     */
    tags?: {
        [key: string]: string;
    };
    /**
     * Refuses every deletion until it is turned off.
     */
    deletion_protection?: boolean;
    image_type?: ImageType;
    /**
     * Name of the runtime image that it is made of, which must hold the same major version; null: none. With one, `image_type` is `stock`, whatever is asked for.
     */
    runtime_image?: string | null;
};

export type LastHealthCheck = {
    status: 'healthy' | 'unhealthy';
    checked_at: string;
    /**
     * Login and query; null when there was no answer.
     */
    response_time_ms: number | null;
    /**
     * Why it failed, for programs; null when it did not.
     */
    code: FailureCode | null;
    /**
     * Why it failed; null when it did not.
     */
    reason: string | null;
};

export type Liveness = {
    status: 'ok';
};

/**
 * As PostgreSQL ranks its messages.
 */
export type LogSeverity = 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'log' | 'fatal' | 'panic';

/**
 * Whether a name can be taken.
 */
export type NameAvailability = {
    name: string;
    available: boolean;
    /**
     * Why not, in a sentence.
     */
    reason: string | null;
    /**
     * Why not, for programs: the rule that it breaks, or what holds it.
     */
    code: 'name_length' | 'name_characters' | 'name_punycode' | 'name_uuid' | 'name_held_by_creating' | 'name_held_by_running' | 'name_held_by_stopping' | 'name_held_by_stopped' | 'name_held_by_starting' | 'name_held_by_restarting' | 'name_held_by_failed' | 'name_held_by_deleting' | 'name_held_by_deleted' | 'name_held_by_purging' | null;
    dns_name: string;
};

/**
 * What was accepted.
 */
export type OperationAccepted = {
    /**
     * What carries it out; null when nothing is left to do.
     */
    orchestration_id: string | null;
    state: InstanceState;
    message: string;
};

/**
 * One page of orchestrations.
 */
export type OrchestrationList = {
    orchestrations: Array<OrchestrationRecord>;
    total: number;
    page: number;
    pages: number;
};

/**
 * The orchestration that is under way.
 */
export type OrchestrationProgress = {
    id: string;
    kind: string;
    status: 'pending' | 'running' | 'compensating';
    /**
     * Who asked for it.
     */
    started_by: string;
    created_at: string;
    /**
     * When it is ended and undone if it is still open.
     */
    deadline: string;
    /**
     * Activities done.
     */
    completed: number;
    /**
     * Activities in all.
     */
    total: number;
    /**
     * The activity that it is at.
     */
    activity: string | null;
    /**
     * It was called off; what was begun is being undone.
     */
    cancel_requested: boolean;
    /**
     * Whether it can be called off now.
     */
    cancellable: boolean;
};

/**
 * Something that the control plane does, with its steps.
 */
export type OrchestrationRecord = {
    id: string;
    kind: string;
    status: OrchestrationStatus;
    instance_id: string | null;
    instance_name: string | null;
    started_by: string;
    /**
     * The orchestration that has to end before this one begins.
     */
    after_id: string | null;
    /**
     * How often it was gone on with after it had failed.
     */
    retries: number;
    /**
     * It was called off; what was begun is being undone, or was.
     */
    cancel_requested: boolean;
    /**
     * Whether it can be called off now.
     */
    cancellable: boolean;
    /**
     * Whether it can be gone on with now.
     */
    retryable: boolean;
    /**
     * When it is ended and undone if it is still open.
     */
    deadline: string;
    created_at: string;
    started_at: string | null;
    finished_at: string | null;
    error_code: FailureCode | null;
    /**
     * Why it failed, in a sentence.
     */
    error: string | null;
    /**
     * What the failing part itself said.
     */
    error_details: string | null;
    activities: Array<ActivityRecord>;
};

export type OrchestrationStatus = 'pending' | 'running' | 'compensating' | 'succeeded' | 'failed' | 'cancelled';

export type PostgresRelease = {
    /**
     * What a create is asked for.
     */
    major: string;
    /**
     * What it gets.
     */
    release: string;
    latest: boolean;
};

/**
 * What things cost per month.
 */
export type Prices = {
    currency: string;
    instance_month: number;
    storage_gb_month: number;
    load_balancer_month: number;
};

/**
 * An error (RFC 9457).
 */
export type Problem = {
    /**
     * Always `about:blank`: the code says what it is.
     */
    type: string;
    /**
     * The words of the status.
     */
    title: string;
    status: number;
    /**
     * Stable code for programs.
     */
    code: string;
    /**
     * The same sentence as `error`.
     */
    detail: string;
    /**
     * One sentence for a person that says what to do.
     */
    error: string;
    /**
     * Id of the request; the log has it too.
     */
    instance: string;
    /**
     * Faults by field.
     */
    errors?: Array<FieldError>;
    /**
     * With `orchestration_in_progress`: the orchestration that is in the way.
     */
    orchestration_id?: string;
};

/**
 * Progress that has grown moves the deadline on.
 */
export type Progress = {
    done: number;
    /**
     * null when the end is not known.
     */
    total: number | null;
    unit: 'bytes' | 'replicas';
};

export type Readiness = {
    status: 'ok' | 'failing';
    components: {
        database: ReadinessComponent;
        queue: ReadinessComponent;
        data_plane: ReadinessComponent;
        migrations: ReadinessComponent;
    };
};

export type ReadinessComponent = {
    status: 'ok' | 'failing';
    /**
     * What is wrong.
     */
    reason: string | null;
};

export type RegisterRuntimeImageRequest = {
    /**
     * What instances call it; the rules are those of an instance’s name.
     */
    name: string;
    /**
     * Registry, path and tag, without a digest. Without a registry it is of docker.io. `GET /api/capabilities` has the registries that are allowed.
     */
    image_ref: string;
    /**
     * What is deployed, whatever becomes of the tag.
     */
    digest: string;
    /**
     * For people.
     */
    description?: string;
    /**
     * Major version of PostgreSQL that the image holds. Only instances of this version can be made of it.
     */
    postgres_version: string;
};

/**
 * An image that instances can be made of.
 */
export type RuntimeImage = {
    name: string;
    /**
     * In full.
     */
    image_ref: string;
    digest: string;
    description: string;
    /**
     * Major version that it holds.
     */
    postgres_version: string;
    created_at: string;
    /**
     * Instances that are made of it, deleted ones included.
     */
    in_use: number;
};

/**
 * An image with the instances that are made of it.
 */
export type RuntimeImageDetails = {
    name: string;
    /**
     * In full.
     */
    image_ref: string;
    digest: string;
    description: string;
    /**
     * Major version that it holds.
     */
    postgres_version: string;
    created_at: string;
    /**
     * Instances that are made of it, deleted ones included.
     */
    in_use: number;
    /**
     * The first twenty of them, by name.
     */
    used_by: Array<RuntimeImageUser>;
};

/**
 * One page of runtime images.
 */
export type RuntimeImageList = {
    runtime_images: Array<RuntimeImage>;
    total: number;
    page: number;
    pages: number;
};

export type RuntimeImageUser = {
    id: string;
    user_name: string;
    state: string;
};

export type SignalDurableInstanceRequest = {
    /**
     * What the function waits for.
     */
    name: string;
    /**
     * Any JSON; it is data to the function.
     */
    data?: unknown;
};

export type StageLatency = {
    /**
     * An activity, or `total`.
     */
    stage: string;
    p50_ms: number;
    p95_ms: number;
    samples: number;
};

/**
 * Figures over all instances.
 */
export type Stats = {
    /**
     * Instances that are neither deleted nor purged.
     */
    total: number;
    /**
     * The deleted ones that can be brought back too, although `total` leaves them out.
     */
    by_state: {
        creating: number;
        running: number;
        stopping: number;
        stopped: number;
        starting: number;
        restarting: number;
        failed: number;
        deleting: number;
        deleted: number;
        purging: number;
    };
    /**
     * Of the running instances.
     */
    by_health: {
        healthy: number;
        unhealthy: number;
        unknown: number;
    };
    /**
     * The newest five.
     */
    recent_instances: Array<InstanceSummary>;
    /**
     * Up to twenty failed instances, the latest first.
     */
    failed_instances: Array<InstanceSummary>;
    /**
     * What is under way.
     */
    orchestrations_in_flight: Array<OrchestrationRecord>;
    capacity: Capacity;
    /**
     * All instances over the last 24 hours, per quarter of an hour; up to ten seconds old.
     */
    health_over_time: Array<HealthBucket>;
    /**
     * As measured over the last 200 creates.
     */
    create_latency: Array<StageLatency>;
    as_of: string;
};

/**
 * Something that happened.
 */
export type TimelineEvent = {
    /**
     * Grows with every event; a decimal number as text.
     */
    id: string;
    type: TimelineEventType;
    /**
     * null for what is not about one instance.
     */
    instance_id: string | null;
    instance_name: string | null;
    /**
     * The orchestration that did it; null when none did.
     */
    orchestration_id: string | null;
    /**
     * What changed.
     */
    data: {
        [key: string]: unknown;
    };
    created_at: string;
};

/**
 * What happened. Later versions will add types; pass over those that you do not know.
 */
export type TimelineEventType = 'instance.created' | 'instance.state_changed' | 'instance.health_changed' | 'instance.endpoint_changed' | 'instance.updated' | 'orchestration.progress' | 'orchestration.cancel_requested' | 'orchestration.compensating' | 'orchestration.succeeded' | 'orchestration.failed' | 'orchestration.cancelled' | 'batch.changed' | 'findings.changed';

/**
 * One page of a timeline.
 */
export type TimelinePage = {
    /**
     * The newest first.
     */
    events: Array<TimelineEvent>;
    /**
     * Pass it as `before` for the next page; null at the end.
     */
    next_before: string | null;
};

export type UnsupportedFeature = {
    feature: string;
    reason: string;
};

/**
 * What is to change; what is left out stays.
 */
export type UpdateInstanceRequest = {
    /**
     * All tags: those that are left out are removed.
     */
    tags?: {
        [key: string]: string;
    };
    deletion_protection?: boolean;
};

export type Usage = {
    /**
     * Size of all databases.
     */
    data_bytes: number | null;
    databases: number | null;
    connections: number | null;
    at: string;
};

export type ListInstancesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * States, with commas between them. Deleted and purged instances are shown only when asked for.
         */
        state?: Array<InstanceState>;
        /**
         * Health statuses, with commas between them.
         */
        health?: Array<HealthStatus>;
        /**
         * Major versions of PostgreSQL, with commas between them.
         */
        version?: Array<string>;
        /**
         * Only instances created after this time.
         */
        created_after?: string;
        /**
         * Only instances created before this time.
         */
        created_before?: string;
        /**
         * Tags as key:value; may be repeated, all must match.
         */
        tag?: Array<string>;
        /**
         * A part of the name or DNS name.
         */
        search?: string;
        /**
         * A hyphen in front means descending.
         */
        sort?: 'name' | '-name' | 'created_at' | '-created_at' | 'updated_at' | '-updated_at' | 'health' | '-health' | 'state' | '-state';
        /**
         * From 1.
         */
        page?: number;
        /**
         * Instances per page.
         */
        limit?: number;
    };
    url: '/api/instances';
};

export type ListInstancesErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListInstancesError = ListInstancesErrors[keyof ListInstancesErrors];

export type ListInstancesResponses = {
    /**
     * One page.
     */
    200: InstanceList;
};

export type ListInstancesResponse = ListInstancesResponses[keyof ListInstancesResponses];

export type CreateInstanceData = {
    body: CreateInstanceRequest;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/instances';
};

export type CreateInstanceErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_json`, `invalid_utf8`, `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Conflict: `name_taken`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `unsupported`, `registry_not_allowed`, `insufficient_capacity`, `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CreateInstanceError = CreateInstanceErrors[keyof CreateInstanceErrors];

export type CreateInstanceResponses = {
    /**
     * Accepted.
     */
    202: CreateInstanceResponse;
};

export type CreateInstanceResponse2 = CreateInstanceResponses[keyof CreateInstanceResponses];

export type DeleteInstanceData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: {
        /**
         * Removes it for good, data and name, without keeping anything.
         */
        purge?: boolean;
    };
    url: '/api/instances/{name}';
};

export type DeleteInstanceErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `deletion_protected`
     */
    409: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type DeleteInstanceError = DeleteInstanceErrors[keyof DeleteInstanceErrors];

export type DeleteInstanceResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type DeleteInstanceResponse = DeleteInstanceResponses[keyof DeleteInstanceResponses];

export type GetInstanceData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}';
};

export type GetInstanceErrors = {
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetInstanceError = GetInstanceErrors[keyof GetInstanceErrors];

export type GetInstanceResponses = {
    /**
     * The instance.
     */
    200: InstanceDetails;
};

export type GetInstanceResponse = GetInstanceResponses[keyof GetInstanceResponses];

export type UpdateInstanceData = {
    body: UpdateInstanceRequest;
    headers?: {
        /**
         * The ETag that was read: the change is refused when somebody else has changed the instance since.
         */
        'If-Match'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}';
};

export type UpdateInstanceErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_json`, `invalid_utf8`, `invalid_if_match`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`
     */
    409: Problem;
    /**
     * Precondition Failed: `revision_changed`
     */
    412: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type UpdateInstanceError = UpdateInstanceErrors[keyof UpdateInstanceErrors];

export type UpdateInstanceResponses = {
    /**
     * The instance as it is now.
     */
    200: InstanceDetails;
};

export type UpdateInstanceResponse = UpdateInstanceResponses[keyof UpdateInstanceResponses];

export type GetInstanceCredentialsData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/credentials';
};

export type GetInstanceCredentialsErrors = {
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `endpoint_unknown`
     */
    409: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetInstanceCredentialsError = GetInstanceCredentialsErrors[keyof GetInstanceCredentialsErrors];

export type GetInstanceCredentialsResponses = {
    /**
     * The credentials.
     */
    200: InstanceCredentials;
};

export type GetInstanceCredentialsResponse = GetInstanceCredentialsResponses[keyof GetInstanceCredentialsResponses];

export type TestInstanceConnectionData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/test-connection';
};

export type TestInstanceConnectionErrors = {
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `endpoint_unknown`
     */
    409: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type TestInstanceConnectionError = TestInstanceConnectionErrors[keyof TestInstanceConnectionErrors];

export type TestInstanceConnectionResponses = {
    /**
     * What came of it.
     */
    200: ConnectionTestResult;
};

export type TestInstanceConnectionResponse = TestInstanceConnectionResponses[keyof TestInstanceConnectionResponses];

export type CheckNameData = {
    body?: never;
    path: {
        /**
         * The name to check.
         */
        name: string;
    };
    query?: never;
    url: '/api/names/{name}';
};

export type CheckNameErrors = {
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CheckNameError = CheckNameErrors[keyof CheckNameErrors];

export type CheckNameResponses = {
    /**
     * Whether it is available.
     */
    200: NameAvailability;
};

export type CheckNameResponse = CheckNameResponses[keyof CheckNameResponses];

export type UndeleteInstanceData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/undelete';
};

export type UndeleteInstanceErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Locked: `orchestration_in_progress`
     */
    423: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type UndeleteInstanceError = UndeleteInstanceErrors[keyof UndeleteInstanceErrors];

export type UndeleteInstanceResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type UndeleteInstanceResponse = UndeleteInstanceResponses[keyof UndeleteInstanceResponses];

export type StopInstanceData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/stop';
};

export type StopInstanceErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Locked: `orchestration_in_progress`
     */
    423: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type StopInstanceError = StopInstanceErrors[keyof StopInstanceErrors];

export type StopInstanceResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type StopInstanceResponse = StopInstanceResponses[keyof StopInstanceResponses];

export type StartInstanceData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/start';
};

export type StartInstanceErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Locked: `orchestration_in_progress`
     */
    423: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type StartInstanceError = StartInstanceErrors[keyof StartInstanceErrors];

export type StartInstanceResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type StartInstanceResponse = StartInstanceResponses[keyof StartInstanceResponses];

export type RestartInstanceData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/restart';
};

export type RestartInstanceErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Locked: `orchestration_in_progress`
     */
    423: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type RestartInstanceError = RestartInstanceErrors[keyof RestartInstanceErrors];

export type RestartInstanceResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type RestartInstanceResponse = RestartInstanceResponses[keyof RestartInstanceResponses];

export type CancelInstanceOperationData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/cancel';
};

export type CancelInstanceOperationErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `not_cancellable`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CancelInstanceOperationError = CancelInstanceOperationErrors[keyof CancelInstanceOperationErrors];

export type CancelInstanceOperationResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type CancelInstanceOperationResponse = CancelInstanceOperationResponses[keyof CancelInstanceOperationResponses];

export type RetryInstanceOperationData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/retry';
};

export type RetryInstanceOperationErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `not_retryable`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type RetryInstanceOperationError = RetryInstanceOperationErrors[keyof RetryInstanceOperationErrors];

export type RetryInstanceOperationResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type RetryInstanceOperationResponse = RetryInstanceOperationResponses[keyof RetryInstanceOperationResponses];

export type CancelOrchestrationData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the orchestration.
         */
        id: string;
    };
    query?: never;
    url: '/api/orchestrations/{id}/cancel';
};

export type CancelOrchestrationErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `orchestration_not_found`
     */
    404: Problem;
    /**
     * Conflict: `not_cancellable`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CancelOrchestrationError = CancelOrchestrationErrors[keyof CancelOrchestrationErrors];

export type CancelOrchestrationResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type CancelOrchestrationResponse = CancelOrchestrationResponses[keyof CancelOrchestrationResponses];

export type RetryOrchestrationData = {
    body?: never;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Id of the orchestration.
         */
        id: string;
    };
    query?: never;
    url: '/api/orchestrations/{id}/retry';
};

export type RetryOrchestrationErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Not Found: `orchestration_not_found`
     */
    404: Problem;
    /**
     * Conflict: `not_retryable`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type RetryOrchestrationError = RetryOrchestrationErrors[keyof RetryOrchestrationErrors];

export type RetryOrchestrationResponses = {
    /**
     * Accepted.
     */
    202: OperationAccepted;
};

export type RetryOrchestrationResponse = RetryOrchestrationResponses[keyof RetryOrchestrationResponses];

export type ListRuntimeImagesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Major versions of PostgreSQL, with commas between them.
         */
        version?: Array<string>;
        /**
         * A part of the name or of the reference.
         */
        search?: string;
        /**
         * A hyphen in front means descending.
         */
        sort?: 'name' | '-name' | 'created_at' | '-created_at' | 'postgres_version' | '-postgres_version';
        /**
         * From 1.
         */
        page?: number;
        /**
         * Images per page.
         */
        limit?: number;
    };
    url: '/api/runtime-images';
};

export type ListRuntimeImagesErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListRuntimeImagesError = ListRuntimeImagesErrors[keyof ListRuntimeImagesErrors];

export type ListRuntimeImagesResponses = {
    /**
     * One page.
     */
    200: RuntimeImageList;
};

export type ListRuntimeImagesResponse = ListRuntimeImagesResponses[keyof ListRuntimeImagesResponses];

export type RegisterRuntimeImageData = {
    body: RegisterRuntimeImageRequest;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/runtime-images';
};

export type RegisterRuntimeImageErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_json`, `invalid_utf8`, `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Conflict: `image_name_taken`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `unsupported`, `registry_not_allowed`, `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type RegisterRuntimeImageError = RegisterRuntimeImageErrors[keyof RegisterRuntimeImageErrors];

export type RegisterRuntimeImageResponses = {
    /**
     * The image.
     */
    201: RuntimeImage;
};

export type RegisterRuntimeImageResponse = RegisterRuntimeImageResponses[keyof RegisterRuntimeImageResponses];

export type RemoveRuntimeImageData = {
    body?: never;
    path: {
        /**
         * Name of the runtime image.
         */
        name: string;
    };
    query?: never;
    url: '/api/runtime-images/{name}';
};

export type RemoveRuntimeImageErrors = {
    /**
     * Not Found: `runtime_image_not_found`
     */
    404: Problem;
    /**
     * Conflict: `image_in_use`
     */
    409: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type RemoveRuntimeImageError = RemoveRuntimeImageErrors[keyof RemoveRuntimeImageErrors];

export type RemoveRuntimeImageResponses = {
    /**
     * What was removed.
     */
    200: RuntimeImage;
};

export type RemoveRuntimeImageResponse = RemoveRuntimeImageResponses[keyof RemoveRuntimeImageResponses];

export type GetRuntimeImageData = {
    body?: never;
    path: {
        /**
         * Name of the runtime image.
         */
        name: string;
    };
    query?: never;
    url: '/api/runtime-images/{name}';
};

export type GetRuntimeImageErrors = {
    /**
     * Not Found: `runtime_image_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetRuntimeImageError = GetRuntimeImageErrors[keyof GetRuntimeImageErrors];

export type GetRuntimeImageResponses = {
    /**
     * The image.
     */
    200: RuntimeImageDetails;
};

export type GetRuntimeImageResponse = GetRuntimeImageResponses[keyof GetRuntimeImageResponses];

export type ListDurableInstancesData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: {
        /**
         * Only those of this status.
         */
        status?: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
        /**
         * Only those of this label, to the letter.
         */
        label?: string;
        /**
         * Instances per page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the page before.
         */
        cursor?: string;
    };
    url: '/api/instances/{name}/durable/instances';
};

export type ListDurableInstancesErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`, `endpoint_unknown`, `instance_unreachable`, `extension_missing`, `durable_refused`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `not_durable`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListDurableInstancesError = ListDurableInstancesErrors[keyof ListDurableInstancesErrors];

export type ListDurableInstancesResponses = {
    /**
     * One page.
     */
    200: DurableInstanceList;
};

export type ListDurableInstancesResponse = ListDurableInstancesResponses[keyof ListDurableInstancesResponses];

export type GetDurableInstanceData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
        /**
         * Id of the function instance.
         */
        id: string;
    };
    query?: never;
    url: '/api/instances/{name}/durable/instances/{id}';
};

export type GetDurableInstanceErrors = {
    /**
     * Not Found: `instance_not_found`, `durable_instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`, `endpoint_unknown`, `instance_unreachable`, `extension_missing`, `durable_refused`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `not_durable`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetDurableInstanceError = GetDurableInstanceErrors[keyof GetDurableInstanceErrors];

export type GetDurableInstanceResponses = {
    /**
     * The function instance.
     */
    200: DurableInstanceDetails;
};

export type GetDurableInstanceResponse = GetDurableInstanceResponses[keyof GetDurableInstanceResponses];

export type GetDurableMetricsData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: never;
    url: '/api/instances/{name}/durable/metrics';
};

export type GetDurableMetricsErrors = {
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`, `endpoint_unknown`, `instance_unreachable`, `extension_missing`, `durable_refused`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `not_durable`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetDurableMetricsError = GetDurableMetricsErrors[keyof GetDurableMetricsErrors];

export type GetDurableMetricsResponses = {
    /**
     * The counts.
     */
    200: DurableMetrics;
};

export type GetDurableMetricsResponse = GetDurableMetricsResponses[keyof GetDurableMetricsResponses];

export type CancelDurableInstanceData = {
    body: CancelDurableInstanceRequest;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
        /**
         * Id of the function instance.
         */
        id: string;
    };
    query?: never;
    url: '/api/instances/{name}/durable/instances/{id}/cancel';
};

export type CancelDurableInstanceErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_json`, `invalid_utf8`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`, `durable_instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`, `endpoint_unknown`, `instance_unreachable`, `extension_missing`, `durable_refused`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `not_durable`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CancelDurableInstanceError = CancelDurableInstanceErrors[keyof CancelDurableInstanceErrors];

export type CancelDurableInstanceResponses = {
    /**
     * It was told to end.
     */
    200: DurableAnswer;
};

export type CancelDurableInstanceResponse = CancelDurableInstanceResponses[keyof CancelDurableInstanceResponses];

export type SignalDurableInstanceData = {
    body: SignalDurableInstanceRequest;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
        /**
         * Id of the function instance.
         */
        id: string;
    };
    query?: never;
    url: '/api/instances/{name}/durable/instances/{id}/signal';
};

export type SignalDurableInstanceErrors = {
    /**
     * Bad Request: `invalid_idempotency_key`, `validation_failed`, `invalid_json`, `invalid_utf8`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`, `durable_instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`, `endpoint_unknown`, `instance_unreachable`, `extension_missing`, `durable_refused`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `not_durable`, `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type SignalDurableInstanceError = SignalDurableInstanceErrors[keyof SignalDurableInstanceErrors];

export type SignalDurableInstanceResponses = {
    /**
     * It was sent.
     */
    200: DurableAnswer;
};

export type SignalDurableInstanceResponse = SignalDurableInstanceResponses[keyof SignalDurableInstanceResponses];

export type ListBatchesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Statuses, with commas between them.
         */
        status?: Array<BatchStatus>;
        /**
         * From 1.
         */
        page?: number;
        /**
         * Batches per page.
         */
        limit?: number;
    };
    url: '/api/batches';
};

export type ListBatchesErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListBatchesError = ListBatchesErrors[keyof ListBatchesErrors];

export type ListBatchesResponses = {
    /**
     * One page.
     */
    200: BatchList;
};

export type ListBatchesResponse = ListBatchesResponses[keyof ListBatchesResponses];

export type GetBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch.
         */
        id: string;
    };
    query?: never;
    url: '/api/batches/{id}';
};

export type GetBatchErrors = {
    /**
     * Not Found: `batch_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetBatchError = GetBatchErrors[keyof GetBatchErrors];

export type GetBatchResponses = {
    /**
     * The batch.
     */
    200: BatchDetails;
};

export type GetBatchResponse = GetBatchResponses[keyof GetBatchResponses];

export type CancelBatchData = {
    body?: never;
    path: {
        /**
         * Id of the batch.
         */
        id: string;
    };
    query?: never;
    url: '/api/batches/{id}/cancel';
};

export type CancelBatchErrors = {
    /**
     * Not Found: `batch_not_found`
     */
    404: Problem;
    /**
     * Conflict: `not_cancellable`
     */
    409: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CancelBatchError = CancelBatchErrors[keyof CancelBatchErrors];

export type CancelBatchResponses = {
    /**
     * The batch as it is now.
     */
    202: Batch;
};

export type CancelBatchResponse = CancelBatchResponses[keyof CancelBatchResponses];

export type CreateInstancesData = {
    body: BulkCreateRequest;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/instances/bulk';
};

export type CreateInstancesErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_json`, `invalid_utf8`, `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `unsupported`, `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type CreateInstancesError = CreateInstancesErrors[keyof CreateInstancesErrors];

export type CreateInstancesResponses = {
    /**
     * Accepted.
     */
    202: BatchAccepted;
};

export type CreateInstancesResponse = CreateInstancesResponses[keyof CreateInstancesResponses];

export type DeleteInstancesData = {
    body: BulkDeleteRequest;
    headers?: {
        /**
         * Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/instances/bulk-delete';
};

export type DeleteInstancesErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_json`, `invalid_utf8`, `invalid_idempotency_key`
     */
    400: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `idempotency_key_reused`
     */
    422: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type DeleteInstancesError = DeleteInstancesErrors[keyof DeleteInstancesErrors];

export type DeleteInstancesResponses = {
    /**
     * Accepted.
     */
    202: BatchAccepted;
};

export type DeleteInstancesResponse = DeleteInstancesResponses[keyof DeleteInstancesResponses];

export type GetInstanceHealthData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: {
        /**
         * Begin of the window; 24 hours before its end when left out.
         */
        from?: string;
        /**
         * End of the window; now when left out.
         */
        to?: string;
        /**
         * `raw`: the latest checks. Otherwise stretches of this length with percentiles and uptime.
         */
        resolution?: 'raw' | '1m' | '5m' | '15m' | '1h' | '1d';
        /**
         * At most this many raw checks.
         */
        limit?: number;
    };
    url: '/api/instances/{name}/health';
};

export type GetInstanceHealthErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetInstanceHealthError = GetInstanceHealthErrors[keyof GetInstanceHealthErrors];

export type GetInstanceHealthResponses = {
    /**
     * Status and history.
     */
    200: HealthHistory;
};

export type GetInstanceHealthResponse = GetInstanceHealthResponses[keyof GetInstanceHealthResponses];

export type GetInstanceLogsData = {
    body?: never;
    headers?: {
        /**
         * The last line that was seen, when following.
         */
        'Last-Event-ID'?: string;
    };
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: {
        /**
         * The last so many lines.
         */
        tail_lines?: number;
        /**
         * Only what was written since: a time, or a duration in s, m, h or d.
         */
        since?: string;
        /**
         * Go on with what is written later, as server-sent events. The header `Accept: text/event-stream` asks for the same.
         */
        follow?: boolean;
        /**
         * The log of the run of the server before the present one; that can not be followed.
         */
        previous?: boolean;
    };
    url: '/api/instances/{name}/logs';
};

export type GetInstanceLogsErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Conflict: `invalid_state`
     */
    409: Problem;
    /**
     * Unprocessable Entity: `no_previous_log`, `cluster_forbidden`, `admission_refused`
     */
    422: Problem;
    /**
     * Too Many Requests: `too_many_streams`
     */
    429: Problem;
    /**
     * Service Unavailable: `cluster_unreachable`
     */
    503: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetInstanceLogsError = GetInstanceLogsErrors[keyof GetInstanceLogsErrors];

export type GetInstanceLogsResponses = {
    /**
     * The last lines; as a stream, every `data` is one line.
     */
    200: InstanceLog;
};

export type GetInstanceLogsResponse = GetInstanceLogsResponses[keyof GetInstanceLogsResponses];

export type GetStatsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/stats';
};

export type GetStatsErrors = {
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetStatsError = GetStatsErrors[keyof GetStatsErrors];

export type GetStatsResponses = {
    /**
     * As of now.
     */
    200: Stats;
};

export type GetStatsResponse = GetStatsResponses[keyof GetStatsResponses];

export type GetConsistencyData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/consistency';
};

export type GetConsistencyErrors = {
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetConsistencyError = GetConsistencyErrors[keyof GetConsistencyErrors];

export type GetConsistencyResponses = {
    /**
     * What was found.
     */
    200: Consistency;
};

export type GetConsistencyResponse = GetConsistencyResponses[keyof GetConsistencyResponses];

export type ListFindingsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Those that are over, instead of those that are open.
         */
        resolved?: boolean;
        /**
         * From 1.
         */
        page?: number;
        /**
         * Findings per page.
         */
        limit?: number;
    };
    url: '/api/findings';
};

export type ListFindingsErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListFindingsError = ListFindingsErrors[keyof ListFindingsErrors];

export type ListFindingsResponses = {
    /**
     * One page.
     */
    200: FindingList;
};

export type ListFindingsResponse = ListFindingsResponses[keyof ListFindingsResponses];

export type RepairFindingData = {
    body?: never;
    path: {
        /**
         * Id of the finding.
         */
        id: string;
    };
    query?: never;
    url: '/api/findings/{id}/repair';
};

export type RepairFindingErrors = {
    /**
     * Not Found: `finding_not_found`
     */
    404: Problem;
    /**
     * Conflict: `not_repairable`
     */
    409: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type RepairFindingError = RepairFindingErrors[keyof RepairFindingErrors];

export type RepairFindingResponses = {
    /**
     * The finding as it is now.
     */
    202: Finding;
};

export type RepairFindingResponse = RepairFindingResponses[keyof RepairFindingResponses];

export type ListInstanceEventsData = {
    body?: never;
    path: {
        /**
         * Name of the instance, or its id.
         */
        name: string;
    };
    query?: {
        /**
         * Only events older than this one.
         */
        before?: string;
        /**
         * Events per page.
         */
        limit?: number;
    };
    url: '/api/instances/{name}/events';
};

export type ListInstanceEventsErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListInstanceEventsError = ListInstanceEventsErrors[keyof ListInstanceEventsErrors];

export type ListInstanceEventsResponses = {
    /**
     * One page.
     */
    200: TimelinePage;
};

export type ListInstanceEventsResponse = ListInstanceEventsResponses[keyof ListInstanceEventsResponses];

export type StreamEventsData = {
    body?: never;
    headers?: {
        /**
         * The last event that was seen.
         */
        'Last-Event-ID'?: string;
    };
    path?: never;
    query?: {
        /**
         * Only events of this instance (name or id).
         */
        instance?: string;
        /**
         * Also send `health.checked`: health checks as they are made, without an id, once a second at most. Not sent when left out.
         */
        checks?: boolean;
        /**
         * As the header Last-Event-ID, for clients that can not set it.
         */
        last_event_id?: string;
    };
    url: '/api/events';
};

export type StreamEventsErrors = {
    /**
     * Bad Request: `validation_failed`, `invalid_last_event_id`
     */
    400: Problem;
    /**
     * Not Found: `instance_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type StreamEventsError = StreamEventsErrors[keyof StreamEventsErrors];

export type StreamEventsResponses = {
    /**
     * The stream; every `data` is one event.
     */
    200: TimelineEvent | ChecksEvent;
};

export type StreamEventsResponse = StreamEventsResponses[keyof StreamEventsResponses];

export type ListOrchestrationsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Kinds, with commas between them.
         */
        kind?: Array<string>;
        /**
         * Statuses, with commas between them.
         */
        status?: Array<OrchestrationStatus>;
        /**
         * Only orchestrations of this instance.
         */
        instance_id?: string;
        /**
         * From 1.
         */
        page?: number;
        /**
         * Orchestrations per page.
         */
        limit?: number;
    };
    url: '/api/orchestrations';
};

export type ListOrchestrationsErrors = {
    /**
     * Bad Request: `validation_failed`
     */
    400: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type ListOrchestrationsError = ListOrchestrationsErrors[keyof ListOrchestrationsErrors];

export type ListOrchestrationsResponses = {
    /**
     * One page.
     */
    200: OrchestrationList;
};

export type ListOrchestrationsResponse = ListOrchestrationsResponses[keyof ListOrchestrationsResponses];

export type GetOrchestrationData = {
    body?: never;
    path: {
        /**
         * Id of the orchestration.
         */
        id: string;
    };
    query?: never;
    url: '/api/orchestrations/{id}';
};

export type GetOrchestrationErrors = {
    /**
     * Not Found: `orchestration_not_found`
     */
    404: Problem;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetOrchestrationError = GetOrchestrationErrors[keyof GetOrchestrationErrors];

export type GetOrchestrationResponses = {
    /**
     * The orchestration.
     */
    200: OrchestrationRecord;
};

export type GetOrchestrationResponse = GetOrchestrationResponses[keyof GetOrchestrationResponses];

export type GetCapabilitiesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/capabilities';
};

export type GetCapabilitiesErrors = {
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetCapabilitiesError = GetCapabilitiesErrors[keyof GetCapabilitiesErrors];

export type GetCapabilitiesResponses = {
    /**
     * The capabilities.
     */
    200: Capabilities;
};

export type GetCapabilitiesResponse = GetCapabilitiesResponses[keyof GetCapabilitiesResponses];

export type GetLivenessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/health';
};

export type GetLivenessErrors = {
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetLivenessError = GetLivenessErrors[keyof GetLivenessErrors];

export type GetLivenessResponses = {
    /**
     * Alive.
     */
    200: Liveness;
};

export type GetLivenessResponse = GetLivenessResponses[keyof GetLivenessResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/health/ready';
};

export type GetReadinessErrors = {
    /**
     * Not ready; the components say why.
     */
    503: Readiness;
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * Ready.
     */
    200: Readiness;
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetMetricsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/metrics';
};

export type GetMetricsErrors = {
    /**
     * Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).
     */
    default: Problem;
};

export type GetMetricsError = GetMetricsErrors[keyof GetMetricsErrors];

export type GetMetricsResponses = {
    /**
     * The metrics.
     */
    200: string;
};

export type GetMetricsResponse = GetMetricsResponses[keyof GetMetricsResponses];
