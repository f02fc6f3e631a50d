export const dashboardText = {
  create: $localize`:@@dashboard.create:Create instance`,
  createShort: $localize`:@@dashboard.createShort:Create`,
  totalOne: $localize`:@@dashboard.totalOne:One instance.`,
  total: (count: string) => $localize`:@@dashboard.total:${count}:count: instances.`,
  allWell: $localize`:@@dashboard.allWell:Nothing needs attention.`,
  failedOne: $localize`:@@dashboard.failedOne:One failed`,
  failedMany: (count: string) => $localize`:@@dashboard.failedMany:${count}:count: failed`,
  unhealthyOne: $localize`:@@dashboard.unhealthyOne:One is unhealthy`,
  unhealthyMany: (count: string) => $localize`:@@dashboard.unhealthyMany:${count}:count: are unhealthy`,
  andUnhealthyOne: $localize`:@@dashboard.andUnhealthyOne:one is unhealthy`,
  sentence: (part: string) => $localize`:@@dashboard.sentence:${part}:part:.`,
  both: (failed: string, unhealthy: string) =>
    $localize`:@@dashboard.both:${failed}:failed: and ${unhealthy}:unhealthy:.`,

  counts: $localize`:@@dashboard.counts:Instances by state`,
  healthy: (count: string) => $localize`:@@dashboard.healthy:${count}:count: healthy`,
  unhealthy: (count: string) => $localize`:@@dashboard.unhealthy:${count}:count: unhealthy`,
  unchecked: (count: string) => $localize`:@@dashboard.unchecked:${count}:count: not checked`,
  usually: (duration: string) => $localize`:@@dashboard.usually:usually ${duration}:duration:`,
  ofRunning: (count: string) => $localize`:@@dashboard.ofRunning:of ${count}:count: running`,
  none: $localize`:@@dashboard.none:none`,
  latest: (when: string) => $localize`:@@dashboard.latest:last ${when}:when:`,
  bringBack: $localize`:@@dashboard.bringBack:can be brought back`,
  dataKept: $localize`:@@dashboard.dataKept:data and address kept`,

  attention: $localize`:@@dashboard.attention:Needs attention`,
  attentionNone: $localize`:@@dashboard.attentionNone:Every running instance answers, and nothing failed.`,
  attentionUnread: $localize`:@@dashboard.attentionUnread:Which instances are unhealthy could not be read.`,
  attentionMore: (count: string) => $localize`:@@dashboard.attentionMore:${count}:count: more need attention`,
  reasonUnknown: $localize`:@@dashboard.reasonUnknown:No reason is known.`,
  checked: (when: string) => $localize`:@@dashboard.checked:checked ${when}:when:`,

  findings: $localize`:@@dashboard.findings:Findings`,
  findingOne: $localize`:@@dashboard.findingOne:One thing differs from what is recorded`,
  findingsMany: (count: string) =>
    $localize`:@@dashboard.findingsMany:${count}:count: things differ from what is recorded`,

  progress: $localize`:@@dashboard.progress:In progress`,
  progressNone: $localize`:@@dashboard.progressNone:No instance is being created, started, stopped, deleted or recovered.`,
  allOperations: $localize`:@@dashboard.allOperations:All operations`,
  elapsedOf: (elapsed: string, usual: string) =>
    $localize`:@@dashboard.elapsedOf:${elapsed}:elapsed: of about ${usual}:usual:`,
  elapsedLate: (elapsed: string, usual: string) =>
    $localize`:@@dashboard.elapsedLate:${elapsed}:elapsed:, usually ${usual}:usual:`,
  step: (doing: string, number: string, total: string, title: string) =>
    $localize`:@@dashboard.step:${doing}:doing:, step ${number}:number: of ${total}:total:: ${title}:title:`,
  undoing: (title: string) => $localize`:@@dashboard.undoing:Undoing: ${title}:title:`,
  queued: (doing: string) => $localize`:@@dashboard.queued:${doing}:doing:, waits for its turn`,
  progressOf: (instance: string) => $localize`:@@dashboard.progressOf:Progress of ${instance}:instance:`,
  progressMore: (count: string) => $localize`:@@dashboard.progressMore:${count}:count: more in progress`,

  health: $localize`:@@dashboard.health:Fleet health`,
  lastDay: $localize`:@@dashboard.lastDay:last 24 hours`,
  legendHealthy: $localize`:@@dashboard.legendHealthy:Healthy`,
  legendUnhealthy: $localize`:@@dashboard.legendUnhealthy:Unhealthy`,
  showTable: $localize`:@@dashboard.showTable:Show as table`,
  showChart: $localize`:@@dashboard.showChart:Show as chart`,
  noChecks: $localize`:@@dashboard.noChecks:No instance has been checked in the last 24 hours.`,
  allGood: (checks: string) => $localize`:@@dashboard.allGood:All ${checks}:checks: health checks were good.`,
  someBad: (percent: string, checks: string, time: string, worst: string) =>
    $localize`:@@dashboard.someBad:${percent}:percent: of ${checks}:checks: health checks were good. The worst quarter of an hour began at ${time}:time:, with ${worst}:worst:.`,
  checks: $localize`:@@dashboard.checks:Checks`,
  good: $localize`:@@dashboard.good:Good`,
  median: $localize`:@@dashboard.median:Median`,
  span: (from: string, to: string) => $localize`:@@dashboard.span:${from}:from: to ${to}:to:`,
  now: $localize`:@@dashboard.now:now`,

  recent: $localize`:@@dashboard.recent:Recent instances`,
  allInstances: $localize`:@@dashboard.allInstances:All instances`,
  name: $localize`:@@dashboard.name:Name`,
  state: $localize`:@@dashboard.state:State`,
  healthColumn: $localize`:@@dashboard.healthColumn:Health`,
  created: $localize`:@@dashboard.created:Created`,
  actions: $localize`:@@dashboard.actions:Actions`,
  makeup: (version: string, size: string) =>
    $localize`:@@dashboard.makeup:PostgreSQL ${version}:version: · ${size}:size:`,

  capacity: $localize`:@@dashboard.capacity:Capacity`,
  ports: $localize`:@@dashboard.ports:Ports`,
  disk: $localize`:@@dashboard.disk:Disk`,
  promised: $localize`:@@dashboard.promised:Storage promised`,
  usedOf: (used: string, total: string) => $localize`:@@dashboard.usedOf:${used}:used: of ${total}:total:`,
  portsNone: $localize`:@@dashboard.portsNone:No port is left: no instance can be created until one is deleted.`,
  portsOne: $localize`:@@dashboard.portsOne:Room for one more instance.`,
  portsFew: (count: string) => $localize`:@@dashboard.portsFew:Room for ${count}:count: more instances.`,
  diskFew: (free: string) =>
    $localize`:@@dashboard.diskFew:${free}:free: left. On a full disk, instances stop taking writes.`,
  promisedMost: $localize`:@@dashboard.promisedMost:Almost the whole disk is promised to instances.`,
  promisedTooMuch: $localize`:@@dashboard.promisedTooMuch:More is promised than the disk holds: not every instance can fill its volume.`,

  latency: $localize`:@@dashboard.latency:Time to create`,
  samples: (count: string) => $localize`:@@dashboard.samples:last ${count}:count:`,
  p50Hint: $localize`:@@dashboard.p50Hint:half of all (p50)`,
  p95Hint: $localize`:@@dashboard.p95Hint:19 of 20 (p95)`,
  stageHint: $localize`:@@dashboard.stageHint:Median time of each stage`,
};

export const firstRunText = {
  title: $localize`:@@dashboard.firstTitle:Your PostgreSQL, in under a minute`,
  leadLocal: $localize`:@@dashboard.firstLeadLocal:Toygres runs managed PostgreSQL on your own machine: it creates instances, watches their health and keeps them reachable.`,
  leadCluster: $localize`:@@dashboard.firstLeadCluster:Toygres runs managed PostgreSQL on your own cluster: it creates instances, watches their health and keeps them reachable.`,
  create: $localize`:@@dashboard.firstCreate:Create your first instance`,
  docs: $localize`:@@dashboard.firstDocs:Read the API docs`,
  steps: [
    {
      title: $localize`:@@dashboard.stepName:Give it a name`,
      hint: $localize`:@@dashboard.stepNameHint:The name becomes its DNS name. A strong password is made for you.`,
    },
    {
      title: $localize`:@@dashboard.stepWatch:Watch it start`,
      hint: $localize`:@@dashboard.stepWatchHint:Every step is shown with its time.`,
    },
    {
      title: $localize`:@@dashboard.stepConnect:Connect`,
      hint: $localize`:@@dashboard.stepConnectHint:Copy the command, or take a snippet for your language.`,
    },
  ],
  usually: (duration: string) => $localize`:@@dashboard.stepUsually:Usually ready in ${duration}:duration:.`,
  sample: $localize`:@@dashboard.sample:What connecting will look like`,
  ready: $localize`:@@dashboard.ready:Whether the system is ready`,
  server: $localize`:@@dashboard.readyServer:Server ready`,
  dataPlane: $localize`:@@dashboard.readyDataPlane:Data plane reachable`,
  serverFailing: (reason: string) => $localize`:@@dashboard.serverFailing:Server not ready: ${reason}:reason:`,
  dataPlaneFailing: (reason: string) =>
    $localize`:@@dashboard.dataPlaneFailing:Data plane not ready: ${reason}:reason:`,
  noReason: $localize`:@@dashboard.readyNoReason:no reason is known`,
  version: (version: string) => $localize`:@@dashboard.readyVersion:PostgreSQL ${version}:version: available`,
  versions: (from: string, to: string) =>
    $localize`:@@dashboard.readyVersions:PostgreSQL ${from}:from: to ${to}:to: available`,
  free: (bytes: string) => $localize`:@@dashboard.readyFree:${bytes}:bytes: free`,
  fine: $localize`:@@dashboard.readyFine:fine`,
  failing: $localize`:@@dashboard.readyFailing:failing`,
};
