export const detailsText = {
  overview: $localize`:@@details.overview:Overview`,
  health: $localize`:@@details.health:Health`,
  connection: $localize`:@@details.connection:Connection`,
  activity: $localize`:@@details.activity:Activity`,
  sections: (name: string) => $localize`:@@details.sections:Parts of ${name}:name:`,
  instances: $localize`:@@details.instances:Instances`,
  operations: $localize`:@@details.operations:Operations`,
  created: $localize`:@@details.created:Created`,
  neverRan: $localize`:@@details.neverRan:Never ran`,
  moreActions: $localize`:@@details.moreActions:More actions`,
  open: $localize`:@@details.open:Open`,
  stateIs: (name: string, state: string) => $localize`:@@details.stateIs:${name}:name:: ${state}:state:`,

  missingTitle: (name: string) => $localize`:@@details.missingTitle:There is no instance “${name}:name:”`,
  missingHint: $localize`:@@details.missingHint:It may have been deleted, or the address has a typing error. Operations still show what happened to deleted instances.`,
  allInstances: $localize`:@@details.allInstances:All instances`,

  deletingTitle: $localize`:@@details.deletingTitle:This instance is being deleted`,
  deletingHint: $localize`:@@details.deletingHint:Its data can not be brought back.`,
  deletingStep: (done: string, total: string) =>
    $localize`:@@details.deletingStep:${done}:done: of ${total}:total: steps done`,
  deletedTitle: $localize`:@@details.deletedTitle:This instance was deleted`,
  deletedHint: $localize`:@@details.deletedHint:Its data is gone and its name is free. What is known about it can still be read here.`,
  unhealthyTitle: $localize`:@@details.unhealthyTitle:PostgreSQL did not pass its last checks`,
  unhealthySince: $localize`:@@details.unhealthySince:Unhealthy since`,
  unhealthyNoReason: $localize`:@@details.unhealthyNoReason:The check gave no reason.`,
  recovering: $localize`:@@details.recovering:Toygres is starting it again.`,
  openHealth: $localize`:@@details.openHealth:Open Health`,
  hiddenPassword: $localize`:@@details.hiddenPassword:hidden password`,
  show: $localize`:@@details.show:Show`,
  hide: $localize`:@@details.hide:Hide`,
  openOperation: $localize`:@@details.openOperation:Open operation`,
};

/** What kinds of operations do. */
export const kindText: Readonly<Record<string, string>> = {
  create: $localize`:@@details.kindCreate:Create`,
  delete: $localize`:@@details.kindDelete:Delete`,
  recover: $localize`:@@details.kindRecover:Recover`,
};
