import type { TimelineEvent } from '#sdk';
import type { IconName } from '../../../../ui/icons';
import type { Tone } from '../../../../ui/status';
import { activityTitle } from '../../../operations';
import { activityText } from './activity.text';

/** An event in plain words. */
export interface Story {
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly icon: IconName;
  readonly tone: Tone;
  /** More to say, in the server's words. */
  readonly detail: string | null;
}

type Telling = Pick<Story, 'title' | 'icon' | 'tone'> & { readonly detail?: string | null };

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Tells an event, or nothing when another one tells the same: steps that went well are in the operation. */
export function storyOf({ id, type, data, created_at: at }: TimelineEvent): Story | undefined {
  const telling = TELLINGS[type]?.(data);
  return telling && { id, at, detail: null, ...telling };
}

/** By type. A type that this build does not know has nothing to tell. */
const TELLINGS: Readonly<Record<string, (data: TimelineEvent['data']) => Telling | undefined>> = {
  'instance.created': () => ({ title: activityText.created, icon: 'add', tone: 'neutral' }),
  'instance.state_changed': changedState,
  'instance.health_changed': changedHealth,
  'instance.updated': changedByPeople,
  'instance.endpoint_changed': ({ host, port }) => ({
    title: activityText.reachable(`${String(host)}:${String(port)}`),
    icon: 'link',
    tone: 'neutral',
  }),
  'orchestration.progress': failedAttempt,
  'orchestration.cancel_requested': () => ({ title: activityText.cancelRequested, icon: 'cancel', tone: 'neutral' }),
  'orchestration.compensating': ({ error }) => ({
    title: activityText.compensating,
    icon: 'undo',
    tone: 'warning',
    detail: textOf(error),
  }),
  'orchestration.succeeded': ({ kind }) =>
    saidByState(kind)
      ? undefined
      : {
          title: UPKEEP_TITLES[String(kind)] ?? activityText.operationSucceeded,
          icon: 'check_circle',
          tone: 'success',
        },
  'orchestration.cancelled': ({ error }) => ({
    title: activityText.operationCancelled,
    icon: 'cancel',
    tone: 'neutral',
    detail: textOf(error),
  }),
  'orchestration.failed': ({ kind, error }) =>
    kind === 'create'
      ? undefined
      : { title: activityText.operationFailed, icon: 'cancel-fill', tone: 'error', detail: textOf(error) },
};

/** The end of these moves the instance to a state, which is an event of its own. */
const SAID_BY_STATE: ReadonlySet<unknown> = new Set([
  'create',
  'stop',
  'start',
  'restart',
  'delete',
  'undelete',
  'purge',
]);
const saidByState = (kind: unknown): boolean => SAID_BY_STATE.has(kind);

/** What upkeep has done, which moves no state. */
const UPKEEP_TITLES: Readonly<Record<string, string>> = {
  recover: activityText.recovered,
  settle: activityText.settled,
  'clean-up': activityText.cleanedUp,
};

/** While the next attempt runs, it still carries the error of the one before. */
function failedAttempt({ activity, attempt, error, status }: TimelineEvent['data']): Telling | undefined {
  const reason = textOf(error);
  return reason === null || status === 'running'
    ? undefined
    : {
        title: activityText.attemptFailed(activityTitle(String(activity)), String(attempt)),
        icon: 'replay',
        tone: 'warning',
        detail: reason,
      };
}

function changedState({ from, state, failure_reason: reason }: TimelineEvent['data']): Telling | undefined {
  switch (state) {
    case 'running':
      return {
        title: from === 'creating' ? activityText.ready : activityText.running,
        icon: 'play_circle',
        tone: 'success',
      };
    case 'creating':
      return { title: activityText.retrying, icon: 'replay', tone: 'neutral' };
    case 'stopping':
      return { title: activityText.stopping, icon: 'autorenew', tone: 'neutral' };
    case 'stopped':
      return { title: activityText.stopped, icon: 'stop_circle', tone: 'neutral' };
    case 'starting':
      return {
        title: from === 'deleted' ? activityText.undeleting : activityText.starting,
        icon: 'autorenew',
        tone: 'neutral',
      };
    case 'restarting':
      return { title: activityText.restarting, icon: 'autorenew', tone: 'neutral' };
    case 'purging':
      return { title: activityText.purging, icon: 'autorenew', tone: 'neutral' };
    case 'purged':
      return { title: activityText.purged, icon: 'delete_forever', tone: 'neutral' };
    case 'deleting':
      return { title: activityText.deleting, icon: 'autorenew', tone: 'neutral' };
    case 'deleted':
      return { title: activityText.deleted, icon: 'delete', tone: 'neutral' };
    case 'failed':
      return { title: activityText.failed, icon: 'cancel-fill', tone: 'error', detail: textOf(reason) };
    default:
      return undefined;
  }
}

function changedByPeople({ deletion_protection: on, tags }: TimelineEvent['data']): Telling | undefined {
  if (typeof on === 'boolean') {
    return {
      title: on ? activityText.protected : activityText.unprotected,
      icon: on ? 'shield' : 'remove_moderator',
      tone: 'neutral',
    };
  }
  return tags === undefined ? undefined : { title: activityText.tagged, icon: 'label', tone: 'neutral' };
}

function changedHealth({ from, health_status: health, reason }: TimelineEvent['data']): Telling | undefined {
  switch (health) {
    case 'healthy':
      return {
        title: from === 'unhealthy' ? activityText.healthyAgain : activityText.healthy,
        icon: 'monitor_heart',
        tone: 'success',
      };
    case 'unhealthy':
      return { title: activityText.unhealthy, icon: 'warning-fill', tone: 'error', detail: textOf(reason) };
    case 'unknown':
      return { title: activityText.unknownHealth, icon: 'do_not_disturb_on', tone: 'neutral' };
    default:
      return undefined;
  }
}
