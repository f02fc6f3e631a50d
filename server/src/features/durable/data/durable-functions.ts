import type { SqlExecutor } from '../../../platform/database/database.js';
import type {
  DurableExecution,
  DurableInstance,
  DurableInstanceDetails,
  DurableMetrics,
  DurableNode,
  DurablePage,
  DurableQuery,
} from '../domain/durable.js';

// The functions of the extension's schema `df`. All that is given to them is given as parameters, and is a literal to them: `df.start`, which
// would run what it is given, is not among them.

/** Characters of what people have stored: of a line in a list, and of a page of its own. What is longer is cut before it is sent. */
const LINE_LENGTH = 300;
const PAGE_LENGTH = 20_000;
/** Executions that are shown, the newest of them. */
const EXECUTIONS = 20;
/** Nodes that are shown: a graph of more is read by SQL. */
const NODES = 500;

/** Whole numbers of 64 bits come as text. */
type Whole = string | number | null;

const whole = (value: Whole): number => Number(value ?? 0);
const wholeOrNull = (value: Whole): number | null => (value === null ? null : Number(value));

interface ListRow extends Omit<DurableInstance, 'executionCount'> {
  readonly executionCount: Whole;
  readonly nextCursor: string | null;
}

/** The newest first. */
export async function listInstances(session: SqlExecutor, query: DurableQuery): Promise<DurablePage> {
  const rows = await session.query<ListRow>(
    `SELECT instance_id AS id, label, function_name AS "functionName", status, execution_count AS "executionCount",
       left(output, $5::int) AS output, created_at AS "createdAt", completed_at AS "completedAt", next_cursor AS "nextCursor"
     FROM df.list_instances($1::text, $2::int, $3::text, $4::text)`,
    [query.status ?? null, query.limit, query.label ?? null, query.cursor ?? null, LINE_LENGTH],
  );
  return {
    instances: rows.map(({ nextCursor: _, ...row }) => ({ ...row, executionCount: whole(row.executionCount) })),
    // The same in every row.
    nextCursor: rows[0]?.nextCursor ?? null,
  };
}

/** @returns undefined when there is none */
export async function readInstance(session: SqlExecutor, id: string): Promise<DurableInstanceDetails | undefined> {
  const [info] = await session.query<
    Omit<DurableInstanceDetails, 'currentExecutionId' | 'executions' | 'nodes'> & { readonly currentExecutionId: Whole }
  >(
    `SELECT instance_id AS id, label, function_name AS "functionName", function_version AS "functionVersion",
       current_execution_id AS "currentExecutionId", status, left(output, $2::int) AS output
     FROM df.instance_info($1::text)`,
    [id, PAGE_LENGTH],
  );
  if (!info) {
    return undefined;
  }
  const executions = await session.query<{ [Key in keyof DurableExecution]: DurableExecution[Key] | Whole }>(
    `SELECT execution_id AS id, status, event_count AS "eventCount", duration_ms AS "durationMs", left(output, $3::int) AS output
     FROM df.instance_executions($1::text, $2::int)`,
    [id, EXECUTIONS, PAGE_LENGTH],
  );
  const nodes = await session.query<DurableNode>(
    `SELECT node_id AS id, node_type AS type, left(query, $2::int) AS query, result_name AS "resultName", left_node AS left,
       right_node AS right, status, left(result, $2::int) AS result, left(status_details, $2::int) AS "statusDetails"
     FROM df.instance_nodes($1::text) LIMIT $3::int`,
    [id, PAGE_LENGTH, NODES],
  );
  return {
    ...info,
    currentExecutionId: wholeOrNull(info.currentExecutionId),
    executions: executions.map((row) => ({
      id: whole(row.id),
      status: String(row.status),
      eventCount: whole(row.eventCount),
      durationMs: wholeOrNull(row.durationMs),
      output: row.output === null ? null : String(row.output),
    })),
    nodes,
  };
}

export async function isThere(session: SqlExecutor, id: string): Promise<boolean> {
  return (await session.query(`SELECT FROM df.instance_info($1::text)`, [id])).length > 0;
}

export async function readMetrics(session: SqlExecutor): Promise<DurableMetrics> {
  const [row] = await session.query<Readonly<Record<keyof DurableMetrics, Whole>>>(
    `SELECT total_instances AS "totalInstances", running_instances AS "runningInstances",
       completed_instances AS "completedInstances", failed_instances AS "failedInstances",
       total_executions AS "totalExecutions", total_events AS "totalEvents"
     FROM df.metrics()`,
  );
  return {
    totalInstances: whole(row?.totalInstances ?? null),
    runningInstances: whole(row?.runningInstances ?? null),
    completedInstances: whole(row?.completedInstances ?? null),
    failedInstances: whole(row?.failedInstances ?? null),
    totalExecutions: whole(row?.totalExecutions ?? null),
    totalEvents: whole(row?.totalEvents ?? null),
  };
}

/** @returns what the extension says to it */
export async function cancelInstance(session: SqlExecutor, id: string, reason: string): Promise<string> {
  const [row] = await session.query<{ said: string | null }>(
    `SELECT left(df.cancel($1::text, $2::text), $3::int) AS said`,
    [id, reason, LINE_LENGTH],
  );
  return row?.said ?? '';
}

/** @param data JSON. @returns what the extension says to it */
export async function signalInstance(session: SqlExecutor, id: string, name: string, data: string): Promise<string> {
  const [row] = await session.query<{ said: string | null }>(
    `SELECT left(df.signal($1::text, $2::text, $3::text), $4::int) AS said`,
    [id, name, data, LINE_LENGTH],
  );
  return row?.said ?? '';
}
