/** Words for the way to a running instance. */
export const progressText = {
  elapsed: $localize`:@@progress.elapsed:Elapsed`,
  took: $localize`:@@progress.took:Took`,
  usually: $localize`:@@progress.usually:Usually`,
  usuallyReady: (time: string) => $localize`:@@progress.usuallyReady:usually ready in ${time}:time:`,
  usualMark: (time: string) => $localize`:@@progress.usualMark:usual ${time}:time:`,
  noUsual: $localize`:@@progress.noUsual:no usual time measured yet`,
  timeLeft: (time: string) => $localize`:@@progress.timeLeft:About ${time}:time: left`,
  longer: (time: string) => $localize`:@@progress.longer:${time}:time: longer than usual`,
  anyMoment: $localize`:@@progress.anyMoment:Ready any moment`,
  waitingForWorker: $localize`:@@progress.waitingForWorker:Waiting for a worker`,
  removing: $localize`:@@progress.removing:Removing what was made`,
  readyAfter: (time: string) => $localize`:@@progress.readyAfter:Ready after ${time}:time:`,
  failedAfter: (time: string) => $localize`:@@progress.failedAfter:Failed after ${time}:time:`,
  bar: $localize`:@@progress.bar:Time against the usual time`,
  steps: $localize`:@@progress.steps:Steps`,
  step: (number: string, total: string) => $localize`:@@progress.step:Step ${number}:number: of ${total}:total:`,
  stepsDone: (done: string, total: string) => $localize`:@@progress.stepsDone:${done}:done: of ${total}:total: done`,
  undoing: $localize`:@@progress.undoing:Undoing`,
  compensating: $localize`:@@progress.compensating:The creation has failed. Toygres removes what it has made, then says here what to do.`,
  leaveTitle: $localize`:@@progress.leaveTitle:You can leave this page`,
  leave: $localize`:@@progress.leave:Creation goes on without it. Find it again under In progress on the dashboard, or in the list.`,
  deadlineTitle: $localize`:@@progress.deadlineTitle:If it takes too long`,
  deadline: (time: string, left: string) =>
    $localize`:@@progress.deadline:At ${time}:time: (in ${left}:left:) Toygres gives up, removes what it has made, and says here why it failed.`,
  deadlinePassed: (time: string) =>
    $localize`:@@progress.deadlinePassed:The deadline was at ${time}:time:. Toygres gives up, removes what it has made, and says here why it failed.`,
  operation: $localize`:@@progress.operation:Operation`,
  requestedBy: $localize`:@@progress.requestedBy:Requested by`,
  namespace: $localize`:@@progress.namespace:Namespace`,
  network: $localize`:@@progress.network:Network`,
  publicAddress: $localize`:@@progress.publicAddress:Public address`,
  internalOnly: $localize`:@@progress.internalOnly:Internal only`,
  operationId: $localize`:@@progress.operationId:id of the operation`,
  announceReady: (name: string, time: string) =>
    $localize`:@@progress.announceReady:${name}:name: is ready after ${time}:time:.`,
  announceFailed: (name: string) => $localize`:@@progress.announceFailed:The creation of ${name}:name: has failed.`,
  announceCompensating: (name: string) =>
    $localize`:@@progress.announceCompensating:The creation of ${name}:name: has failed. What was made is being removed.`,
};

/** One line about an activity, by how it stands. */
export const activityText = {
  attempt: (attempt: string, of: string) => $localize`:@@progress.attempt:Attempt ${attempt}:attempt: of ${of}:of:.`,
  attemptOnly: (attempt: string) => $localize`:@@progress.attemptOnly:Attempt ${attempt}:attempt:.`,
  attemptFailed: (attempt: string, error: string) =>
    $localize`:@@progress.attemptFailed:Attempt ${attempt}:attempt: failed: ${error}:error:`,
  nextAttempt: (when: string) => $localize`:@@progress.nextAttempt:Trying again ${when}:when:.`,
  nextAttemptNow: $localize`:@@progress.nextAttemptNow:Trying again now.`,
  succeededAt: (attempt: string) => $localize`:@@progress.succeededAt:Succeeded at attempt ${attempt}:attempt:.`,
  failedAfterOne: $localize`:@@progress.failedAfterOne:Failed`,
  failedAfter: (attempts: string) =>
    $localize`:@@progress.failedAfterAttempts:Failed after ${attempts}:attempts: attempts`,
  skipped: $localize`:@@progress.skipped:Not done, because a step had failed before.`,
  noReason: $localize`:@@progress.noReason:no reason given.`,
  pendingState: $localize`:@@progress.state.pending:to do`,
  runningState: $localize`:@@progress.state.running:under way`,
  waitingState: $localize`:@@progress.state.waiting:waits for its next attempt`,
  succeededState: $localize`:@@progress.state.succeeded:done`,
  failedState: $localize`:@@progress.state.failed:failed`,
  skippedState: $localize`:@@progress.state.skipped:left out`,
};

/** What happens in an activity, by its name. */
export const activityDoes: Readonly<Record<string, string>> = {
  'instance.reserve': $localize`:@@progress.activity.reserve.does:So that nobody else gets them`,
  'instance.prepare-volume': $localize`:@@progress.activity.prepareVolume.does:With an empty PostgreSQL data directory`,
  'instance.configure': $localize`:@@progress.activity.configure.does:Settings, certificate, and the password of postgres`,
  'instance.start': $localize`:@@progress.activity.start.does:And wait until it accepts connections`,
  'instance.verify-login': $localize`:@@progress.activity.verifyLogin.does:As user postgres, with the password of this instance`,
  'instance.publish-endpoint': $localize`:@@progress.activity.publishEndpoint.does:The address and port that clients connect to`,
  'instance.discard': $localize`:@@progress.activity.discard.does:Server, volume and port are given back`,
};
