import {
  type OrchestrationList,
  type OrchestrationRecord,
  type OrchestrationStatus,
  type TimelineEvent,
  type Toygres,
  ToygresError,
} from '#sdk';
import type { Change } from '../../../live/live-query';
import { patchOrchestration } from '../../../live/orchestration-patch';
import { statusText } from '../../../ui/ui.text';
import { orchestrationKind } from '../../../ui/status';
import { KINDS, kindWord } from '../operations.text';

export const PAGE_SIZE = 20;

const STATUSES: readonly OrchestrationStatus[] = [
  'pending',
  'running',
  'compensating',
  'succeeded',
  'failed',
  'cancelled',
];

export const KIND_OPTIONS = KINDS.map((value) => ({ value, label: kindWord(value) }));
export const STATUS_OPTIONS = STATUSES.map((value) => ({ value, label: statusText[orchestrationKind(value)] }));

/** What the address asks for. */
export interface OperationFilters {
  readonly kinds: readonly string[];
  readonly statuses: readonly OrchestrationStatus[];
  /** Name of an instance, or its id. */
  readonly instance: string;
  /** From 1. */
  readonly page: number;
}

export interface OperationPage extends Pick<OrchestrationList, 'orchestrations' | 'pages' | 'total'> {
  readonly of: OperationFilters;
  readonly noSuchInstance: boolean;
}

/** Reads the filters out of the parameters of the address; what makes no sense there is passed over. */
export function filtersOf(
  given: Readonly<Record<'kind' | 'status' | 'instance' | 'page', string | undefined>>,
): OperationFilters {
  const parts = (list: string | undefined): readonly string[] => list?.split(',').filter((part) => part !== '') ?? [];
  const page = Number(given.page);
  return {
    kinds: parts(given.kind).filter((kind) => KINDS.includes(kind)),
    statuses: STATUSES.filter((status) => parts(given.status).includes(status)),
    instance: given.instance?.trim() ?? '',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** Reads one page. The API filters by the id of an instance, people by its name. */
export async function loadOperations(
  toygres: Toygres,
  of: OperationFilters,
  signal: AbortSignal,
): Promise<OperationPage> {
  let instanceId: string | undefined;
  if (of.instance !== '') {
    try {
      instanceId = (await toygres.instances.get(of.instance, { signal })).id;
    } catch (error) {
      if (error instanceof ToygresError && error.status === 404) {
        return { of, orchestrations: [], pages: 0, total: 0, noSuchInstance: true };
      }
      throw error;
    }
  }
  // The API takes an empty list for a list of one empty word.
  const any = <T>(values: readonly T[]): T[] | undefined => (values.length > 0 ? [...values] : undefined);
  const { orchestrations, pages, total } = await toygres.orchestrations.list(
    { kind: any(of.kinds), status: any(of.statuses), instance_id: instanceId, page: of.page, limit: PAGE_SIZE },
    { signal },
  );
  return { of, orchestrations, pages, total, noSuchInstance: false };
}

/** Moves what is shown; what is new, or may not match the filter any more, is read anew. */
export function patchOperations(page: OperationPage, event: TimelineEvent): Change<OperationPage> | undefined {
  if (event.instance_id === null) {
    return undefined;
  }
  const id = event.orchestration_id;
  const known = page.orchestrations.some((operation) => operation.id === id);
  if (!known) {
    return beginsOrEnds(event) ? { value: page, reload: true } : undefined;
  }
  let reload = page.of.statuses.length > 0 && event.type !== 'orchestration.progress';
  const orchestrations = page.orchestrations.map((operation): OrchestrationRecord => {
    const change = patchOrchestration(operation, event);
    reload ||= change?.reload ?? false;
    return change?.value ?? operation;
  });
  return { value: { ...page, orchestrations }, reload };
}

/** No event says that an operation was started; the first progress of one does, and so does an instance that changes its state. */
function beginsOrEnds({ type, data }: TimelineEvent): boolean {
  return type === 'orchestration.progress' ? data['position'] === 0 : type !== 'instance.health_changed';
}
