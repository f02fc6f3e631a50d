export const timelineText = {
  activity: $localize`:@@operations.activity:Step`,
  tookColumn: $localize`:@@operations.tookColumn:Took`,
  label: (operation: string) => $localize`:@@operations.timelineLabel:Steps of ${operation}:operation:`,
  attempt: (number: string) => $localize`:@@operations.attempt:Attempt ${number}:number:`,
  succeededAt: (attempt: string) => $localize`:@@operations.succeededAt:Succeeded at attempt ${attempt}:attempt:`,
  failedAfter: (count: string, error: string) =>
    $localize`:@@operations.failedAfter:Failed after ${count}:count: attempts: ${error}:error:`,
  attemptOf: (attempt: string, of: string) =>
    $localize`:@@operations.attemptOf:Attempt ${attempt}:attempt: of ${of}:of:`,
  progressOf: (done: string, total: string) => $localize`:@@operations.progressOf:${done}:done: of ${total}:total:`,
  replicas: (count: string) => $localize`:@@operations.replicas:${count}:count: replicas`,
  usually: (duration: string) => $localize`:@@operations.usually:usually ${duration}:duration:`,
  nextAttempt: (when: string) => $localize`:@@operations.nextAttempt:Trying again ${when}:when:`,
  nextAttemptNow: $localize`:@@operations.nextAttemptNow:Trying again now`,
  undo: (title: string) => $localize`:@@operations.undo:Undo: ${title}:title:`,
  notReachedOne: $localize`:@@operations.notReachedOne:One more step`,
  notReached: (count: string) => $localize`:@@operations.notReached:${count}:count: more steps`,
  notReachedWhich: (titles: string) => $localize`:@@operations.notReachedWhich:Not reached: ${titles}:titles:`,
  states: {
    succeeded: $localize`:@@operations.stepSucceeded:Succeeded`,
    failed: $localize`:@@operations.stepFailed:Failed`,
    running: $localize`:@@operations.stepRunning:Running`,
    waiting: $localize`:@@operations.stepWaiting:Waits for its next attempt`,
    pending: $localize`:@@operations.stepPending:Not begun`,
    skipped: $localize`:@@operations.stepSkipped:Not reached`,
  },
};
