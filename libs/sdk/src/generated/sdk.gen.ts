// Made by @hey-api/openapi-ts from openapi.json. Run `npm run openapi` instead of editing it.
// @ts-nocheck: the client that it brings along is not written for exactOptionalPropertyTypes, which this repository is checked with.

import { client } from './client.gen.js';
import type { Client, ClientMeta, Options as Options2, RequestResult, ServerSentEventsResult, TDataShape } from './client/index.js';
import type { CancelBatchData, CancelBatchErrors, CancelBatchResponses, CancelDurableInstanceData, CancelDurableInstanceErrors, CancelDurableInstanceResponses, CancelInstanceOperationData, CancelInstanceOperationErrors, CancelInstanceOperationResponses, CancelOrchestrationData, CancelOrchestrationErrors, CancelOrchestrationResponses, CheckNameData, CheckNameErrors, CheckNameResponses, CreateInstanceData, CreateInstanceErrors, CreateInstanceResponses, CreateInstancesData, CreateInstancesErrors, CreateInstancesResponses, DeleteInstanceData, DeleteInstanceErrors, DeleteInstanceResponses, DeleteInstancesData, DeleteInstancesErrors, DeleteInstancesResponses, GetBatchData, GetBatchErrors, GetBatchResponses, GetCapabilitiesData, GetCapabilitiesErrors, GetCapabilitiesResponses, GetConsistencyData, GetConsistencyErrors, GetConsistencyResponses, GetDurableInstanceData, GetDurableInstanceErrors, GetDurableInstanceResponses, GetDurableMetricsData, GetDurableMetricsErrors, GetDurableMetricsResponses, GetInstanceCredentialsData, GetInstanceCredentialsErrors, GetInstanceCredentialsResponses, GetInstanceData, GetInstanceErrors, GetInstanceHealthData, GetInstanceHealthErrors, GetInstanceHealthResponses, GetInstanceLogsData, GetInstanceLogsErrors, GetInstanceLogsResponses, GetInstanceResponses, GetLivenessData, GetLivenessErrors, GetLivenessResponses, GetMetricsData, GetMetricsErrors, GetMetricsResponses, GetOrchestrationData, GetOrchestrationErrors, GetOrchestrationResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetRuntimeImageData, GetRuntimeImageErrors, GetRuntimeImageResponses, GetStatsData, GetStatsErrors, GetStatsResponses, ListBatchesData, ListBatchesErrors, ListBatchesResponses, ListDurableInstancesData, ListDurableInstancesErrors, ListDurableInstancesResponses, ListFindingsData, ListFindingsErrors, ListFindingsResponses, ListInstanceEventsData, ListInstanceEventsErrors, ListInstanceEventsResponses, ListInstancesData, ListInstancesErrors, ListInstancesResponses, ListOrchestrationsData, ListOrchestrationsErrors, ListOrchestrationsResponses, ListRuntimeImagesData, ListRuntimeImagesErrors, ListRuntimeImagesResponses, RegisterRuntimeImageData, RegisterRuntimeImageErrors, RegisterRuntimeImageResponses, RemoveRuntimeImageData, RemoveRuntimeImageErrors, RemoveRuntimeImageResponses, RepairFindingData, RepairFindingErrors, RepairFindingResponses, RestartInstanceData, RestartInstanceErrors, RestartInstanceResponses, RetryInstanceOperationData, RetryInstanceOperationErrors, RetryInstanceOperationResponses, RetryOrchestrationData, RetryOrchestrationErrors, RetryOrchestrationResponses, SignalDurableInstanceData, SignalDurableInstanceErrors, SignalDurableInstanceResponses, StartInstanceData, StartInstanceErrors, StartInstanceResponses, StopInstanceData, StopInstanceErrors, StopInstanceResponses, StreamEventsData, StreamEventsErrors, StreamEventsResponse, StreamEventsResponses, TestInstanceConnectionData, TestInstanceConnectionErrors, TestInstanceConnectionResponses, UndeleteInstanceData, UndeleteInstanceErrors, UndeleteInstanceResponses, UpdateInstanceData, UpdateInstanceErrors, UpdateInstanceResponses } from './types.gen.js';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * List instances
 *
 * Filtered, sorted and paged. Passwords are masked.
 */
export const listInstances = <ThrowOnError extends boolean = false>(options?: Options<ListInstancesData, ThrowOnError>): RequestResult<ListInstancesResponses, ListInstancesErrors, ThrowOnError> => (options?.client ?? client).get<ListInstancesResponses, ListInstancesErrors, ThrowOnError>({
    querySerializer: { parameters: {
            state: { array: { explode: false } },
            health: { array: { explode: false } },
            version: { array: { explode: false } }
        } },
    url: '/api/instances',
    ...options
});

/**
 * Create an instance
 *
 * Reserves the name and starts the creation. Follow `orchestration_id`, or the event stream.
 */
export const createInstance = <ThrowOnError extends boolean = false>(options: Options<CreateInstanceData, ThrowOnError>): RequestResult<CreateInstanceResponses, CreateInstanceErrors, ThrowOnError> => (options.client ?? client).post<CreateInstanceResponses, CreateInstanceErrors, ThrowOnError>({
    url: '/api/instances',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete an instance
 *
 * Legal in every state; twice is the same as once. It can be brought back until `purge_at`; its name is free when it is purged. What never ran is purged at once.
 */
export const deleteInstance = <ThrowOnError extends boolean = false>(options: Options<DeleteInstanceData, ThrowOnError>): RequestResult<DeleteInstanceResponses, DeleteInstanceErrors, ThrowOnError> => (options.client ?? client).delete<DeleteInstanceResponses, DeleteInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}', ...options });

/**
 * Read an instance
 *
 * By its id also when it is deleted.
 */
export const getInstance = <ThrowOnError extends boolean = false>(options: Options<GetInstanceData, ThrowOnError>): RequestResult<GetInstanceResponses, GetInstanceErrors, ThrowOnError> => (options.client ?? client).get<GetInstanceResponses, GetInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}', ...options });

/**
 * Change an instance
 *
 * Its tags and its deletion protection.
 */
export const updateInstance = <ThrowOnError extends boolean = false>(options: Options<UpdateInstanceData, ThrowOnError>): RequestResult<UpdateInstanceResponses, UpdateInstanceErrors, ThrowOnError> => (options.client ?? client).patch<UpdateInstanceResponses, UpdateInstanceErrors, ThrowOnError>({
    url: '/api/instances/{name}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Reveal the credentials
 *
 * The password and full connection strings of the superuser.
 */
export const getInstanceCredentials = <ThrowOnError extends boolean = false>(options: Options<GetInstanceCredentialsData, ThrowOnError>): RequestResult<GetInstanceCredentialsResponses, GetInstanceCredentialsErrors, ThrowOnError> => (options.client ?? client).get<GetInstanceCredentialsResponses, GetInstanceCredentialsErrors, ThrowOnError>({ url: '/api/instances/{name}/credentials', ...options });

/**
 * Test the connection
 *
 * Logs in at the endpoint as the superuser, with the stored password, and runs a query; gives up after five seconds. That it does not work is an answer too: `ok` is false then, and `error` says why.
 */
export const testInstanceConnection = <ThrowOnError extends boolean = false>(options: Options<TestInstanceConnectionData, ThrowOnError>): RequestResult<TestInstanceConnectionResponses, TestInstanceConnectionErrors, ThrowOnError> => (options.client ?? client).post<TestInstanceConnectionResponses, TestInstanceConnectionErrors, ThrowOnError>({ url: '/api/instances/{name}/test-connection', ...options });

/**
 * Check a name
 *
 * Whether a create with this name would be accepted, by the same rules.
 */
export const checkName = <ThrowOnError extends boolean = false>(options: Options<CheckNameData, ThrowOnError>): RequestResult<CheckNameResponses, CheckNameErrors, ThrowOnError> => (options.client ?? client).get<CheckNameResponses, CheckNameErrors, ThrowOnError>({ url: '/api/names/{name}', ...options });

/**
 * Bring a deleted instance back
 *
 * With its data, name, host, port and password, until it is purged.
 */
export const undeleteInstance = <ThrowOnError extends boolean = false>(options: Options<UndeleteInstanceData, ThrowOnError>): RequestResult<UndeleteInstanceResponses, UndeleteInstanceErrors, ThrowOnError> => (options.client ?? client).post<UndeleteInstanceResponses, UndeleteInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}/undelete', ...options });

/**
 * Stop an instance
 *
 * Writes a checkpoint and stops the server; data and endpoint are kept. Stopped instances are not health-checked.
 */
export const stopInstance = <ThrowOnError extends boolean = false>(options: Options<StopInstanceData, ThrowOnError>): RequestResult<StopInstanceResponses, StopInstanceErrors, ThrowOnError> => (options.client ?? client).post<StopInstanceResponses, StopInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}/stop', ...options });

/**
 * Start an instance
 *
 * A stopped or failed one; while it is being stopped, the start waits for that.
 */
export const startInstance = <ThrowOnError extends boolean = false>(options: Options<StartInstanceData, ThrowOnError>): RequestResult<StartInstanceResponses, StartInstanceErrors, ThrowOnError> => (options.client ?? client).post<StartInstanceResponses, StartInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}/start', ...options });

/**
 * Restart an instance
 *
 * Stops and starts the server of a running instance.
 */
export const restartInstance = <ThrowOnError extends boolean = false>(options: Options<RestartInstanceData, ThrowOnError>): RequestResult<RestartInstanceResponses, RestartInstanceErrors, ThrowOnError> => (options.client ?? client).post<RestartInstanceResponses, RestartInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}/restart', ...options });

/**
 * Call off what is under way
 *
 * What was begun is undone. A deletion can not be called off: undelete the instance.
 */
export const cancelInstanceOperation = <ThrowOnError extends boolean = false>(options: Options<CancelInstanceOperationData, ThrowOnError>): RequestResult<CancelInstanceOperationResponses, CancelInstanceOperationErrors, ThrowOnError> => (options.client ?? client).post<CancelInstanceOperationResponses, CancelInstanceOperationErrors, ThrowOnError>({ url: '/api/instances/{name}/cancel', ...options });

/**
 * Go on with what has failed
 *
 * From its first activity that is not done, or from the start where all was undone.
 */
export const retryInstanceOperation = <ThrowOnError extends boolean = false>(options: Options<RetryInstanceOperationData, ThrowOnError>): RequestResult<RetryInstanceOperationResponses, RetryInstanceOperationErrors, ThrowOnError> => (options.client ?? client).post<RetryInstanceOperationResponses, RetryInstanceOperationErrors, ThrowOnError>({ url: '/api/instances/{name}/retry', ...options });

/**
 * Call an orchestration off
 *
 * Possible while `cancellable`. What is running lets go, and what was begun is undone.
 */
export const cancelOrchestration = <ThrowOnError extends boolean = false>(options: Options<CancelOrchestrationData, ThrowOnError>): RequestResult<CancelOrchestrationResponses, CancelOrchestrationErrors, ThrowOnError> => (options.client ?? client).post<CancelOrchestrationResponses, CancelOrchestrationErrors, ThrowOnError>({ url: '/api/orchestrations/{id}/cancel', ...options });

/**
 * Go on with a failed orchestration
 *
 * Possible while `retryable`: for the one that left its instance failed. It goes on with the first activity that is not done, or from the start where all was undone.
 */
export const retryOrchestration = <ThrowOnError extends boolean = false>(options: Options<RetryOrchestrationData, ThrowOnError>): RequestResult<RetryOrchestrationResponses, RetryOrchestrationErrors, ThrowOnError> => (options.client ?? client).post<RetryOrchestrationResponses, RetryOrchestrationErrors, ThrowOnError>({ url: '/api/orchestrations/{id}/retry', ...options });

/**
 * List runtime images
 *
 * Filtered, sorted and paged.
 */
export const listRuntimeImages = <ThrowOnError extends boolean = false>(options?: Options<ListRuntimeImagesData, ThrowOnError>): RequestResult<ListRuntimeImagesResponses, ListRuntimeImagesErrors, ThrowOnError> => (options?.client ?? client).get<ListRuntimeImagesResponses, ListRuntimeImagesErrors, ThrowOnError>({
    querySerializer: { parameters: { version: { array: { explode: false } } } },
    url: '/api/runtime-images',
    ...options
});

/**
 * Register a runtime image
 *
 * Instances of its PostgreSQL version can be made of it then, always by its digest and always as `stock`. Its registry must be allowed.
 */
export const registerRuntimeImage = <ThrowOnError extends boolean = false>(options: Options<RegisterRuntimeImageData, ThrowOnError>): RequestResult<RegisterRuntimeImageResponses, RegisterRuntimeImageErrors, ThrowOnError> => (options.client ?? client).post<RegisterRuntimeImageResponses, RegisterRuntimeImageErrors, ThrowOnError>({
    url: '/api/runtime-images',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Remove a runtime image
 *
 * From the catalogue; nothing is removed from its registry. Refused while an instance is made of it, a deleted one included, because it can come back.
 */
export const removeRuntimeImage = <ThrowOnError extends boolean = false>(options: Options<RemoveRuntimeImageData, ThrowOnError>): RequestResult<RemoveRuntimeImageResponses, RemoveRuntimeImageErrors, ThrowOnError> => (options.client ?? client).delete<RemoveRuntimeImageResponses, RemoveRuntimeImageErrors, ThrowOnError>({ url: '/api/runtime-images/{name}', ...options });

/**
 * Read a runtime image
 *
 * And which instances are made of it.
 */
export const getRuntimeImage = <ThrowOnError extends boolean = false>(options: Options<GetRuntimeImageData, ThrowOnError>): RequestResult<GetRuntimeImageResponses, GetRuntimeImageErrors, ThrowOnError> => (options.client ?? client).get<GetRuntimeImageResponses, GetRuntimeImageErrors, ThrowOnError>({ url: '/api/runtime-images/{name}', ...options });

/**
 * List durable function instances
 *
 * The newest first.
 */
export const listDurableInstances = <ThrowOnError extends boolean = false>(options: Options<ListDurableInstancesData, ThrowOnError>): RequestResult<ListDurableInstancesResponses, ListDurableInstancesErrors, ThrowOnError> => (options.client ?? client).get<ListDurableInstancesResponses, ListDurableInstancesErrors, ThrowOnError>({ url: '/api/instances/{name}/durable/instances', ...options });

/**
 * Read a durable function instance
 *
 * With its executions and its steps.
 */
export const getDurableInstance = <ThrowOnError extends boolean = false>(options: Options<GetDurableInstanceData, ThrowOnError>): RequestResult<GetDurableInstanceResponses, GetDurableInstanceErrors, ThrowOnError> => (options.client ?? client).get<GetDurableInstanceResponses, GetDurableInstanceErrors, ThrowOnError>({ url: '/api/instances/{name}/durable/instances/{id}', ...options });

/**
 * Count durable function instances
 */
export const getDurableMetrics = <ThrowOnError extends boolean = false>(options: Options<GetDurableMetricsData, ThrowOnError>): RequestResult<GetDurableMetricsResponses, GetDurableMetricsErrors, ThrowOnError> => (options.client ?? client).get<GetDurableMetricsResponses, GetDurableMetricsErrors, ThrowOnError>({ url: '/api/instances/{name}/durable/metrics', ...options });

/**
 * Cancel a durable function instance
 *
 * As the role `postgres` of the instance. Twice is the same as once.
 */
export const cancelDurableInstance = <ThrowOnError extends boolean = false>(options: Options<CancelDurableInstanceData, ThrowOnError>): RequestResult<CancelDurableInstanceResponses, CancelDurableInstanceErrors, ThrowOnError> => (options.client ?? client).post<CancelDurableInstanceResponses, CancelDurableInstanceErrors, ThrowOnError>({
    url: '/api/instances/{name}/durable/instances/{id}/cancel',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Signal a durable function instance
 *
 * Sends what it waits for, as the role `postgres` of the instance.
 */
export const signalDurableInstance = <ThrowOnError extends boolean = false>(options: Options<SignalDurableInstanceData, ThrowOnError>): RequestResult<SignalDurableInstanceResponses, SignalDurableInstanceErrors, ThrowOnError> => (options.client ?? client).post<SignalDurableInstanceResponses, SignalDurableInstanceErrors, ThrowOnError>({
    url: '/api/instances/{name}/durable/instances/{id}/signal',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List batches
 *
 * The newest first.
 */
export const listBatches = <ThrowOnError extends boolean = false>(options?: Options<ListBatchesData, ThrowOnError>): RequestResult<ListBatchesResponses, ListBatchesErrors, ThrowOnError> => (options?.client ?? client).get<ListBatchesResponses, ListBatchesErrors, ThrowOnError>({
    querySerializer: { parameters: { status: { array: { explode: false } } } },
    url: '/api/batches',
    ...options
});

/**
 * Read a batch
 *
 * With what has become of each of its instances.
 */
export const getBatch = <ThrowOnError extends boolean = false>(options: Options<GetBatchData, ThrowOnError>): RequestResult<GetBatchResponses, GetBatchErrors, ThrowOnError> => (options.client ?? client).get<GetBatchResponses, GetBatchErrors, ThrowOnError>({ url: '/api/batches/{id}', ...options });

/**
 * Call off the rest of a batch
 *
 * What was not begun is not begun any more; what is under way goes on.
 */
export const cancelBatch = <ThrowOnError extends boolean = false>(options: Options<CancelBatchData, ThrowOnError>): RequestResult<CancelBatchResponses, CancelBatchErrors, ThrowOnError> => (options.client ?? client).post<CancelBatchResponses, CancelBatchErrors, ThrowOnError>({ url: '/api/batches/{id}/cancel', ...options });

/**
 * Create many instances
 *
 * A series of like ones, or each by itself. Some are worked on at a time; one that can not be had fails, and the others go on.
 */
export const createInstances = <ThrowOnError extends boolean = false>(options: Options<CreateInstancesData, ThrowOnError>): RequestResult<CreateInstancesResponses, CreateInstancesErrors, ThrowOnError> => (options.client ?? client).post<CreateInstancesResponses, CreateInstancesErrors, ThrowOnError>({
    url: '/api/instances/bulk',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete many instances
 *
 * Each as if it was deleted by itself: what is protected, or not there, fails, and the others go on. They can be brought back until they are purged.
 */
export const deleteInstances = <ThrowOnError extends boolean = false>(options: Options<DeleteInstancesData, ThrowOnError>): RequestResult<DeleteInstancesResponses, DeleteInstancesErrors, ThrowOnError> => (options.client ?? client).post<DeleteInstancesResponses, DeleteInstancesErrors, ThrowOnError>({
    url: '/api/instances/bulk-delete',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Read the health history
 *
 * Single checks, or stretches with percentiles and uptime.
 */
export const getInstanceHealth = <ThrowOnError extends boolean = false>(options: Options<GetInstanceHealthData, ThrowOnError>): RequestResult<GetInstanceHealthResponses, GetInstanceHealthErrors, ThrowOnError> => (options.client ?? client).get<GetInstanceHealthResponses, GetInstanceHealthErrors, ThrowOnError>({ url: '/api/instances/{name}/health', ...options });

/**
 * Read the log of an instance
 *
 * What PostgreSQL has written. With `follow=true` as server-sent events: `log.line` for each line, `stream.end` when nothing is left of the instance; with `Last-Event-ID` it goes on behind that line without a gap or a repeat, and an id that is not known is overlooked. A stopped or deleted instance shows what it has written before, where the data plane keeps that.
 */
export const getInstanceLogs = <ThrowOnError extends boolean = false>(options: Options<GetInstanceLogsData, ThrowOnError>): RequestResult<GetInstanceLogsResponses, GetInstanceLogsErrors, ThrowOnError> => (options.client ?? client).get<GetInstanceLogsResponses, GetInstanceLogsErrors, ThrowOnError>({ url: '/api/instances/{name}/logs', ...options });

/**
 * Read statistics
 *
 * Counts, what is under way, capacity, and health over the last day.
 */
export const getStats = <ThrowOnError extends boolean = false>(options?: Options<GetStatsData, ThrowOnError>): RequestResult<GetStatsResponses, GetStatsErrors, ThrowOnError> => (options?.client ?? client).get<GetStatsResponses, GetStatsErrors, ThrowOnError>({ url: '/api/stats', ...options });

/**
 * Compare record and reality
 *
 * Looks now at every resource of the data plane. Instances that something is under way with are left out, because what they have is changing.
 */
export const getConsistency = <ThrowOnError extends boolean = false>(options?: Options<GetConsistencyData, ThrowOnError>): RequestResult<GetConsistencyResponses, GetConsistencyErrors, ThrowOnError> => (options?.client ?? client).get<GetConsistencyResponses, GetConsistencyErrors, ThrowOnError>({ url: '/api/consistency', ...options });

/**
 * List findings
 *
 * What the regular comparison of record and reality has found, the newest first. What loses nothing is repaired without being asked.
 */
export const listFindings = <ThrowOnError extends boolean = false>(options?: Options<ListFindingsData, ThrowOnError>): RequestResult<ListFindingsResponses, ListFindingsErrors, ThrowOnError> => (options?.client ?? client).get<ListFindingsResponses, ListFindingsErrors, ThrowOnError>({ url: '/api/findings', ...options });

/**
 * Repair a finding
 *
 * Removes what belongs to nobody, or to an instance that should have nothing. Never what Toygres has not made.
 */
export const repairFinding = <ThrowOnError extends boolean = false>(options: Options<RepairFindingData, ThrowOnError>): RequestResult<RepairFindingResponses, RepairFindingErrors, ThrowOnError> => (options.client ?? client).post<RepairFindingResponses, RepairFindingErrors, ThrowOnError>({ url: '/api/findings/{id}/repair', ...options });

/**
 * Read the timeline of an instance
 *
 * The newest events first, paged by id.
 */
export const listInstanceEvents = <ThrowOnError extends boolean = false>(options: Options<ListInstanceEventsData, ThrowOnError>): RequestResult<ListInstanceEventsResponses, ListInstanceEventsErrors, ThrowOnError> => (options.client ?? client).get<ListInstanceEventsResponses, ListInstanceEventsErrors, ThrowOnError>({ url: '/api/instances/{name}/events', ...options });

/**
 * Follow events
 *
 * Server-sent events over the timeline. With `Last-Event-ID` it goes on after that event without a gap or a repeat; `stream.reset` says that it can not, and that everything must be read anew. A client that does not read fast enough is cut off and resumes. With `checks=true` it also tells of health checks as they are made; these are not kept, and have no id.
 */
export const streamEvents = <ThrowOnError extends boolean = false>(options?: Options<StreamEventsData, ThrowOnError, StreamEventsResponse>): Promise<ServerSentEventsResult<StreamEventsResponses>> => (options?.client ?? client).sse.get<StreamEventsResponses, StreamEventsErrors, ThrowOnError>({ url: '/api/events', ...options });

/**
 * List orchestrations
 *
 * The newest first, with their activities.
 */
export const listOrchestrations = <ThrowOnError extends boolean = false>(options?: Options<ListOrchestrationsData, ThrowOnError>): RequestResult<ListOrchestrationsResponses, ListOrchestrationsErrors, ThrowOnError> => (options?.client ?? client).get<ListOrchestrationsResponses, ListOrchestrationsErrors, ThrowOnError>({
    querySerializer: { parameters: { kind: { array: { explode: false } }, status: { array: { explode: false } } } },
    url: '/api/orchestrations',
    ...options
});

/**
 * Read an orchestration
 *
 * With its activities, attempts, times and errors.
 */
export const getOrchestration = <ThrowOnError extends boolean = false>(options: Options<GetOrchestrationData, ThrowOnError>): RequestResult<GetOrchestrationResponses, GetOrchestrationErrors, ThrowOnError> => (options.client ?? client).get<GetOrchestrationResponses, GetOrchestrationErrors, ThrowOnError>({ url: '/api/orchestrations/{id}', ...options });

/**
 * Read the capabilities
 *
 * Versions, limits, and what the data plane can do.
 */
export const getCapabilities = <ThrowOnError extends boolean = false>(options?: Options<GetCapabilitiesData, ThrowOnError>): RequestResult<GetCapabilitiesResponses, GetCapabilitiesErrors, ThrowOnError> => (options?.client ?? client).get<GetCapabilitiesResponses, GetCapabilitiesErrors, ThrowOnError>({ url: '/api/capabilities', ...options });

/**
 * Liveness
 *
 * Answers as long as the process serves requests.
 */
export const getLiveness = <ThrowOnError extends boolean = false>(options?: Options<GetLivenessData, ThrowOnError>): RequestResult<GetLivenessResponses, GetLivenessErrors, ThrowOnError> => (options?.client ?? client).get<GetLivenessResponses, GetLivenessErrors, ThrowOnError>({ url: '/health', ...options });

/**
 * Readiness
 *
 * Database, queue, data plane and pending migrations.
 */
export const getReadiness = <ThrowOnError extends boolean = false>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/health/ready', ...options });

/**
 * Metrics
 *
 * In the text format of Prometheus.
 */
export const getMetrics = <ThrowOnError extends boolean = false>(options?: Options<GetMetricsData, ThrowOnError>): RequestResult<GetMetricsResponses, GetMetricsErrors, ThrowOnError> => (options?.client ?? client).get<GetMetricsResponses, GetMetricsErrors, ThrowOnError>({ url: '/metrics', ...options });
