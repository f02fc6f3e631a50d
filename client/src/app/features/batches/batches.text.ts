import type { Batch } from '#sdk';

export const batchesText = {
  lead: $localize`:@@batches.lead:What was asked for several instances at once`,
  filters: $localize`:@@batches.filters:Filters`,
  status: $localize`:@@batches.status:State`,
  clearAll: $localize`:@@batches.clearAll:Clear filters`,
  countOne: $localize`:@@batches.countOne:One batch`,
  count: (count: string) => $localize`:@@batches.count:${count}:count: batches`,
  emptyTitle: $localize`:@@batches.emptyTitle:No batch yet`,
  emptyHint: $localize`:@@batches.emptyHint:Whoever creates or deletes several instances at once finds here what became of each.`,
  create: $localize`:@@batches.create:Create instances`,
  noMatchTitle: $localize`:@@batches.noMatchTitle:No batch matches`,
  noMatchHint: $localize`:@@batches.noMatchHint:None is in the state that you have chosen.`,
  batch: $localize`:@@batches.batch:Batch`,
  progress: $localize`:@@batches.progress:Done`,
  result: $localize`:@@batches.result:Result`,
  started: $localize`:@@batches.started:Started`,
  took: $localize`:@@batches.took:Took`,
  by: $localize`:@@batches.by:By`,
  startedLead: (by: string, when: string) => $localize`:@@batches.startedLead:Started by ${by}:by:, ${when}:when:`,
  notFoundTitle: $localize`:@@batches.notFoundTitle:No such batch`,
  notFoundHint: $localize`:@@batches.notFoundHint:Nothing is known under this id. It may have been mistyped.`,
  allBatches: $localize`:@@batches.allBatches:All batches`,
  doneOf: (done: string, total: string) => $localize`:@@batches.doneOf:${done}:done: of ${total}:total:`,
  isDoneOf: (done: string, total: string) => $localize`:@@batches.isDoneOf:${done}:done: of ${total}:total: done`,
  progressOf: (batch: string) => $localize`:@@batches.progressOf:Progress: ${batch}:batch:`,
  goesOn: $localize`:@@batches.goesOn:It goes on when you leave this page.`,
  calledOffRuns: $localize`:@@batches.calledOffRuns:The rest was called off. What is under way goes on.`,
  failedHint: $localize`:@@batches.failedHint:Each that failed says why, and what can be done.`,
  showFailed: $localize`:@@batches.showFailed:Show those that failed`,
  failedPart: (count: string) => $localize`:@@batches.failedPart:${count}:count: failed`,
  cancelledPart: (count: string) => $localize`:@@batches.cancelledPart:${count}:count: called off`,
  items: $localize`:@@batches.items:Instances of this batch`,
  itemFilters: $localize`:@@batches.itemFilters:Instances by state`,
  all: $localize`:@@batches.all:All`,
  instance: $localize`:@@batches.instance:Instance`,
  reason: $localize`:@@batches.reason:Reason`,
  actions: $localize`:@@batches.actions:Actions`,
  noneInState: $localize`:@@batches.noneInState:No instance of this batch is in this state now.`,
  operation: $localize`:@@batches.operation:Operation`,
  operationOf: (name: string) => $localize`:@@batches.operationOf:Operation of ${name}:name:`,
  retry: $localize`:@@batches.retry:Retry`,
  retryOf: (name: string) => $localize`:@@batches.retryOf:Retry ${name}:name:`,
  saidRetry: (name: string) => $localize`:@@batches.saidRetry:What failed for ${name}:name: is tried again.`,
  createOne: $localize`:@@batches.createOne:Create again…`,
  createOneOf: (name: string) => $localize`:@@batches.createOneOf:Create ${name}:name: again…`,
  cancel: $localize`:@@batches.cancel:Call off the rest…`,
  cancelTitle: $localize`:@@batches.cancelTitle:Call off the rest?`,
  cancelOne: $localize`:@@batches.cancelOne:One instance that was not begun is left alone.`,
  cancelMany: (count: string) =>
    $localize`:@@batches.cancelMany:${count}:count: instances that were not begun are left alone.`,
  cancelKeeps: $localize`:@@batches.cancelKeeps:What is under way goes on, and what is done stays as it is.`,
  cancelSubmit: $localize`:@@batches.cancelSubmit:Call off the rest`,
  cancelKeep: $localize`:@@batches.cancelKeep:Let it go on`,
  saidCancel: $localize`:@@batches.saidCancel:The rest is called off.`,
  ended: (batch: string, result: string) => $localize`:@@batches.ended:${batch}:batch:: ${result}:result:`,
};

type Words = (count: string) => string;

const titles: Readonly<Record<Batch['kind'], { readonly one: string; readonly many: Words; readonly done: Words }>> = {
  create: {
    one: $localize`:@@batches.createTitleOne:Create one instance`,
    many: (count) => $localize`:@@batches.createTitle:Create ${count}:count: instances`,
    done: (count) => $localize`:@@batches.created:${count}:count: created`,
  },
  delete: {
    one: $localize`:@@batches.deleteTitleOne:Delete one instance`,
    many: (count) => $localize`:@@batches.deleteTitle:Delete ${count}:count: instances`,
    done: (count) => $localize`:@@batches.deleted:${count}:count: deleted`,
  },
  purge: {
    one: $localize`:@@batches.purgeTitleOne:Remove one instance for good`,
    many: (count) => $localize`:@@batches.purgeTitle:Remove ${count}:count: instances for good`,
    done: (count) => $localize`:@@batches.purged:${count}:count: removed`,
  },
};

/** "Create 12 instances" */
export const batchTitle = ({ kind, total }: Batch, count: string): string =>
  total === 1 ? titles[kind].one : titles[kind].many(count);

/** "9 created" */
export const donePart = ({ kind }: Batch, count: string): string => titles[kind].done(count);
