import type { Capabilities, NewInstance, NewSeries } from '#sdk';
import { parseTag } from '../tag';
import { fittingChoice, type ImageChoice, imageOf } from './image-choice';

/** What the form holds. */
export interface InstanceDraft {
  /** Of several, what their names begin with. */
  readonly name: string;
  /** How many; null while the field is empty. */
  readonly count: number | null;
  readonly password: string;
  /** Of several: whether all have that password; else each gets one of its own. */
  readonly samePassword: boolean;
  readonly version: string;
  readonly image: ImageChoice;
  /** Null while the field is empty. */
  readonly storageGb: number | null;
  readonly network: 'public' | 'internal';
  readonly namespace: string;
  /** As they are typed, "key: value". */
  readonly tags: readonly string[];
  readonly protected: boolean;
}

/** Why this installation can't give public addresses; undefined when it can. */
export function loadBalancerRefusal({ unsupported }: Capabilities): string | undefined {
  return unsupported.find(({ feature }) => feature === 'load_balancer')?.reason;
}

/** The draft with what this installation does not offer replaced by what it offers first. */
export function fitting(draft: InstanceDraft, offer: Capabilities): InstanceDraft {
  const { versions, namespaces, storage } = offer;
  const version = versions.some(({ major }) => major === draft.version)
    ? draft.version
    : ((versions.find(({ latest }) => latest) ?? versions[0])?.major ?? '');
  return {
    ...draft,
    version,
    image: fittingChoice(draft.image, offer, version),
    storageGb: draft.storageGb ?? storage.minimum_gb,
    network: loadBalancerRefusal(offer) === undefined ? draft.network : 'internal',
    namespace: namespaces.includes(draft.namespace) ? draft.namespace : (namespaces[0] ?? ''),
  };
}

/** What is sent. */
export function requestOf(draft: InstanceDraft): NewInstance {
  const tags = draft.tags.map(parseTag).filter((tag) => tag !== undefined);
  return {
    name: draft.name,
    password: draft.password,
    postgres_version: draft.version,
    ...imageOf(draft.image),
    storage_size_gb: draft.storageGb ?? 0,
    use_load_balancer: draft.network === 'public',
    namespace: draft.namespace,
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    deletion_protection: draft.protected,
  };
}

/** What is sent for several. */
export function seriesOf(draft: InstanceDraft): NewSeries {
  const { name: baseName, password, ...rest } = requestOf(draft);
  return { baseName, count: draft.count ?? 1, template: draft.samePassword ? { password, ...rest } : rest };
}

const KEY = 'toygres.create';

/** The form as it is before anything is chosen. */
const EMPTY: InstanceDraft = {
  name: '',
  count: 1,
  password: '',
  samePassword: false,
  version: '',
  image: 'stock',
  storageGb: null,
  network: 'public',
  namespace: '',
  tags: [],
  protected: true,
};

/** The form as it was before the page was loaded anew. The password is never stored. */
export function restoreDraft(): InstanceDraft {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<InstanceDraft>;
    return { ...EMPTY, ...stored };
  } catch {
    return EMPTY;
  }
}

export function storeDraft({ password: _, ...rest }: InstanceDraft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(rest));
  } catch {
    // Where storage is forbidden, a reload begins anew.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
