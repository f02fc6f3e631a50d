import { performance } from 'node:perf_hooks';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Client } from 'pg';
import { type Config, CONFIG } from '../../../config/config.js';
import { DataPlane, MONITORING_ROLE } from '../../../data-plane/index.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import {
  type InstanceRecord,
  InstanceUpkeep,
  InstanceRepository,
  InstanceSecrets,
  isLoginRefused,
  planOf,
} from '../../instances/index.js';
import { HealthRepository } from '../data/health.repository.js';
import type { CheckResult, Usage } from '../domain/health.js';
import { CheckAnnouncer } from './check-announcer.js';

/** Sizes and counts as the monitoring role may see them. */
const USAGE = `
  SELECT (SELECT coalesce(sum(pg_database_size(oid)), 0)::float8 FROM pg_database) AS data_bytes,
    (SELECT count(*)::int FROM pg_database WHERE NOT datistemplate) AS databases,
    (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) AS connections`;

/** Looks whether an instance can be used: a login as the monitoring role, a query, the time that both took. */
@Injectable()
export class HealthChecker {
  readonly #logger = new Logger(HealthChecker.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly instances: InstanceRepository,
    private readonly secrets: InstanceSecrets,
    private readonly upkeep: InstanceUpkeep,
    private readonly dataPlane: DataPlane,
    private readonly health: HealthRepository,
    private readonly announcer: CheckAnnouncer,
  ) {}

  /** Checks an instance and records what was seen. Has a server that is gone brought back. */
  async check(instanceId: string): Promise<void> {
    const instance = await this.instances.find(instanceId);
    if (instance?.state !== 'running' || instance.endpointHost === null || instance.endpointPort === null) {
      return;
    }
    const seen = await this.#probe(instance, instance.endpointIp ?? instance.endpointHost, instance.endpointPort);
    const result = await this.#compare(instance, seen);
    const check = await this.health.record(instanceId, result, {
      unhealthyAfter: this.config.healthUnhealthyAfter,
      healthyAfter: this.config.healthHealthyAfter,
    });
    if (check) {
      this.announcer.add(check);
    }
    if (result.certain && (await this.upkeep.recover(instanceId, result.code))) {
      this.#logger.warn(`${instance.k8sName} is gone (${result.reason ?? 'no reason known'}) and is started again.`);
    }
  }

  /** What a login sees. */
  async #probe(instance: InstanceRecord, host: string, port: number): Promise<CheckResult> {
    const timeout = this.config.healthTimeoutSeconds * 1_000;
    const client = new Client({
      host,
      port,
      user: MONITORING_ROLE,
      password: this.secrets.monitoringPassword(instance),
      database: 'postgres',
      application_name: 'toygres health check',
      // The customer's own objects must not be able to stand in for those of the system.
      options: '-c search_path=pg_catalog',
      connectionTimeoutMillis: timeout,
      query_timeout: timeout,
    });
    client.on('error', () => undefined);
    try {
      const begin = performance.now();
      await client.connect();
      const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
      // Tenths of a millisecond: more would be noise.
      const responseTimeMs = Math.round((performance.now() - begin) * 10) / 10;
      return {
        status: 'healthy',
        responseTimeMs,
        code: null,
        reason: null,
        postgresVersion: `PostgreSQL ${rows[0]?.version ?? ''}`,
        usage: await this.#usage(client),
        certain: false,
      };
    } catch (error) {
      return {
        status: 'unhealthy',
        responseTimeMs: null,
        code: isLoginRefused(error) ? 'login_refused' : 'not_ready',
        reason: describe(error),
        postgresVersion: null,
        usage: null,
        certain: false,
      };
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** A login works, so the instance is healthy; figures that can't be had are left out. */
  async #usage(client: Client): Promise<Usage | null> {
    try {
      const { rows } = await client.query<{ data_bytes: number; databases: number; connections: number }>(USAGE);
      const [row] = rows;
      return row ? { dataBytes: row.data_bytes, databases: row.databases, connections: row.connections } : null;
    } catch (error) {
      this.#logger.debug(`Usage is not known: ${errorMessage(error)}`);
      return null;
    }
  }

  /** What the data plane knows of it counts for more: why nobody answers, and that one who answers can't write any more. */
  async #compare(instance: InstanceRecord, seen: CheckResult): Promise<CheckResult> {
    const { status, fault } = await this.dataPlane.observe(planOf(instance));
    if (status === 'running') {
      return fault ? { ...seen, ...fault, status: 'unhealthy' } : seen;
    }
    if (seen.status === 'healthy') {
      // It has just ended, or its process can't be looked at; the next check will tell.
      return seen;
    }
    const gone = { code: status === 'absent' ? 'data_missing' : 'server_exited', reason: 'The server is not running.' };
    return { ...seen, ...(fault ?? gone), certain: true };
  }
}

/** PostgreSQL's and the network's own words, with the sentence that people know for the frequent ones. */
function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') {
    return 'Connection refused';
  }
  const message = errorMessage(error);
  return /timeout/i.test(message) ? 'Connection timeout' : message;
}
