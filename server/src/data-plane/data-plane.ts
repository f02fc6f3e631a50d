import { DomainError } from '../platform/errors/domain-error.js';

/**
 * How a server is set up. `stock`: as the official image is. `pg_durable`: for the background worker of that extension. It is built in; no image
 * that somebody registers is ever set up like that.
 */
export const IMAGE_TYPES = ['stock', 'pg_durable'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** What a data plane is told to make room for. */
export interface InstancePlan {
  /** UUID of the instance: the label by which everything that belongs to it is found again. */
  readonly instanceId: string;
  /** Name of its resources, legal for Kubernetes, at most 52 characters; unique. */
  readonly k8sName: string;
  readonly namespace: string;
  /** Major version of PostgreSQL, e.g. "18". */
  readonly postgresVersion: string;
  /** Size of its volume, in GB (10^9 bytes). */
  readonly storageSizeGb: number;
  readonly useLoadBalancer: boolean;
  /** First part of its DNS name where a load balancer has one. */
  readonly dnsLabel: string;
  /** Of the people that own it; where resources bear labels, they bear these. */
  readonly tags: Readonly<Record<string, string>>;
  readonly imageType: ImageType;
  /** What it is made of, pinned: `docker.io/library/postgres:18.1@sha256:…`. Null: what the data plane has for the type and the version. */
  readonly image: string | null;
}

/** What a data plane is told to make. Secrets travel as SCRAM verifiers only: the plain password never reaches a data plane. */
export interface InstanceSpec extends InstancePlan {
  /** SCRAM-SHA-256 verifier of the superuser `postgres`. */
  readonly superuserVerifier: string;
  /** SCRAM-SHA-256 verifier of the monitoring role {@link MONITORING_ROLE}. */
  readonly monitoringVerifier: string;
}

/** Enough to find what belongs to an instance. */
export type InstanceRef = Pick<InstancePlan, 'instanceId' | 'k8sName' | 'namespace' | 'postgresVersion'>;

/** Name of the role that health checks log in as; a member of `pg_monitor`, never a superuser. */
export const MONITORING_ROLE = 'toygres_monitor';

/** Where clients connect. */
export interface Endpoint {
  /** Host name for people, e.g. `proddb.westus3.cloudapp.azure.com`, or `localhost`. */
  readonly host: string;
  /** IP address, or null while none is assigned. */
  readonly ip: string | null;
  readonly port: number;
}

/** How far something that takes long has come, as measured. */
export interface Progress {
  readonly done: number;
  /** Null when the end is not known. */
  readonly total: number | null;
  readonly unit: 'bytes' | 'replicas';
}

/** What is really there, as seen just now. */
export interface Observation {
  /** `absent`: nothing at all. `stopped`: data without a server. `exited`: it should run and doesn't. `running`: the server process is there. */
  readonly status: 'absent' | 'stopped' | 'exited' | 'running';
  /** Operating-system process id on the local data plane, else null. */
  readonly pid: number | null;
  /** What is wrong with it: why it is not running, or why one that runs can't go on. Null when nothing is, or nothing is known. */
  readonly fault: { readonly code: DataPlaneErrorCode; readonly reason: string } | null;
}

/** Data, server and address: on this machine, then on a cluster. `object` is whatever else there is. */
export const OWNED_RESOURCE_KINDS = ['directory', 'process', 'port', 'claim', 'pod', 'service', 'object'] as const;
export type OwnedResourceKind = (typeof OWNED_RESOURCE_KINDS)[number];

/** Something that carries our label, found by {@link DataPlane.list}. */
export interface OwnedResource {
  readonly instanceId: string;
  /** Empty where it is not known. */
  readonly k8sName: string;
  readonly kind: OwnedResourceKind;
  /** Path, pid, port, or name of the object; of an `object` with its kind, e.g. `ConfigMap/proddb-a1b2c3d4`. */
  readonly name: string;
}

/** What there is to say about a resource, as far as it can be found out. */
export interface Measure {
  readonly bytes: number | null;
  /** Since when it is there. */
  readonly since: Date | null;
}

/** A line of a server's log. */
export interface LogLine {
  /** When it was written; null when nobody knows. */
  readonly time: Date | null;
  /** As the server wrote it, without its line break; what is beyond some ten thousand characters is cut off. */
  readonly text: string;
  /** Where the line ends in the log, for {@link LogQuery.after}. It means something to its data plane alone. */
  readonly cursor: string;
}

export interface LogQuery {
  /** Begin with the last so many lines; there may be fewer of very long ones. */
  readonly tailLines: number;
  /** Leave out what was written before. */
  readonly since?: Date | undefined;
  /** Begin behind this line instead, and leave out nothing. One that is not known is overlooked. */
  readonly after?: string | undefined;
  /** Go on with what is written later, also by the servers that come after this one. */
  readonly follow?: boolean | undefined;
  /** What the server before the present one has written; that can't be followed. */
  readonly previous?: boolean | undefined;
}

/** There is nothing of a server before the present one. */
export class NoPreviousLogError extends DomainError {
  readonly code = 'no_previous_log';
}

export interface DataPlaneCapabilities {
  readonly dataPlane: string;
  readonly versions: readonly { readonly major: string; readonly release: string; readonly latest: boolean }[];
  readonly storage: { readonly minimumGb: number; readonly maximumGb: number };
  readonly namespaces: readonly string[];
  /** Regions that a load balancer's DNS name can lie in; empty on the local data plane. */
  readonly regions: readonly string[];
  /** Major versions that each type of image is offered of; a type that is not offered is left out. */
  readonly imageTypes: readonly { readonly type: ImageType; readonly versions: readonly string[] }[];
  /** What this data plane can't do, each with the reason that the API answers with. */
  readonly unsupported: readonly { readonly feature: string; readonly reason: string }[];
}

/** What is left to give away. A figure that is not known is null, never invented. */
export interface Capacity {
  readonly ports: { readonly used: number; readonly total: number } | null;
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
}

/** A failure of the data plane in plain words. `code` is in the catalogue, `docs/failures.md`. */
export class DataPlaneError extends DomainError {
  override readonly logLevel = 'warn';

  /**
   * @param code stable code, e.g. `port_in_use`
   * @param message one sentence for people
   * @param retryable false when trying again can't help
   * @param details what the server itself said, e.g. the tail of its log; null when it said nothing
   */
  constructor(
    readonly code: DataPlaneErrorCode,
    message: string,
    readonly retryable: boolean,
    readonly details: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What only a cluster can fail with. */
export const CLUSTER_ERROR_CODES = [
  'cluster_unreachable',
  'cluster_forbidden',
  'admission_refused',
  'quota_exceeded',
  'unschedulable',
  'volume_pending',
  'volume_node_conflict',
  'image_pull_failed',
  'out_of_memory',
  'evicted',
  'node_lost',
  'load_balancer_failed',
  'dns_label_taken',
] as const;

export const DATA_PLANE_ERROR_CODES = [
  'insufficient_capacity',
  'unsupported_version',
  'unsupported_platform',
  'initdb_failed',
  'disk_full',
  'port_in_use',
  'server_exited',
  'not_ready',
  'login_refused',
  'data_missing',
  'configure_failed',
  ...CLUSTER_ERROR_CODES,
] as const;
export type DataPlaneErrorCode = (typeof DATA_PLANE_ERROR_CODES)[number];

/**
 * The port that everything above drives instances through, in the words of the domain. Every method is idempotent and may be called again
 * after a crash at any point; every method that waits takes an `AbortSignal` and rejects with its reason. Adapters pass the one suite in
 * `data-plane.contract.ts`.
 *
 * Order of a create: admit, reserve, prepareVolume, configure, start, endpoint. Of a delete: stop, remove, observe = absent.
 */
export abstract class DataPlane {
  abstract capabilities(): Promise<DataPlaneCapabilities>;

  /** What is left, for the dashboard. */
  abstract capacity(): Promise<Capacity>;

  /**
   * Whether a further instance may be accepted, asked before anything is written.
   * @throws DataPlaneError `insufficient_capacity`, `unsupported_version`
   */
  abstract admit(plan: Pick<InstancePlan, 'postgresVersion' | 'storageSizeGb' | 'imageType' | 'image'>): Promise<void>;

  /** Takes what is scarce (a port; on Kubernetes nothing). @throws DataPlaneError `insufficient_capacity` */
  abstract reserve(plan: InstancePlan, signal: AbortSignal): Promise<void>;

  /** Makes the volume with an initialised data directory. @throws DataPlaneError `initdb_failed`, `disk_full`, `unsupported_version` */
  abstract prepareVolume(plan: InstancePlan, signal: AbortSignal): Promise<void>;

  /** Writes configuration, verifiers and the monitoring role. The server must not run. @throws DataPlaneError `configure_failed`, `data_missing` */
  abstract configure(spec: InstanceSpec, signal: AbortSignal): Promise<void>;

  /**
   * Starts the server, or finds it running, and resolves when it accepts connections, however long its recovery takes.
   * @param report is told how far that has come, about once a second
   * @throws DataPlaneError `server_exited` with the log tail, `port_in_use`, `not_ready`, `data_missing`
   */
  abstract start(plan: InstancePlan, signal: AbortSignal, report?: (progress: Progress) => void): Promise<void>;

  /** Where clients connect. @throws DataPlaneError `not_ready` while there is none; `dns_label_taken`, `load_balancer_failed` */
  abstract endpoint(plan: InstancePlan, signal: AbortSignal): Promise<Endpoint>;

  abstract observe(ref: InstanceRef): Promise<Observation>;

  /** Stops the server with a checkpoint and keeps data and endpoint. Does nothing when it doesn't run. */
  abstract stop(ref: InstanceRef, signal: AbortSignal): Promise<void>;

  /** Stops the server, keeps the data, and gives back whatever {@link start} can make again: what a deleted instance needs no more. */
  abstract release(ref: InstanceRef, signal: AbortSignal): Promise<void>;

  /** Removes everything that belongs to the instance, whatever state it is in, and resolves when it is gone. */
  abstract remove(ref: InstanceRef, signal: AbortSignal): Promise<void>;

  /**
   * Stops every server that lives and dies with this process, when the embedded default goes down. A data plane whose servers live
   * elsewhere does nothing.
   */
  abstract stopAll(signal: AbortSignal): Promise<void>;

  /** Everything that carries our label, with or without a row. */
  abstract list(): Promise<readonly OwnedResource[]>;

  /** How large a resource is and how old; both null when it is gone. */
  abstract measure(resource: OwnedResource): Promise<Measure>;

  /**
   * What belongs to no instance, together with all else under the same label. Does nothing when the label is another one by now: what Toygres
   * has not made is never removed.
   */
  abstract removeOwned(resource: OwnedResource, signal: AbortSignal): Promise<void>;

  /** What was applied to an instance that has data and is not so any more, by name, e.g. the path of a file. */
  abstract drift(plan: InstancePlan): Promise<readonly string[]>;

  /** Applies it again; a server that runs takes it over as far as it can without a restart. */
  abstract reapply(spec: InstanceSpec, signal: AbortSignal): Promise<void>;

  /**
   * The server's log, oldest line first; nothing when there is none. Resolves when it is known where it begins. Lines are read as they are
   * asked for. What is followed ends when the instance is removed, else with the signal, whose reason it throws.
   *
   * @throws NoPreviousLogError; DataPlaneError `cluster_unreachable`
   */
  abstract logs(ref: InstanceRef, query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;

  /**
   * Calls `changed` with an instance id whenever its server was seen to exit, until the signal aborts.
   * A hint only: whoever is called looks for itself with {@link observe}.
   */
  abstract watch(changed: (instanceId: string) => void, signal: AbortSignal): Promise<void>;

  /** Ends whatever it follows by itself. */
  abstract close(): void;
}
