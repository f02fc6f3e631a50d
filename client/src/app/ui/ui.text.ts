export const uiText = {
  copy: $localize`:@@ui.copy:Copy`,
  copied: $localize`:@@ui.copied:Copied`,
  copyOf: (what: string) => $localize`:@@ui.copyOf:Copy ${what}:what:`,
  copyFailed: $localize`:@@ui.copyFailed:This browser did not allow copying. Select the text and copy it by hand.`,
  tryAgain: $localize`:@@ui.tryAgain:Try again`,
  loading: $localize`:@@ui.loading:Loading`,
  deniedTitle: $localize`:@@ui.deniedTitle:You may not see this`,
  deniedHint: $localize`:@@ui.deniedHint:Ask whoever administers this Toygres for the permission.`,
  errorTitle: $localize`:@@ui.errorTitle:This could not be loaded`,
};

/** Words of the pager below a list. */
export const pagerText = {
  pages: $localize`:@@pager.pages:Pages`,
  range: (from: string, to: string, total: string) =>
    $localize`:@@pager.range:${from}:from: to ${to}:to: of ${total}:total:`,
  rows: $localize`:@@pager.rows:Rows`,
  pageOf: (page: string, pages: string) => $localize`:@@pager.pageOf:${page}:page: of ${pages}:pages:`,
  first: $localize`:@@pager.first:First page`,
  previous: $localize`:@@pager.previous:Previous page`,
  next: $localize`:@@pager.next:Next page`,
  last: $localize`:@@pager.last:Last page`,
};

/** Words of the filters above a list. */
export const filterText = {
  any: $localize`:@@filter.any:any`,
  anyChoice: $localize`:@@filter.anyChoice:Any`,
  andMore: (first: string, more: string) => $localize`:@@filter.andMore:${first}:first: + ${more}:more:`,
  clear: (filter: string) => $localize`:@@filter.clear:Clear the filter ${filter}:filter:`,
};

/** Words of health as a table. */
export const healthTableText = {
  label: $localize`:@@healthTable.label:Health by time`,
  time: $localize`:@@healthTable.time:Time`,
  median: $localize`:@@healthTable.median:Median`,
  p95: $localize`:@@healthTable.p95:p95`,
  uptime: $localize`:@@healthTable.uptime:Uptime`,
  checks: $localize`:@@healthTable.checks:Checks`,
  noAnswer: $localize`:@@healthTable.noAnswer:No answer`,
};

/** Words for states, of instances and of operations. */
export const statusText = {
  healthy: $localize`:@@status.healthy:Healthy`,
  unhealthy: $localize`:@@status.unhealthy:Unhealthy`,
  unknown: $localize`:@@status.unknown:Unknown`,
  unchecked: $localize`:@@status.unchecked:Not checked`,
  creating: $localize`:@@status.creating:Creating`,
  running: $localize`:@@status.running:Running`,
  stopping: $localize`:@@status.stopping:Stopping`,
  stopped: $localize`:@@status.stopped:Stopped`,
  starting: $localize`:@@status.starting:Starting`,
  restarting: $localize`:@@status.restarting:Restarting`,
  deleting: $localize`:@@status.deleting:Deleting`,
  deleted: $localize`:@@status.deleted:Deleted`,
  purging: $localize`:@@status.purging:Purging`,
  purged: $localize`:@@status.purged:Purged`,
  failed: $localize`:@@status.failed:Failed`,
  pending: $localize`:@@status.pending:Waiting`,
  active: $localize`:@@status.active:Running`,
  compensating: $localize`:@@status.compensating:Undoing`,
  callingOff: $localize`:@@status.callingOff:Being called off`,
  succeeded: $localize`:@@status.succeeded:Succeeded`,
  cancelled: $localize`:@@status.cancelled:Cancelled`,
};
