export const imagesText = {
  lead: $localize`:@@images.lead:What instances can be made of instead of the official PostgreSQL images`,
  register: $localize`:@@images.register:Register image`,
  list: $localize`:@@images.list:Runtime images`,
  search: $localize`:@@images.search:Search images`,
  notOffered: $localize`:@@images.notOffered:Not offered here`,
  notOfferedLocal: $localize`:@@images.notOfferedLocal:Instances of the local data plane are processes of this machine, made of its own PostgreSQL programs. Images are for a cluster: TOYGRES_DATA_PLANE=kubernetes.`,
  noRegistry: $localize`:@@images.noRegistry:No registry is allowed`,
  noRegistryHint: $localize`:@@images.noRegistryHint:Images come only from registries that are trusted. Whoever runs Toygres names them in TOYGRES_IMAGE_REGISTRIES, for example registry.example.com.`,
  emptyTitle: $localize`:@@images.emptyTitle:No image is registered yet`,
  emptyHint: $localize`:@@images.emptyHint:An image brings extensions that the official one lacks. It is deployed by its digest, so that what an instance runs changes only when somebody wants that.`,
  noMatchTitle: $localize`:@@images.noMatchTitle:No image matches`,
  noMatchHint: $localize`:@@images.noMatchHint:Neither a name nor a reference holds what you search for.`,
  clear: $localize`:@@images.clear:Clear the search`,
  postgres: (major: string) => $localize`:@@images.postgres:PostgreSQL ${major}:major:`,
  digest: $localize`:@@images.digest:digest`,
  unused: $localize`:@@images.unused:not used`,
  usedByOne: $localize`:@@images.usedByOne:used by one instance`,
  usedBy: (count: string) => $localize`:@@images.usedBy:used by ${count}:count: instances`,
  registered: $localize`:@@images.registered:registered`,
  remove: $localize`:@@images.remove:Remove…`,
  removeOf: (name: string) => $localize`:@@images.removeOf:Remove ${name}:name:`,
  saidRemoved: (name: string) => $localize`:@@images.saidRemoved:${name}:name: was removed from the catalogue.`,
  saidRegistered: (name: string) =>
    $localize`:@@images.saidRegistered:${name}:name: is registered. New instances can be made of it.`,
};

/** What the question before a removal says. */
export const removeImageText = {
  title: (name: string) => $localize`:@@images.removeTitle:Remove ${name}:name: from the catalogue?`,
  meaning: $localize`:@@images.removeMeaning:No further instance can be made of it. In its registry it stays as it is.`,
  inUseOne: $localize`:@@images.inUseOne:One instance is made of it. It can be removed when that is purged; a deleted instance may still come back.`,
  inUse: (count: string) =>
    $localize`:@@images.inUse:${count}:count: instances are made of it. It can be removed when these are purged; a deleted instance may still come back.`,
  submit: $localize`:@@images.removeSubmit:Remove`,
  keep: $localize`:@@images.removeKeep:Keep it`,
};

/** Words of the form for an image. */
export const registerText = {
  title: $localize`:@@images.registerTitle:Register an image`,
  name: $localize`:@@images.name:Name`,
  nameHint: $localize`:@@images.nameHint:What people choose it by, for example postgis-18.`,
  reference: $localize`:@@images.reference:Image`,
  referenceHint: (registries: string) =>
    $localize`:@@images.referenceHint:Registry, path and tag. Allowed registries: ${registries}:registries:.`,
  full: (reference: string) => $localize`:@@images.full:In full: ${reference}:reference:`,
  digestLabel: $localize`:@@images.digestLabel:Digest`,
  digestHint: $localize`:@@images.digestHint:What is deployed, whatever becomes of the tag.`,
  version: $localize`:@@images.version:PostgreSQL version that it holds`,
  description: $localize`:@@images.description:Description`,
  optional: $localize`:@@images.optional:optional`,
  built: $localize`:@@images.built:It has to be built on the official Debian image, and is always set up as that is.`,
  submit: $localize`:@@images.submit:Register`,
  submitting: $localize`:@@images.submitting:Registering…`,
  cancel: $localize`:@@images.cancel:Cancel`,
  registryNotAllowed: (registry: string, allowed: string) =>
    $localize`:@@images.registryNotAllowed:Images may not come from ${registry}:registry:. Allowed: ${allowed}:allowed:.`,
  tooLong: $localize`:@@images.tooLong:At most 500 characters.`,
};

/** What is wrong, by the code of the rule or of the API. For other codes the message says it, as the API words it. */
const faultText: Readonly<Record<string, string>> = {
  name_length: $localize`:@@images.fault.name_length:The name must have 3 to 63 characters.`,
  name_characters: $localize`:@@images.fault.name_characters:The name must begin with a lower-case letter, go on with lower-case letters, digits and hyphens, and end with a letter or digit.`,
  name_punycode: $localize`:@@images.fault.name_punycode:The name must not begin with "xn--".`,
  name_uuid: $localize`:@@images.fault.name_uuid:The name must not have the form of a UUID.`,
  image_name_taken: $localize`:@@images.fault.image_name_taken:There is an image of this name already. Choose another name, or remove that one first.`,
  image_digest_apart: $localize`:@@images.fault.image_digest_apart:Give what follows the @ as the digest, in its own field.`,
  image_reference_form: $localize`:@@images.fault.image_reference_form:Write it as registry/path:tag, for example registry.example.com/team/postgres:18.1, with the path in lower case.`,
  image_digest_form: $localize`:@@images.fault.image_digest_form:A digest is sha256: and 64 lower-case hexadecimal digits.`,
};

/** The sentence for a fault. */
export const faultOf = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  faultText[code] ?? message;
