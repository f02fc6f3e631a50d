import type { ActivityDefinition, OrchestrationDefinition } from '../../../orchestrations/domain/definition.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Undoes whatever a create has made. It may be called for a volume that was never made. */
export const DISCARD: ActivityDefinition = {
  name: 'instance.discard',
  title: 'Remove what was made',
  attempts: 10,
  backoffMs: SECOND,
  timeoutMs: 2 * MINUTE,
};

export const RESERVE: ActivityDefinition = {
  name: 'instance.reserve',
  title: 'Reserve name, port and secrets',
  attempts: 3,
  backoffMs: 500,
  timeoutMs: 30 * SECOND,
  compensation: DISCARD,
};

export const PREPARE_VOLUME: ActivityDefinition = {
  name: 'instance.prepare-volume',
  title: 'Prepare the volume',
  attempts: 3,
  backoffMs: SECOND,
  timeoutMs: 5 * MINUTE,
};

export const CONFIGURE: ActivityDefinition = {
  name: 'instance.configure',
  title: 'Write configuration and roles',
  attempts: 3,
  backoffMs: SECOND,
  timeoutMs: MINUTE,
};

export const START: ActivityDefinition = {
  name: 'instance.start',
  title: 'Start PostgreSQL',
  attempts: 3,
  backoffMs: SECOND,
  timeoutMs: 2 * MINUTE,
};

/** One activity, because the login decides: an endpoint that nobody has got in through is not published. */
export const PUBLISH_ENDPOINT: ActivityDefinition = {
  name: 'instance.publish-endpoint',
  title: 'Log in and publish the endpoint',
  attempts: 5,
  backoffMs: 500,
  timeoutMs: 5 * MINUTE,
};

export const STOP_SERVER: ActivityDefinition = {
  name: 'instance.stop-server',
  title: 'Stop PostgreSQL',
  attempts: 10,
  backoffMs: SECOND,
  timeoutMs: 2 * MINUTE,
};

export const REMOVE: ActivityDefinition = {
  name: 'instance.remove',
  title: 'Remove the volume and everything else',
  attempts: 10,
  backoffMs: SECOND,
  timeoutMs: 5 * MINUTE,
};

export const VERIFY_GONE: ActivityDefinition = {
  name: 'instance.verify-gone',
  title: 'Verify that nothing is left',
  attempts: 10,
  backoffMs: SECOND,
  timeoutMs: MINUTE,
};

export const RESTART_SERVER: ActivityDefinition = {
  name: 'instance.restart-server',
  title: 'Start PostgreSQL again',
  attempts: 5,
  backoffMs: 2 * SECOND,
  timeoutMs: 5 * MINUTE,
};

export const CREATE: OrchestrationDefinition = {
  kind: 'create',
  version: 2,
  deadlineMs: 15 * MINUTE,
  activities: [RESERVE, PREPARE_VOLUME, CONFIGURE, START, PUBLISH_ENDPOINT],
};

export const DELETE: OrchestrationDefinition = {
  kind: 'delete',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [STOP_SERVER, REMOVE, VERIFY_GONE],
};

/** Brings back the server of a running instance that was found dead. */
export const RECOVER: OrchestrationDefinition = {
  kind: 'recover',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [RESTART_SERVER],
};

export const INSTANCE_ORCHESTRATIONS = [CREATE, DELETE, RECOVER] as const;
