import { Injectable } from '@nestjs/common';
import { DataPlane, DataPlaneError, type Endpoint, MONITORING_ROLE } from '../../../data-plane/index.js';
import { Activity, type ActivityContext } from '../../../orchestrations/jobs.js';
import { Database } from '../../../platform/database/database.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { type InstanceRecord, InstanceRepository, planOf } from '../data/instance.repository.js';
import { DEFAULT_DATABASE, SUPERUSER } from '../domain/instance.js';
import { isLoginRefused } from '../domain/login-refusal.js';
import {
  BRING_UP,
  CONFIGURE,
  DISCARD,
  PREPARE_VOLUME,
  PUBLISH_ENDPOINT,
  RELEASE,
  REMOVE,
  RESERVE,
  RESTART_SERVER,
  SHUT_DOWN,
  START,
  STOP_AND_START,
  STOP_SERVER,
  VERIFY_GONE,
} from '../domain/instance-orchestrations.js';
import { InstanceSecrets } from '../instance-secrets.js';
import { LoginProbe, type LoginTarget } from '../login-probe.js';

/** The steps of what is done to an instance: each reads the row, calls the data plane once, and may be repeated at any time. */
@Injectable()
export class InstanceActivities {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
    private readonly secrets: InstanceSecrets,
    private readonly dataPlane: DataPlane,
    private readonly login: LoginProbe,
  ) {}

  @Activity(RESERVE)
  async reserve(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.dataPlane.reserve(planOf(await this.#instance(context)), signal);
  }

  @Activity(PREPARE_VOLUME)
  async prepareVolume(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.dataPlane.prepareVolume(planOf(await this.#instance(context)), signal);
  }

  @Activity(CONFIGURE)
  async configure(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.dataPlane.configure(await this.secrets.spec(await this.#instance(context)), signal);
  }

  @Activity(START)
  async start(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.dataPlane.start(planOf(await this.#instance(context)), signal, context.report);
  }

  @Activity(PUBLISH_ENDPOINT)
  async publishEndpoint(
    context: ActivityContext,
    signal: AbortSignal,
  ): Promise<{ host: string; port: number; version: string }> {
    const instance = await this.#instance(context);
    const endpoint = await this.dataPlane.endpoint(planOf(instance), signal);
    const { host, ip, port } = endpoint;
    const password = this.secrets.superuserPassword(instance);
    const { version } = await this.#login(
      { host: ip ?? host, port, user: SUPERUSER, password, database: DEFAULT_DATABASE },
      signal,
    );
    await this.#publish(context, instance, endpoint);
    return { host, port, version };
  }

  @Activity(STOP_SERVER, SHUT_DOWN)
  async stop(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.dataPlane.stop(planOf(await this.#instance(context)), signal);
  }

  @Activity(RELEASE)
  async release(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.dataPlane.release(planOf(await this.#instance(context)), signal);
  }

  @Activity(REMOVE)
  async remove(context: ActivityContext, signal: AbortSignal): Promise<void> {
    // First, so that nobody takes what may be half removed for something that can be started.
    await this.database.transaction(async (transaction) => {
      await context.fence(transaction);
      await this.instances.forgetEndpoint(transaction, context.instanceId);
    });
    await this.dataPlane.remove(planOf(await this.#instance(context)), signal);
  }

  @Activity(DISCARD)
  async discard(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.remove(context, signal);
    await this.verifyGone(context);
  }

  @Activity(VERIFY_GONE)
  async verifyGone(context: ActivityContext): Promise<void> {
    const { status } = await this.dataPlane.observe(planOf(await this.#instance(context)));
    if (status !== 'absent') {
      throw new DataPlaneError('not_ready', 'The volume is not gone yet.', true);
    }
  }

  @Activity(STOP_AND_START)
  async stopAndStart(context: ActivityContext, signal: AbortSignal): Promise<void> {
    await this.stop(context, signal);
    await this.bringUp(context, signal);
  }

  /** Logs in as the role of the health checks: the superuser's password may have been changed by SQL. */
  @Activity(BRING_UP, RESTART_SERVER)
  async bringUp(context: ActivityContext, signal: AbortSignal): Promise<void> {
    const instance = await this.#instance(context);
    await this.dataPlane.start(planOf(instance), signal, context.report);
    const endpoint = await this.dataPlane.endpoint(planOf(instance), signal);
    const { host, ip, port } = endpoint;
    const password = this.secrets.monitoringPassword(instance);
    await this.#login({ host: ip ?? host, port, user: MONITORING_ROLE, password, database: DEFAULT_DATABASE }, signal);
    await this.#publish(context, instance, endpoint);
  }

  async #publish(context: ActivityContext, { id }: InstanceRecord, endpoint: Endpoint): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await context.fence(transaction);
      await this.instances.setEndpoint(transaction, id, endpoint, context.orchestrationId);
    });
  }

  /** @throws DataPlaneError `login_refused`, `not_ready` with the server's words */
  async #login(target: LoginTarget, signal: AbortSignal): Promise<{ version: string }> {
    try {
      const { version } = await this.login.attempt(target, signal);
      return { version };
    } catch (error) {
      signal.throwIfAborted();
      const words = errorMessage(error);
      throw isLoginRefused(error)
        ? new DataPlaneError(
            'login_refused',
            `The server refuses the login of ${target.user}: ${words}.`,
            false,
            null,
            {
              cause: error,
            },
          )
        : new DataPlaneError('not_ready', `A login does not work yet: ${words}.`, true, null, { cause: error });
    }
  }

  async #instance({ instanceId, orchestrationId }: ActivityContext): Promise<InstanceRecord> {
    const instance = await this.instances.find(instanceId);
    if (!instance) {
      throw new Error(`The instance ${instanceId} of ${orchestrationId} has no row.`);
    }
    return instance;
  }
}
