import { SetMetadata } from '@nestjs/common';
import type { Transaction } from '../../platform/database/database.js';
import type { ActivityDefinition, Failure, OrchestrationDefinition } from '../domain/definition.js';

/** What an activity is told. Ids only: it reads the rows itself, because they may have moved on. */
export interface ActivityContext {
  readonly orchestrationId: string;
  readonly instanceId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Results of the activities before it, by name. */
  readonly results: Readonly<Record<string, unknown>>;
}

/**
 * One idempotent piece of work. It may be called again after a crash at any point and must then converge to the same end. It rejects with
 * the signal's reason when the signal aborts. The result is kept in the row: small, JSON, never a secret.
 */
export type ActivityHandler = (context: ActivityContext, signal: AbortSignal) => Promise<unknown>;

export interface ClosedOrchestration {
  readonly id: string;
  readonly kind: string;
  readonly instanceId: string;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** Why it failed; null when it succeeded. */
  readonly failure: Failure | null;
}

/** Moves the feature's own rows in the transaction that closes the orchestration, so that both change or neither. */
export type OutcomeHandler = (transaction: Transaction, closed: ClosedOrchestration) => Promise<void>;

export const ACTIVITY_METADATA = Symbol('activity');
export const OUTCOME_METADATA = Symbol('outcome');

/** Marks the method that carries out an activity. The boot fails on an activity with no handler or with two. */
export const Activity = (definition: ActivityDefinition): MethodDecorator =>
  SetMetadata(ACTIVITY_METADATA, definition.name);

/** Marks the method that is called when orchestrations of these kinds close. */
export const Outcome = (...definitions: readonly OrchestrationDefinition[]): MethodDecorator =>
  SetMetadata(
    OUTCOME_METADATA,
    definitions.map(({ kind }) => kind),
  );
