export const actionsText = {
  connect: $localize`:@@actions.connect:Connect`,
  investigate: $localize`:@@actions.investigate:Investigate`,
  details: $localize`:@@actions.details:Details`,
  health: $localize`:@@actions.health:Health`,
  activity: $localize`:@@actions.activity:Activity`,
  copyCommand: $localize`:@@actions.copyCommand:Copy psql command`,
  copied: $localize`:@@actions.copied:The psql command is copied. It asks for the password.`,
  start: $localize`:@@actions.start:Start`,
  stop: $localize`:@@actions.stop:Stop…`,
  restart: $localize`:@@actions.restart:Restart…`,
  undelete: $localize`:@@actions.undelete:Undelete`,
  retry: $localize`:@@actions.retry:Retry`,
  cancel: $localize`:@@actions.cancel:Call off`,
  protect: $localize`:@@actions.protect:Turn deletion protection on`,
  unprotect: $localize`:@@actions.unprotect:Turn deletion protection off`,
  delete: $localize`:@@actions.delete:Delete…`,
  purge: $localize`:@@actions.purge:Purge now…`,
  more: (name: string) => $localize`:@@actions.more:More actions for ${name}:name:`,
  of: (action: string, name: string) => $localize`:@@actions.of:${action}:action: ${name}:name:`,
  begun: (name: string) => $localize`:@@actions.begun:${name}:name: is being deleted.`,
  begunMany: (count: string) => $localize`:@@actions.begunMany:${count}:count: instances are being deleted.`,
  showBatch: $localize`:@@actions.showBatch:Show`,
  begunPurge: (name: string) => $localize`:@@actions.begunPurge:${name}:name: is being removed for good.`,
};

/** Why something can't be done now. */
export const reasonText = {
  notRunning: $localize`:@@actions.whyNotRunning:Possible as soon as it runs.`,
  noData: $localize`:@@actions.whyNoData:It has never run, so there is nothing to start. Retry what failed, or delete it.`,
  cancelled: $localize`:@@actions.whyCancelled:It is being called off already.`,
  undoing: $localize`:@@actions.whyUndoing:It has failed and is being undone already.`,
  deletion: $localize`:@@actions.whyDeletion:A deletion cannot be called off. Undelete the instance when it is deleted.`,
  noWayBack: $localize`:@@actions.whyNoWayBack:There is no way back from this; it is over soon.`,
};

/** What is said when a request was accepted. */
export const requestText = {
  stopping: (name: string) => $localize`:@@actions.saidStopping:${name}:name: is being stopped.`,
  starting: (name: string) => $localize`:@@actions.saidStarting:${name}:name: is being started.`,
  startsLater: (name: string) => $localize`:@@actions.saidStartsLater:${name}:name: starts as soon as it is stopped.`,
  restarting: (name: string) => $localize`:@@actions.saidRestarting:${name}:name: is being restarted.`,
  undeleting: (name: string) => $localize`:@@actions.saidUndeleting:${name}:name: is being brought back.`,
  retrying: (name: string) => $localize`:@@actions.saidRetrying:What failed for ${name}:name: is tried again.`,
  cancelling: (name: string) =>
    $localize`:@@actions.saidCancelling:What is under way with ${name}:name: is being called off.`,
  protected: (name: string) => $localize`:@@actions.saidProtected:${name}:name: is protected from deletion.`,
  unprotected: (name: string) =>
    $localize`:@@actions.saidUnprotected:${name}:name: is no longer protected from deletion.`,
};

/** What the dialog says that asks before connections are cut. */
export const confirmText = {
  stop: (name: string) => ({
    title: $localize`:@@actions.stopTitle:Stop ${name}:name:?`,
    meaning: $localize`:@@actions.stopMeaning:It stops answering, and open connections are cut. Data, name and address are kept, and it can be started again at any time.`,
    submit: $localize`:@@actions.stopSubmit:Stop instance`,
  }),
  restart: (name: string) => ({
    title: $localize`:@@actions.restartTitle:Restart ${name}:name:?`,
    meaning: $localize`:@@actions.restartMeaning:Open connections are cut, and it does not answer until it is up again, usually within seconds.`,
    submit: $localize`:@@actions.restartSubmit:Restart instance`,
  }),
  leave: $localize`:@@actions.leave:Leave it running`,
  oneOpen: $localize`:@@actions.oneOpen:1 connection is open.`,
  open: (count: string) => $localize`:@@actions.open:${count}:count: connections are open.`,
  asOf: (when: string) => $localize`:@@actions.lossAsOf:Seen ${when}:when:.`,
};

/** What the dialogs say that ask whether to delete. */
export const deleteText = {
  title: (name: string) => $localize`:@@actions.deleteTitle:Delete ${name}:name:?`,
  titleMany: (count: string) => $localize`:@@actions.deleteTitleMany:Delete ${count}:count: instances?`,
  purgeTitle: (name: string) => $localize`:@@actions.purgeTitle:Remove ${name}:name: for good?`,
  final: $localize`:@@actions.deleteFinal:It stops answering at once. This is final and cannot be undone.`,
  finalPurge: $localize`:@@actions.purgeFinal:What was kept of it is removed now. This is final and cannot be undone.`,
  kept: (until: string) =>
    $localize`:@@actions.deleteKept:It stops answering at once. Its data, name and address are kept until ${until}:until:; until then you can bring it back.`,
  keptAWhile: $localize`:@@actions.deleteKeptAWhile:It stops answering at once. Its data, name and address are kept for a while; its page says until when you can bring it back.`,
  keptMany: (until: string) =>
    $localize`:@@actions.deleteKeptMany:They stop answering at once. Their data, names and addresses are kept until ${until}:until:; until then each of them can be brought back.`,
  keptManyAWhile: $localize`:@@actions.deleteKeptManyAWhile:They stop answering at once. Their data, names and addresses are kept for a while; until then each of them can be brought back.`,
  finalMany: $localize`:@@actions.deleteFinalMany:They stop answering at once, and their data is gone. There is no other copy in Toygres. This is final and cannot be undone.`,
  nothingToKeep: $localize`:@@actions.deleteNothing:It holds no data yet, so that nothing is kept: it is removed for good, and its name becomes free.`,
  forGood: $localize`:@@actions.forGood:Remove it for good now`,
  forGoodHint: $localize`:@@actions.forGoodHint:Nothing is kept, and the name becomes free.`,
  lossesLabel: $localize`:@@actions.lossesLabel:What is lost`,
  data: (size: string, databases: string) =>
    $localize`:@@actions.lossData:${size}:size: of data in ${databases}:databases: databases`,
  dataOfOne: (size: string) => $localize`:@@actions.lossDataOfOne:${size}:size: of data in 1 database`,
  dataOfUnknown: (size: string) => $localize`:@@actions.lossDataOfUnknown:${size}:size: of data`,
  allData: (size: string) => $localize`:@@actions.lossAllData:All data on its volume of ${size}:size: GB`,
  noCopy: $localize`:@@actions.lossNoCopy:There is no other copy in Toygres.`,
  stops: $localize`:@@actions.lossStops:Stops answering.`,
  addressIsFree: $localize`:@@actions.lossAddress:The address is given up.`,
  nameIsFree: $localize`:@@actions.lossName:The name becomes free`,
  nameIsFreeHint: $localize`:@@actions.lossNameHint:Somebody else can take it for a new instance.`,
  confirm: (phrase: string) => $localize`:@@actions.confirm:Type ${phrase}:phrase: to confirm`,
  phraseMany: (count: string) => $localize`:@@actions.phraseMany:delete ${count}:count:`,
  keep: $localize`:@@actions.keep:Keep it`,
  keepMany: $localize`:@@actions.keepMany:Keep them`,
  submit: $localize`:@@actions.submit:Delete instance`,
  submitPurge: $localize`:@@actions.submitPurge:Remove for good`,
  submitMany: (count: string) => $localize`:@@actions.submitMany:Delete ${count}:count: instances`,
  submitting: $localize`:@@actions.submitting:Deleting`,
  protected: $localize`:@@actions.protected:Deletion protection is on for this instance, so it cannot be deleted.`,
  unprotect: $localize`:@@actions.unprotectNow:Turn protection off`,
  protectedShort: $localize`:@@actions.protectedShort:Protected, stays`,
  protectedAll: $localize`:@@actions.protectedAll:Deletion protection is on for all of these instances, so none of them can be deleted.`,
  gone: $localize`:@@actions.gone:Its deletion has already begun.`,
  purged: $localize`:@@actions.purged:It is being removed for good already.`,
  names: $localize`:@@actions.names:Instances to delete`,
  tooMany: (most: string) =>
    $localize`:@@actions.tooMany:No more than ${most}:most: can be deleted at once. Select fewer.`,
};
