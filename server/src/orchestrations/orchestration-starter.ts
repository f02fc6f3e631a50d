import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/database.js';
import { OrchestrationRepository } from './data/orchestration.repository.js';
import { DefinitionRegistry } from './domain/definition-registry.js';

export interface StartOrchestration {
  readonly id: string;
  readonly kind: string;
  readonly instanceId: string;
  /** Who asked for it. */
  readonly startedBy: string;
  /** An open orchestration of the same instance that has to end first. */
  readonly afterId?: string | undefined;
}

/** Writes the row that is an orchestration. The commit of the caller's transaction wakes a dispatcher. */
@Injectable()
export class OrchestrationStarter {
  constructor(
    private readonly definitions: DefinitionRegistry,
    private readonly orchestrations: OrchestrationRepository,
  ) {}

  async start(
    transaction: Transaction,
    { id, kind, instanceId, startedBy, afterId }: StartOrchestration,
  ): Promise<void> {
    const definition = this.definitions.definition(kind);
    await this.orchestrations.insert(transaction, {
      id,
      kind,
      definitionVersion: definition.version,
      instanceId,
      startedBy,
      deadlineMs: definition.deadlineMs,
      activities: definition.activities.map(({ name }) => name),
      afterId: afterId ?? null,
    });
  }
}
