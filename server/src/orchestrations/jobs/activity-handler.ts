import { SetMetadata } from '@nestjs/common';
import type { Transaction } from '../../platform/database/database.js';
import type { ActivityDefinition, Failure, OrchestrationDefinition, Progress } from '../domain/definition.js';

/** What an activity is told. Ids only: it reads the rows itself, because they may have moved on. */
export interface ActivityContext {
  readonly orchestrationId: string;
  readonly instanceId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Results of the activities before it, by name. */
  readonly results: Readonly<Record<string, unknown>>;
  /**
   * Says how far the activity has come, as it measures it. Whenever that has grown, its timeout and the deadline of the orchestration move
   * on; an activity that reports nothing, or the same again, is ended by them.
   */
  readonly report: (progress: Progress) => void;
  /**
   * Ties what is written in a transaction to the lease of this activity: a worker that has lost it, and doesn't know yet, writes nothing.
   *
   * @throws ActivityAborted when the lease was lost
   */
  readonly fence: (transaction: Transaction) => Promise<void>;
}

/**
 * One idempotent piece of work. It may be called again after a crash at any point and must then converge to the same end. It rejects with
 * the signal's reason when the signal aborts. The result is kept in the row: small, JSON, never a secret.
 */
export type ActivityHandler = (context: ActivityContext, signal: AbortSignal) => Promise<unknown>;

export interface ClosedOrchestration {
  readonly id: string;
  readonly kind: string;
  /** Version of the definition that it was made with. */
  readonly definitionVersion: number;
  readonly instanceId: string;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  /** Why it failed or was cancelled; null when it succeeded. */
  readonly failure: Failure | null;
}

/** Moves the feature's own rows in the transaction that closes the orchestration, so that both change or neither. */
export type OutcomeHandler = (transaction: Transaction, closed: ClosedOrchestration) => Promise<void>;

export const ACTIVITY_METADATA = Symbol('activity');
export const OUTCOME_METADATA = Symbol('outcome');

/** Marks the method that carries out these activities. The boot fails on an activity with no handler or with two. */
export const Activity = (...definitions: readonly ActivityDefinition[]): MethodDecorator =>
  SetMetadata(
    ACTIVITY_METADATA,
    definitions.map(({ name }) => name),
  );

/** Marks the method that is called when orchestrations of these kinds close. */
export const Outcome = (...definitions: readonly OrchestrationDefinition[]): MethodDecorator =>
  SetMetadata(
    OUTCOME_METADATA,
    definitions.map(({ kind }) => kind),
  );
