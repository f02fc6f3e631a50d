import type { NameAvailability } from '#sdk';

/** Words of the form for a new instance. */
export const createText = {
  title: $localize`:@@create.title:Create instance`,
  back: $localize`:@@create.back:Instances`,
  nameAndPassword: $localize`:@@create.nameAndPassword:Name and password`,
  name: $localize`:@@create.name:Name`,
  nameHint: $localize`:@@create.nameHint:3 to 63 characters: lower-case letters, digits and hyphens, starting with a letter.`,
  baseHint: (last: string) =>
    $localize`:@@create.baseHint:Every name begins with this and ends in a number, up to ${last}:last:.`,
  howMany: $localize`:@@create.howMany:How many`,
  countRange: (most: string) => $localize`:@@create.countRange:Choose 1 to ${most}:most:, in whole numbers.`,
  names: $localize`:@@create.names:Names`,
  namesTo: (first: string, last: string) => $localize`:@@create.namesTo:${first}:first: to ${last}:last:`,
  othersGoOn: $localize`:@@create.othersGoOn:What is taken fails, and the others are created.`,
  checking: $localize`:@@create.checking:Checking`,
  available: $localize`:@@create.available:Available`,
  taken: $localize`:@@create.taken:Taken`,
  notAllowed: $localize`:@@create.notAllowed:Not allowed`,
  dnsName: $localize`:@@create.dnsName:DNS name`,
  address: $localize`:@@create.address:Address`,
  localAddress: $localize`:@@create.localAddress:This machine, at a port of its own. The port is known when the instance runs.`,
  clusterAddress: $localize`:@@create.clusterAddress:Inside the cluster, under the instance's own name.`,
  anyName: $localize`:@@create.anyName:name`,
  password: $localize`:@@create.password:Password for user postgres`,
  samePassword: $localize`:@@create.samePassword:The same for all`,
  ownPasswords: $localize`:@@create.ownPasswords:Each instance gets a password of its own, which its page has.`,
  thePassword: $localize`:@@create.thePassword:password`,
  showPassword: $localize`:@@create.showPassword:Show password`,
  hidePassword: $localize`:@@create.hidePassword:Hide password`,
  generate: $localize`:@@create.generate:Generate`,
  generated: $localize`:@@create.generated:A new password was generated.`,
  passwordRules: $localize`:@@create.passwordRules:Rules for the password`,
  met: $localize`:@@create.met:met:`,
  unmet: $localize`:@@create.unmet:not met:`,
  strength: $localize`:@@create.strength:Strength of the password`,
  weak: $localize`:@@create.weak:Weak`,
  fair: $localize`:@@create.fair:Fair`,
  good: $localize`:@@create.good:Good`,
  strong: $localize`:@@create.strong:Strong`,
  postgres: $localize`:@@create.postgres:PostgreSQL`,
  version: $localize`:@@create.version:Version`,
  latest: $localize`:@@create.latest:Latest`,
  until: (month: string) => $localize`:@@create.until:Until ${month}:month:`,
  image: $localize`:@@create.image:Image`,
  officialImage: $localize`:@@create.officialImage:Official PostgreSQL image`,
  officialImageHint: $localize`:@@create.officialImageHint:Moves on to new minor releases with this installation.`,
  durableImage: $localize`:@@create.durableImage:pg_durable`,
  durableImageHint: $localize`:@@create.durableImageHint:Runs durable functions: SQL that survives restarts, step by step.`,
  storage: $localize`:@@create.storage:Storage`,
  storageSlider: $localize`:@@create.storageSlider:Storage in GB, coarse`,
  storageHint: $localize`:@@create.storageHint:The size of the volume. Data, indexes and the write-ahead log share it.`,
  gigabytes: (count: string) => $localize`:@@create.gigabytes:${count}:count: GB`,
  gb: $localize`:@@create.gb:GB`,
  storageRange: (minimum: string, maximum: string) =>
    $localize`:@@create.storageRange:Choose ${minimum}:minimum: to ${maximum}:maximum: GB, in whole numbers.`,
  networking: $localize`:@@create.networking:Networking`,
  publicAddress: $localize`:@@create.publicAddress:Public address`,
  publicAddressHint: $localize`:@@create.publicAddressHint:Reachable from outside the cluster through a load balancer.`,
  internalOnly: $localize`:@@create.internalOnly:Internal only`,
  internalHint: $localize`:@@create.internalHint:Reachable only inside the cluster (ClusterIP).`,
  internalHintLocal: $localize`:@@create.internalHintLocal:Reachable only from this machine.`,
  noLoadBalancerLocal: $localize`:@@create.noLoadBalancerLocal:Not here: instances listen on this machine only, and there is no load balancer.`,
  advanced: $localize`:@@create.advanced:Advanced`,
  optional: $localize`:@@create.optional:optional`,
  namespace: $localize`:@@create.namespace:Namespace`,
  tags: $localize`:@@create.tags:Tags`,
  tagPlaceholder: $localize`:@@create.tagPlaceholder:key: value`,
  tagHint: $localize`:@@create.tagHint:Enter ends a tag. Tags become Kubernetes labels.`,
  removeTag: (tag: string) => $localize`:@@create.removeTag:Remove tag ${tag}:tag:`,
  protection: $localize`:@@create.protection:Deletion protection`,
  protectionHint: $localize`:@@create.protectionHint:Nobody can delete the instance until this is turned off.`,
  on: $localize`:@@create.on:On`,
  off: $localize`:@@create.off:Off`,
  summary: $localize`:@@create.summary:Summary`,
  nameMissing: $localize`:@@create.nameMissing:not chosen yet`,
  postgresOf: (major: string) => $localize`:@@create.postgresOf:PostgreSQL ${major}:major:`,
  network: $localize`:@@create.network:Network`,
  estimatedCost: $localize`:@@create.estimatedCost:Estimated cost`,
  perMonth: $localize`:@@create.perMonth:per month`,
  instanceCost: $localize`:@@create.instanceCost:Instance`,
  storageCost: (size: string, price: string) =>
    $localize`:@@create.storageCost:Storage, ${size}:size: × ${price}:price:`,
  ofMany: (label: string, count: string) => $localize`:@@create.ofMany:${label}:label: × ${count}:count:`,
  oneFault: $localize`:@@create.oneFault:One field needs a change:`,
  faults: (count: string) => $localize`:@@create.faults:${count}:count: fields need a change:`,
  submit: $localize`:@@create.submit:Create instance`,
  submitMany: (count: string) => $localize`:@@create.submitMany:Create ${count}:count: instances`,
  submitting: $localize`:@@create.submitting:Creating…`,
  cancel: $localize`:@@create.cancel:Cancel`,
  usually: (time: string) => $localize`:@@create.usually:Usually ready in ${time}:time:`,
  noneCreated: $localize`:@@create.noneCreated:No instance was created.`,
  notCreated: $localize`:@@create.notCreated:The instance was not created.`,
};

/** What a rule asks for, in a few words, for the list that ticks. A rule without words here is shown by its message. */
export const ruleLabel: Readonly<Record<string, string>> = {
  password_length: $localize`:@@create.rule.password_length:12 to 128 characters`,
  password_printable: $localize`:@@create.rule.password_printable:Printable characters only`,
  password_upper: $localize`:@@create.rule.password_upper:An upper-case letter`,
  password_lower: $localize`:@@create.rule.password_lower:A lower-case letter`,
  password_digit: $localize`:@@create.rule.password_digit:A digit`,
  password_contains_name: $localize`:@@create.rule.password_contains_name:Does not contain the name`,
};

/** What is wrong, by the code of the rule or of the API. For other codes the message says it, as the API words it. */
const faultText: Readonly<Record<string, string>> = {
  name_length: $localize`:@@create.fault.name_length:The name must have 3 to 63 characters.`,
  name_characters: $localize`:@@create.fault.name_characters:The name must begin with a lower-case letter, go on with lower-case letters, digits and hyphens, and end with a letter or digit.`,
  name_punycode: $localize`:@@create.fault.name_punycode:The name must not begin with "xn--", which DNS keeps for international names.`,
  name_uuid: $localize`:@@create.fault.name_uuid:The name must not have the form of a UUID, because ids of instances have it.`,
  password_length: $localize`:@@create.fault.password_length:The password must have 12 to 128 characters.`,
  password_printable: $localize`:@@create.fault.password_printable:The password must be made of printable characters.`,
  password_upper: $localize`:@@create.fault.password_upper:The password must contain an upper-case letter.`,
  password_lower: $localize`:@@create.fault.password_lower:The password must contain a lower-case letter.`,
  password_digit: $localize`:@@create.fault.password_digit:The password must contain a digit.`,
  password_contains_name: $localize`:@@create.fault.password_contains_name:The password must not contain the name of the instance.`,
  tag_form: $localize`:@@create.fault.tag_form:Write a tag as key: value.`,
  tag_key: $localize`:@@create.fault.tag_key:A tag key must have 1 to 63 letters, digits, hyphens, underscores and dots, and begin and end with a letter or digit.`,
  tag_value: $localize`:@@create.fault.tag_value:A tag value must have at most 63 letters, digits, hyphens, underscores and dots, and begin and end with a letter or digit.`,
  tag_twice: $localize`:@@create.fault.tag_twice:Each key may be there only once.`,
  too_many_tags: $localize`:@@create.fault.too_many_tags:An instance has at most 50 tags.`,
};

type NameCode = NonNullable<NameAvailability['code']>;
type Words = (name: string) => string;

/** What holds a name, by the code of the API. */
const holderText: Readonly<Record<Extract<NameCode, `name_held_by_${string}`>, Words>> = {
  name_held_by_creating: (name) =>
    $localize`:@@create.held.creating:The name "${name}:name:" is held by an instance that is being created.`,
  name_held_by_running: (name) =>
    $localize`:@@create.held.running:The name "${name}:name:" is held by a running instance.`,
  name_held_by_stopping: (name) =>
    $localize`:@@create.held.stopping:The name "${name}:name:" is held by an instance that is being stopped.`,
  name_held_by_stopped: (name) =>
    $localize`:@@create.held.stopped:The name "${name}:name:" is held by a stopped instance.`,
  name_held_by_starting: (name) =>
    $localize`:@@create.held.starting:The name "${name}:name:" is held by an instance that is being started.`,
  name_held_by_restarting: (name) =>
    $localize`:@@create.held.restarting:The name "${name}:name:" is held by an instance that is being restarted.`,
  name_held_by_failed: (name) =>
    $localize`:@@create.held.failed:The name "${name}:name:" is held by a failed instance; delete it to free the name.`,
  name_held_by_deleting: (name) =>
    $localize`:@@create.held.deleting:The name "${name}:name:" is held by an instance that is being deleted; it keeps its name until it is purged.`,
  name_held_by_deleted: (name) =>
    $localize`:@@create.held.deleted:The name "${name}:name:" is held by a deleted instance that can still be brought back; purge it to free the name.`,
  name_held_by_purging: (name) =>
    $localize`:@@create.held.purging:The name "${name}:name:" is held by an instance that is being purged; the name is free when its volume is gone.`,
};

/** The sentence for a name that can't be had. */
export function nameRefusal({ name, code, reason }: NameAvailability): string {
  const known: Readonly<Partial<Record<string, Words>>> = holderText;
  const words = known[code ?? ''];
  return words ? words(name) : faultSentence({ code: code ?? '', message: reason ?? '' });
}

/** The sentence for a fault. */
export function faultSentence({ code, message }: { readonly code: string; readonly message: string }): string {
  return faultText[code] ?? message;
}
