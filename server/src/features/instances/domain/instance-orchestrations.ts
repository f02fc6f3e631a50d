import type { ActivityDefinition, OrchestrationDefinition } from '../../../orchestrations/domain/definition.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A cluster may first have to make a node and a disk. It says itself what is in the way, ten minutes after it was asked (TOYGRES_START_SECONDS). */
const LONGEST_START = 12 * MINUTE;

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
  timeoutMs: LONGEST_START,
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

/** For what is deleted and may be brought back. */
export const RELEASE: ActivityDefinition = {
  name: 'instance.release',
  title: 'Stop PostgreSQL and keep the data',
  attempts: 10,
  backoffMs: SECOND,
  timeoutMs: 5 * MINUTE,
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

/** Brings back a server that is to run; also undoes a stop. */
export const RESTART_SERVER: ActivityDefinition = {
  name: 'instance.restart-server',
  title: 'Start PostgreSQL again',
  attempts: 5,
  backoffMs: 2 * SECOND,
  timeoutMs: LONGEST_START,
};

/** Data and endpoint are kept. */
export const SHUT_DOWN: ActivityDefinition = {
  name: 'instance.shut-down',
  title: 'Write a checkpoint and stop PostgreSQL',
  attempts: 3,
  backoffMs: SECOND,
  timeoutMs: 5 * MINUTE,
  compensation: RESTART_SERVER,
};

/** Waits for a login, so that "running" is never said of a server that lets nobody in. */
export const BRING_UP: ActivityDefinition = {
  name: 'instance.bring-up',
  title: 'Start PostgreSQL and log in',
  attempts: 3,
  backoffMs: 2 * SECOND,
  timeoutMs: LONGEST_START,
  compensation: STOP_SERVER,
};

export const STOP_AND_START: ActivityDefinition = {
  name: 'instance.stop-and-start',
  title: 'Stop PostgreSQL, start it and log in',
  attempts: 3,
  backoffMs: 2 * SECOND,
  timeoutMs: LONGEST_START + 5 * MINUTE,
};

export const CREATE: OrchestrationDefinition = {
  kind: 'create',
  version: 2,
  deadlineMs: 30 * MINUTE,
  activities: [RESERVE, PREPARE_VOLUME, CONFIGURE, START, PUBLISH_ENDPOINT],
  cancellable: true,
};

export const STOP: OrchestrationDefinition = {
  kind: 'stop',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [SHUT_DOWN],
  cancellable: true,
};

export const START_UP: OrchestrationDefinition = {
  kind: 'start',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [BRING_UP],
  cancellable: true,
};

/** A server that is down for a moment is no state to be left in, so there is no calling it off. */
export const RESTART: OrchestrationDefinition = {
  kind: 'restart',
  version: 1,
  deadlineMs: 45 * MINUTE,
  activities: [STOP_AND_START],
  cancellable: false,
};

/** Brings back the server of a running instance that was found dead. */
export const RECOVER: OrchestrationDefinition = {
  kind: 'recover',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [RESTART_SERVER],
  cancellable: false,
  upkeep: true,
};

/** Stops the server of a stopped or deleted instance that was found running. */
export const SETTLE: OrchestrationDefinition = {
  kind: 'settle',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [STOP_SERVER],
  cancellable: false,
  upkeep: true,
};

/** Removes what was found of an instance that should have nothing. */
export const CLEAN_UP: OrchestrationDefinition = {
  kind: 'clean-up',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [REMOVE, VERIFY_GONE],
  cancellable: false,
  upkeep: true,
};

/**
 * Stops the server and keeps the data, so that {@link UNDELETE} can bring it back: that is the way out of it. Version 1 removed all, version 2
 * kept all.
 */
export const DELETE: OrchestrationDefinition = {
  kind: 'delete',
  version: 3,
  deadlineMs: 30 * MINUTE,
  activities: [RELEASE],
  cancellable: false,
};

export const UNDELETE: OrchestrationDefinition = {
  kind: 'undelete',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [BRING_UP],
  cancellable: true,
};

/** Removes everything for good. */
export const PURGE: OrchestrationDefinition = {
  kind: 'purge',
  version: 1,
  deadlineMs: 30 * MINUTE,
  activities: [STOP_SERVER, REMOVE, VERIFY_GONE],
  cancellable: false,
};

export const INSTANCE_ORCHESTRATIONS = [
  CREATE,
  STOP,
  START_UP,
  RESTART,
  DELETE,
  UNDELETE,
  PURGE,
  RECOVER,
  SETTLE,
  CLEAN_UP,
] as const;

/** What gives way when people ask for something. */
export const UPKEEP: readonly string[] = INSTANCE_ORCHESTRATIONS.filter(
  (definition: OrchestrationDefinition) => definition.upkeep,
).map(({ kind }) => kind);
