import type { FlowJob } from 'bullmq';
import { QUEUES, type QueueName } from '../../platform/queue/queues.js';
import type { ActivityKey } from '../data/activity.repository.js';
import type { Dispatch } from '../data/orchestration.repository.js';

/** The queue of all activities. */
export const ACTIVITY_QUEUE: QueueName = 'interactive';

/** Name of the wait between attempts; the processor computes it (see activity.processor.ts). */
export const BACKOFF = 'activity';

/** The deterministic id of a job. BullMQ forbids colons in it. */
export function jobId({ orchestrationId, generation, position }: ActivityKey): string {
  return `${orchestrationId}.${String(generation)}.${String(position)}`;
}

/**
 * The flow of what is left to do: every activity is the parent of the one before it, so that BullMQ runs them in their order.
 *
 * @returns undefined when nothing is left
 */
export function buildFlow(dispatch: Dispatch): FlowJob | undefined {
  let flow: FlowJob | undefined;
  for (const { name, position } of dispatch.activities) {
    const key: ActivityKey = { orchestrationId: dispatch.id, generation: dispatch.generation, position };
    const job = {
      name,
      queueName: ACTIVITY_QUEUE,
      data: key,
      opts: {
        // A flow producer does not know the defaults of the queues.
        ...QUEUES[ACTIVITY_QUEUE].jobOptions,
        jobId: jobId(key),
        backoff: { type: BACKOFF },
        stackTraceLimit: 1,
        failParentOnFailure: true,
      },
    };
    flow = flow ? { ...job, children: [flow] } : job;
  }
  return flow;
}
