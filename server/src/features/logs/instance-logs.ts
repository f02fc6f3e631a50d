import { Injectable } from '@nestjs/common';
import { DataPlane, type LogLine, type LogQuery } from '../../data-plane/index.js';
import { InstanceNotFoundError, InstanceRepository, InvalidStateError, planOf } from '../instances/index.js';
import { type LogSeverity, SeverityReader } from './domain/log-severity.js';
import { maskPasswords } from './domain/mask-passwords.js';

export interface InstanceLogLine {
  readonly id: string;
  readonly time: Date | null;
  readonly severity: LogSeverity | null;
  readonly text: string;
}

/** The logs of the servers of instances, as their data plane keeps them. */
@Injectable()
export class InstanceLogs {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly dataPlane: DataPlane,
  ) {}

  /**
   * Resolves when it is known where the log begins.
   *
   * @throws InstanceNotFoundError, InvalidStateError, NoPreviousLogError, DataPlaneError
   */
  async open(nameOrId: string, query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<InstanceLogLine>> {
    const instance = await this.instances.findByNameOrId(nameOrId);
    if (!instance) {
      throw new InstanceNotFoundError(nameOrId);
    }
    if (instance.state === 'purging' || instance.state === 'purged') {
      throw new InvalidStateError(instance.name, 'show a log', instance.state, 'There is nothing left of it.');
    }
    return present(await this.dataPlane.logs(planOf(instance), query, signal));
  }
}

async function* present(lines: AsyncIterable<LogLine>): AsyncGenerator<InstanceLogLine> {
  const severities = new SeverityReader();
  for await (const { text: line, time, cursor } of lines) {
    const { severity, text } = severities.read(line);
    yield { id: cursor, time, severity, text: maskPasswords(text) };
  }
}
