import type { z } from 'zod';
import type { DurableInstanceDetails as Details, DurableMetrics as Metrics, DurablePage } from '../domain/durable.js';
import type { DurableInstanceDetails, DurableInstanceList, DurableMetrics } from './durable.schemas.js';

export function toDurableList({ instances, nextCursor }: DurablePage): z.input<typeof DurableInstanceList> {
  return {
    instances: instances.map((instance) => ({
      id: instance.id,
      label: instance.label,
      function_name: instance.functionName,
      status: instance.status,
      execution_count: instance.executionCount,
      output: instance.output,
      created_at: instance.createdAt,
      completed_at: instance.completedAt,
    })),
    next_cursor: nextCursor,
  };
}

export function toDurableDetails(details: Details): z.input<typeof DurableInstanceDetails> {
  return {
    id: details.id,
    label: details.label,
    function_name: details.functionName,
    function_version: details.functionVersion,
    current_execution_id: details.currentExecutionId,
    status: details.status,
    output: details.output,
    executions: details.executions.map(({ id, status, eventCount, durationMs, output }) => ({
      id,
      status,
      event_count: eventCount,
      duration_ms: durationMs,
      output,
    })),
    nodes: details.nodes.map((node) => ({
      id: node.id,
      type: node.type,
      query: node.query,
      result_name: node.resultName,
      left_node: node.left,
      right_node: node.right,
      status: node.status,
      result: node.result,
      status_details: node.statusDetails,
    })),
  };
}

export const toDurableMetrics = (metrics: Metrics): z.input<typeof DurableMetrics> => ({
  total_instances: metrics.totalInstances,
  running_instances: metrics.runningInstances,
  completed_instances: metrics.completedInstances,
  failed_instances: metrics.failedInstances,
  total_executions: metrics.totalExecutions,
  total_events: metrics.totalEvents,
});
