import type { Finding } from '#sdk';

export const findingsText = {
  lead: $localize`:@@findings.lead:Where what is there differs from what is recorded`,
  sections: $localize`:@@findings.sections:Findings by state`,
  open: $localize`:@@findings.open:Open`,
  resolved: $localize`:@@findings.resolved:Resolved`,
  list: $localize`:@@findings.list:Findings`,
  check: $localize`:@@findings.check:Check now`,
  checking: $localize`:@@findings.checking:Checking`,
  agreed: (time: string) => $localize`:@@findings.agreed:Record and reality agree, as of ${time}:time:.`,
  differsOne: (time: string) =>
    $localize`:@@findings.differsOne:One difference, as of ${time}:time:. If it is new, the next regular comparison lists it.`,
  differs: (count: string, time: string) =>
    $localize`:@@findings.differs:${count}:count: differences, as of ${time}:time:. What is new is listed by the next regular comparison.`,
  emptyTitle: $localize`:@@findings.emptyTitle:Record and reality agree`,
  emptyHint: $localize`:@@findings.emptyHint:Toygres compares regularly what is recorded with what is there. What differs is listed here, with what is done about it.`,
  noneResolved: $localize`:@@findings.noneResolved:Nothing was resolved yet`,
  noneResolvedHint: $localize`:@@findings.noneResolvedHint:What was repaired, or is gone by itself, is kept here for 90 days.`,
  of: $localize`:@@findings.of:of`,
  noInstance: $localize`:@@findings.noInstance:no instance is known`,
  made: $localize`:@@findings.made:made`,
  found: $localize`:@@findings.found:found`,
  pid: (pid: string) => $localize`:@@findings.pid:Process ${pid}:pid:`,
  port: (port: string) => $localize`:@@findings.port:Port ${port}:port:`,
  onRequest: $localize`:@@findings.onRequest:It stays until somebody has it removed.`,
  outOfNothing: $localize`:@@findings.outOfNothing:It can’t be made out of nothing. Bring it back, from a backup for example, or purge the instance.`,
  started: $localize`:@@findings.started:Toygres starts it by itself.`,
  stopped: $localize`:@@findings.stopped:Toygres stops it by itself. Its data are kept.`,
  rewritten: $localize`:@@findings.rewritten:Toygres writes it again by itself, and the server reads it.`,
  beingRepaired: $localize`:@@findings.beingRepaired:Being repaired`,
  beingRemoved: $localize`:@@findings.beingRemoved:Being removed`,
  repaired: $localize`:@@findings.repaired:Repaired`,
  removed: $localize`:@@findings.removed:Removed`,
  gone: $localize`:@@findings.gone:Gone by itself`,
  failed: (error: string) => $localize`:@@findings.failed:The last try failed: ${error}:error:`,
  remove: $localize`:@@findings.remove:Remove…`,
  removeOf: (what: string) => $localize`:@@findings.removeOf:Remove: ${what}:what:`,
  repairNow: $localize`:@@findings.repairNow:Repair now`,
  repairOf: (what: string) => $localize`:@@findings.repairOf:Repair now: ${what}:what:`,
  saidRemove: $localize`:@@findings.saidRemove:It is being removed.`,
  saidRepair: $localize`:@@findings.saidRepair:It is being repaired.`,
};

/** What the question before a removal says. */
export const removeText = {
  title: $localize`:@@findings.removeTitle:Remove this for good?`,
  everythingOf: (name: string) =>
    $localize`:@@findings.everythingOf:Everything that is left of ${name}:name: is removed: data, server and port, as far as they are there.`,
  everythingLabelled: (label: string) =>
    $localize`:@@findings.everythingLabelled:Everything that is labelled ${label}:label: is removed: data, server and port, as far as they are there.`,
  portOnly: $localize`:@@findings.portOnly:The port becomes free for other instances. Nothing else is removed.`,
  noWayBack: $localize`:@@findings.noWayBack:There is no other copy in Toygres, and no way back.`,
  submit: $localize`:@@findings.removeSubmit:Remove for good`,
  keep: $localize`:@@findings.keep:Keep it`,
};

type Kind = Finding['resource_kind'];

const titles: Readonly<Record<Finding['code'], Readonly<Record<Kind, string>>>> = (() => {
  const drifted = $localize`:@@findings.drifted:What Toygres has written was changed`;
  const missingConfiguration = $localize`:@@findings.missingConfiguration:A generated file is missing`;
  const unknownServer = $localize`:@@findings.unknownProcess:A server that belongs to no instance`;
  const leftServer = $localize`:@@findings.leftProcess:A server that should not run`;
  const leftData = $localize`:@@findings.leftDirectory:Data of an instance that should have none`;
  const missingServer = $localize`:@@findings.missingProcess:The server should run, and does not`;
  const unknownFile = $localize`:@@findings.unknownConfiguration:A file that belongs to no instance`;
  return {
    unknown_resource: {
      directory: $localize`:@@findings.unknownDirectory:A data directory that belongs to no instance`,
      process: unknownServer,
      port: $localize`:@@findings.unknownPort:A port that is kept for no instance`,
      claim: $localize`:@@findings.unknownClaim:A volume that belongs to no instance`,
      pod: unknownServer,
      service: $localize`:@@findings.unknownService:An address that belongs to no instance`,
      object: $localize`:@@findings.unknownObject:An object in the cluster that belongs to no instance`,
      configuration: unknownFile,
    },
    left_over: {
      directory: leftData,
      process: leftServer,
      port: $localize`:@@findings.leftPort:A port that is kept for an instance without data`,
      claim: leftData,
      pod: leftServer,
      service: $localize`:@@findings.leftService:An address of an instance without data`,
      object: $localize`:@@findings.leftObject:An object in the cluster, of an instance without data`,
      configuration: unknownFile,
    },
    missing_resource: {
      directory: $localize`:@@findings.missingDirectory:The data directory is missing`,
      process: missingServer,
      port: $localize`:@@findings.missingPort:The port is not kept any more`,
      claim: $localize`:@@findings.missingClaim:The volume is missing`,
      pod: missingServer,
      service: $localize`:@@findings.missingService:The address is missing`,
      object: missingConfiguration,
      configuration: missingConfiguration,
    },
    drifted: {
      directory: drifted,
      process: drifted,
      port: drifted,
      claim: drifted,
      pod: drifted,
      service: drifted,
      object: drifted,
      configuration: drifted,
    },
  };
})();

/** "A server that should not run" */
export const findingTitle = ({ code, resource_kind: kind }: Finding): string => titles[code][kind];
