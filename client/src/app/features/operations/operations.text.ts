export const operationsText = {
  lead: $localize`:@@operations.lead:Everything Toygres does to an instance, step by step`,
  filters: $localize`:@@operations.filters:Filters`,
  instanceFilter: $localize`:@@operations.instanceFilter:Instance name`,
  clearInstance: $localize`:@@operations.clearInstance:Show the operations of all instances`,
  kind: $localize`:@@operations.kind:Kind`,
  status: $localize`:@@operations.status:State`,
  clearAll: $localize`:@@operations.clearAll:Clear filters`,
  countOne: $localize`:@@operations.countOne:One operation`,
  count: (count: string) => $localize`:@@operations.count:${count}:count: operations`,
  emptyTitle: $localize`:@@operations.emptyTitle:Nothing has been done yet`,
  emptyHint: $localize`:@@operations.emptyHint:Creating, stopping, deleting and recovering an instance show up here, with every step and how long it took.`,
  create: $localize`:@@operations.create:Create instance`,
  noMatchTitle: $localize`:@@operations.noMatchTitle:No operation matches`,
  noMatchHint: (filters: string) => $localize`:@@operations.noMatchHint:Filtered by ${filters}:filters:.`,
  isChosen: (filter: string, value: string) => $localize`:@@operations.isChosen:${filter}:filter: “${value}:value:”`,
  noInstanceTitle: $localize`:@@operations.noInstanceTitle:No such instance`,
  noInstanceHint: (name: string) =>
    $localize`:@@operations.noInstanceHint:There is no instance with the name “${name}:name:”. Names are matched as a whole.`,
  operation: $localize`:@@operations.operation:Operation`,
  instance: $localize`:@@operations.instance:Instance`,
  steps: $localize`:@@operations.steps:Steps`,
  stepsOf: (done: string, total: string) => $localize`:@@operations.stepsOf:${done}:done: of ${total}:total:`,
  started: $localize`:@@operations.started:Started`,
  took: $localize`:@@operations.took:Took`,
  by: $localize`:@@operations.by:By`,
  detailsOf: (operation: string) => $localize`:@@operations.detailsOf:Details of ${operation}:operation:`,
  unfold: $localize`:@@operations.unfold:Unfold`,
  expand: (operation: string) => $localize`:@@operations.expand:Steps of ${operation}:operation:`,
  openPage: $localize`:@@operations.openPage:Open as a page`,
  waiting: $localize`:@@operations.waiting:not yet`,
  noInstance: $localize`:@@operations.noInstance:none`,
  facts: $localize`:@@operations.facts:Facts`,
  startedBy: $localize`:@@operations.startedBy:Started by`,
  startedLead: (by: string, when: string) => $localize`:@@operations.startedLead:Started by ${by}:by:, ${when}:when:`,
  deadline: $localize`:@@operations.deadline:Deadline`,
  id: $localize`:@@operations.id:Operation id`,
  timeline: $localize`:@@operations.timeline:Steps`,
  notFoundTitle: $localize`:@@operations.notFoundTitle:No such operation`,
  notFoundHint: $localize`:@@operations.notFoundHint:Nothing is known under this id. It may have been mistyped.`,
  allOperations: $localize`:@@operations.allOperations:All operations`,
  failedWithoutReason: $localize`:@@operations.failedWithoutReason:This operation failed.`,
  actions: $localize`:@@operations.actions:Actions`,
  cancel: $localize`:@@operations.cancel:Call off`,
  retry: $localize`:@@operations.retry:Retry`,
  cancelOf: (operation: string) => $localize`:@@operations.cancelOf:Call off: ${operation}:operation:`,
  retryOf: (operation: string) => $localize`:@@operations.retryOf:Retry: ${operation}:operation:`,
  saidCancel: (operation: string) => $localize`:@@operations.saidCancel:Being called off: ${operation}:operation:`,
  saidRetry: (operation: string) => $localize`:@@operations.saidRetry:Tried again: ${operation}:operation:`,
  waitsFor: $localize`:@@operations.waitsFor:Waits for`,
  cameAfter: $localize`:@@operations.cameAfter:Came after`,
  retries: $localize`:@@operations.retries:Tried again`,
  once: $localize`:@@operations.once:once`,
  times: (count: string) => $localize`:@@operations.times:${count}:count: times`,
  undone: $localize`:@@operations.undone:Everything it had made was removed.`,
  notUndone: $localize`:@@operations.notUndone:Not everything it had made could be removed.`,
  undoing: $localize`:@@operations.undoing:What it had made is being removed.`,
  errorText: $localize`:@@operations.errorText:error`,
  said: $localize`:@@operations.said:What the failing part itself said`,
  changed: (operation: string, status: string) =>
    $localize`:@@operations.changed:${operation}:operation:: ${status}:status:`,
};

export const operationTabsText = {
  operations: $localize`:@@operations.tabOperations:All operations`,
  batches: $localize`:@@operations.tabBatches:Batches`,
};

/** "Create", "Delete": what an operation does. */
const kinds: Readonly<Record<string, string>> = {
  create: $localize`:@@operations.kindCreate:Create`,
  stop: $localize`:@@operations.kindStop:Stop`,
  start: $localize`:@@operations.kindStart:Start`,
  restart: $localize`:@@operations.kindRestart:Restart`,
  delete: $localize`:@@operations.kindDelete:Delete`,
  undelete: $localize`:@@operations.kindUndelete:Undelete`,
  purge: $localize`:@@operations.kindPurge:Purge`,
  recover: $localize`:@@operations.kindRecover:Recover`,
  settle: $localize`:@@operations.kindSettle:Stop a server that should not run`,
  'clean-up': $localize`:@@operations.kindCleanUp:Remove what was left`,
};

/** "Creating": the same while it goes on. */
const goingOn: Readonly<Record<string, string>> = {
  create: $localize`:@@operations.creating:Creating`,
  stop: $localize`:@@operations.stopping:Stopping`,
  start: $localize`:@@operations.starting:Starting`,
  restart: $localize`:@@operations.restarting:Restarting`,
  delete: $localize`:@@operations.deleting:Deleting`,
  undelete: $localize`:@@operations.undeleting:Undeleting`,
  purge: $localize`:@@operations.purging:Purging`,
  recover: $localize`:@@operations.recovering:Recovering`,
  settle: $localize`:@@operations.settling:Stopping a server that should not run`,
  'clean-up': $localize`:@@operations.cleaningUp:Removing what was left`,
};

const named: Readonly<Record<string, (instance: string) => string>> = {
  create: (instance) => $localize`:@@operations.createNamed:Create ${instance}:instance:`,
  stop: (instance) => $localize`:@@operations.stopNamed:Stop ${instance}:instance:`,
  start: (instance) => $localize`:@@operations.startNamed:Start ${instance}:instance:`,
  restart: (instance) => $localize`:@@operations.restartNamed:Restart ${instance}:instance:`,
  delete: (instance) => $localize`:@@operations.deleteNamed:Delete ${instance}:instance:`,
  undelete: (instance) => $localize`:@@operations.undeleteNamed:Undelete ${instance}:instance:`,
  purge: (instance) => $localize`:@@operations.purgeNamed:Purge ${instance}:instance:`,
  recover: (instance) => $localize`:@@operations.recoverNamed:Recover ${instance}:instance:`,
  settle: (instance) => $localize`:@@operations.settleNamed:Stop the server of ${instance}:instance:`,
  'clean-up': (instance) => $localize`:@@operations.cleanUpNamed:Remove what was left of ${instance}:instance:`,
};

/** Kinds that can be filtered by. */
export const KINDS: readonly string[] = Object.keys(kinds);

/** A kind that this build does not know yet is shown as it is called. */
export const kindWord = (kind: string): string => kinds[kind] ?? kind;

export const goingOnWord = (kind: string): string => goingOn[kind] ?? kind;

/** "Create orders-prod" */
export function operationName(operation: { readonly kind: string; readonly instance_name: string | null }): string {
  const { kind, instance_name: instance } = operation;
  return instance === null ? kindWord(kind) : (named[kind]?.(instance) ?? `${kind} ${instance}`);
}
