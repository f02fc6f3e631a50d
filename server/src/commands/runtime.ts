import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIG, type ResolvedConfig } from '../config/config.js';
import { Cipher } from '../platform/crypto/cipher.js';
import { loadSecretKey } from '../platform/crypto/secret-key.js';
import { PROCESS_NAME } from '../platform/process-name.js';
import { QueueConnection } from '../platform/queue/queue-backend.js';
import { Metrics } from '../platform/telemetry/metrics.js';

/** What a process opens before its modules are made, and closes after they are gone. */
export interface Runtime {
  readonly config: ResolvedConfig;
  readonly processName: string;
  readonly cipher: Cipher;
  readonly queue: QueueConnection;
  readonly metrics: Metrics;
}

/** @param role what this process calls itself, e.g. "worker" */
export async function openRuntime(config: ResolvedConfig, role: string): Promise<Runtime> {
  const processName = `toygres ${role}`;
  return {
    config,
    processName,
    cipher: new Cipher(await loadSecretKey(config)),
    queue: await QueueConnection.open(config, processName),
    metrics: new Metrics(),
  };
}

/** Gives the modules what the process has opened. */
@Module({})
export class RuntimeModule {
  static with({ config, processName, cipher, queue, metrics }: Runtime): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: PROCESS_NAME, useValue: processName },
      { provide: Cipher, useValue: cipher },
      { provide: QueueConnection, useValue: queue },
      { provide: Metrics, useValue: metrics },
    ];
    return { module: RuntimeModule, global: true, providers, exports: providers };
  }
}
