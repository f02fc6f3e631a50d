import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { deriveK8sName, NAME_RULES, unmet } from '#rules';
import { type Config, CONFIG } from '../../config/config.js';
import { DataPlane, type DataPlaneCapabilities, type ImageType } from '../../data-plane/index.js';
import { OrchestrationStarter } from '../../orchestrations/index.js';
import { Database, type Transaction } from '../../platform/database/database.js';
import { type IdempotencyRequest, Idempotency, type Replayable } from '../../platform/idempotency/idempotency.js';
import {
  type InstanceChanges,
  type InstanceRecord,
  InstanceRepository,
  type NewInstance,
} from './data/instance.repository.js';
import { connectionString, DEFAULT_DATABASE, orchestrationId, SUPERUSER } from './domain/instance.js';
import { endpointOf } from './domain/instance-endpoint.js';
import {
  heldBy,
  InstanceNotFoundError,
  InvalidStateError,
  NameTakenError,
  RevisionChangedError,
  UnsupportedError,
} from './domain/instance-errors.js';
import { CREATE } from './domain/instance-orchestrations.js';
import { InstanceImages } from './instance-images.js';
import { InstanceSecrets } from './instance-secrets.js';

export interface CreateInstance {
  readonly name: string;
  readonly password: string;
  readonly postgresVersion: string;
  readonly storageSizeGb: number;
  readonly useLoadBalancer: boolean;
  readonly namespace?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  /** Of no account where a runtime image is given: that is always set up as `stock`. */
  readonly imageType: ImageType;
  /** Name of a runtime image; null: none. */
  readonly runtimeImage: string | null;
}

/** What was accepted. It is kept as JSON for a repeated request. */
export interface CreateAccepted {
  readonly instance_id: string;
  readonly k8s_name: string;
  readonly dns_name: string;
  readonly orchestration_id: string;
  readonly state: 'creating';
  readonly message: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly database: string;
  readonly host: string;
  readonly port: number;
  readonly dns_connection_string: string;
  readonly ip_connection_string: string | null;
}

export interface NameAvailability {
  readonly name: string;
  readonly available: boolean;
  readonly reason: string | null;
  /** One of `NAME_REFUSALS`. */
  readonly code: string | null;
  readonly dns_name: string;
}

/** What people and programs do with instances. Everything that takes time is written as an orchestration and answered at once. */
@Injectable()
export class InstanceService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly instances: InstanceRepository,
    private readonly starter: OrchestrationStarter,
    private readonly dataPlane: DataPlane,
    private readonly secrets: InstanceSecrets,
    private readonly images: InstanceImages,
  ) {}

  /**
   * Reserves the name and starts the creation, in one transaction.
   *
   * @throws NameTakenError, UnsupportedError, RegistryNotAllowedError, DataPlaneError `insufficient_capacity`
   */
  async create(
    request: CreateInstance,
    startedBy: string,
    idempotent: IdempotencyRequest | undefined,
  ): Promise<Replayable<CreateAccepted>> {
    const answered = await this.idempotency.answerTo<CreateAccepted>(idempotent);
    if (answered) {
      return answered;
    }
    const [instance] = await this.prepare([request]);
    await this.dataPlane.admit(instance);
    return this.idempotency.run<CreateAccepted>(idempotent, (transaction) =>
      this.createIn(transaction, instance, startedBy),
    );
  }

  /**
   * What is to be written for instances that this installation offers, with their passwords sealed. Nothing is written yet.
   *
   * @param pointer where in the body a request is, by its index; the body itself when left out
   * @throws UnsupportedError, RegistryNotAllowedError
   */
  async prepare<const Requests extends readonly CreateInstance[]>(
    requests: Requests,
    pointer: (index: number) => string = () => '',
  ): Promise<{ [Index in keyof Requests]: NewInstance }> {
    const capabilities = await this.dataPlane.capabilities();
    const images = await this.images.named(requests);
    return requests.map((request, index) => {
      this.#assertSupported(request, capabilities, pointer(index));
      const { password, ...rest } = request;
      const id = randomUUID();
      return {
        ...rest,
        ...this.images.choose(request, images, capabilities, pointer(index)),
        id,
        k8sName: deriveK8sName(request.name, randomBytes(4).toString('hex')),
        dnsName: request.name,
        namespace: request.namespace ?? this.config.namespaces[0] ?? '',
        dataPlane: capabilities.dataPlane,
        ...this.secrets.seal(id, password),
      };
    }) as { [Index in keyof Requests]: NewInstance };
  }

  /** Reserves the name and starts the creation, as a part of a transaction. @throws NameTakenError, UnsupportedError */
  async createIn(transaction: Transaction, instance: NewInstance, startedBy: string): Promise<CreateAccepted> {
    const { id, k8sName, dnsName, name } = instance;
    await this.images.hold(transaction, instance);
    const holder = await this.instances.insert(transaction, instance);
    if (holder !== null) {
      throw new NameTakenError(name, holder);
    }
    const orchestration = orchestrationId(CREATE.kind, k8sName);
    await this.starter.start(transaction, { id: orchestration, kind: CREATE.kind, instanceId: id, startedBy });
    return {
      instance_id: id,
      k8s_name: k8sName,
      dns_name: dnsName,
      orchestration_id: orchestration,
      state: 'creating',
      message: 'Instance creation started',
    };
  }

  /**
   * Changes tags and deletion protection.
   *
   * @param revision the one that the change was made for; undefined when it is to be made whatever there is
   * @throws InstanceNotFoundError, RevisionChangedError, InvalidStateError
   */
  async update(nameOrId: string, changes: InstanceChanges, revision: number | undefined): Promise<string> {
    return this.database.transaction(async (transaction) => {
      const id = await this.instances.lockForRequest(transaction, nameOrId);
      const instance = id === undefined ? undefined : await this.instances.lock(transaction, id);
      if (!instance) {
        throw new InstanceNotFoundError(nameOrId);
      }
      if (revision !== undefined && revision !== instance.revision) {
        throw new RevisionChangedError(instance.name);
      }
      if (instance.state === 'purging' || instance.state === 'purged') {
        throw new InvalidStateError(instance.name, 'be changed', instance.state, 'There is nothing left of it.');
      }
      await this.instances.update(transaction, instance.id, changes);
      return instance.id;
    });
  }

  /** Whether a create with this name would be accepted, by the same rules. */
  async nameAvailability(name: string): Promise<NameAvailability> {
    const refusal = await this.#refusalOf(name);
    return {
      name,
      available: refusal === undefined,
      reason: refusal?.message ?? null,
      code: refusal?.code ?? null,
      dns_name: name,
    };
  }

  /** The real connection strings. @throws InstanceNotFoundError, EndpointUnknownError */
  async credentials(nameOrId: string): Promise<Credentials> {
    const instance = await this.#find(nameOrId);
    const { host, ip, port } = endpointOf(instance);
    const password = this.secrets.superuserPassword(instance);
    return {
      username: SUPERUSER,
      password,
      database: DEFAULT_DATABASE,
      host,
      port,
      dns_connection_string: connectionString(host, port, password),
      ip_connection_string: ip === null ? null : connectionString(ip, port, password),
    };
  }

  async #refusalOf(name: string): Promise<{ readonly code: string; readonly message: string } | undefined> {
    const [broken] = unmet(NAME_RULES, name);
    if (broken) {
      return broken;
    }
    const holder = await this.instances.holderOf(name);
    return holder && { code: heldBy(holder.state), message: new NameTakenError(name, holder).message };
  }

  async #find(nameOrId: string): Promise<InstanceRecord> {
    const instance = await this.instances.findByNameOrId(nameOrId);
    if (!instance) {
      throw new InstanceNotFoundError(nameOrId);
    }
    return instance;
  }

  /** @throws UnsupportedError */
  #assertSupported(request: CreateInstance, capabilities: DataPlaneCapabilities, pointer: string): void {
    const { versions, namespaces, unsupported } = capabilities;
    if (!versions.some(({ major }) => major === request.postgresVersion)) {
      const offered = versions.map(({ major }) => major).join(', ');
      throw new UnsupportedError(
        `PostgreSQL ${request.postgresVersion} is not offered here. Choose one of: ${offered}.`,
        `${pointer}/postgres_version`,
      );
    }
    if (request.namespace !== undefined && !namespaces.includes(request.namespace)) {
      throw new UnsupportedError(
        `Instances may not be created in the namespace "${request.namespace}". Choose one of: ${namespaces.join(', ')}.`,
        `${pointer}/namespace`,
      );
    }
    const loadBalancer = unsupported.find(({ feature }) => feature === 'load_balancer');
    if (request.useLoadBalancer && loadBalancer) {
      throw new UnsupportedError(loadBalancer.reason, `${pointer}/use_load_balancer`);
    }
  }
}
