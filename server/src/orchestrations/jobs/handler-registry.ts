import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { DefinitionRegistry } from '../domain/definition-registry.js';
import { ACTIVITY_METADATA, type ActivityHandler, OUTCOME_METADATA, type OutcomeHandler } from './activity-handler.js';

/** The handlers that providers of this process declare, checked against the definitions when the worker starts. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  readonly #activities = new Map<string, ActivityHandler>();
  readonly #outcomes = new Map<string, OutcomeHandler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly definitions: DefinitionRegistry,
  ) {}

  /** @throws Error on an activity or a kind with no handler or with two, and on a handler that no definition names */
  onModuleInit(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) {
        continue;
      }
      const provider = instance as Record<string, unknown>;
      for (const key of this.scanner.getAllMethodNames(Object.getPrototypeOf(provider) as object)) {
        const method = provider[key];
        if (typeof method === 'function') {
          this.#register(provider, method as (...parameters: never[]) => unknown);
        }
      }
    }
    const missing = [
      ...this.definitions.activities
        .filter(({ name }) => !this.#activities.has(name))
        .map(({ name }) => `activity "${name}"`),
      ...this.definitions.kinds.filter((kind) => !this.#outcomes.has(kind)).map((kind) => `outcome of "${kind}"`),
    ];
    if (missing.length > 0) {
      throw new Error(`No handler for: ${missing.join(', ')}.`);
    }
  }

  activity(name: string): ActivityHandler | undefined {
    return this.#activities.get(name);
  }

  /** @throws Error for a kind of an older build that no handler knows any more */
  outcome(kind: string): OutcomeHandler {
    const handler = this.#outcomes.get(kind);
    if (!handler) {
      throw new Error(`No handler for the outcome of "${kind}".`);
    }
    return handler;
  }

  #register(provider: object, method: (...parameters: never[]) => unknown): void {
    for (const activity of this.reflector.get<readonly string[] | undefined>(ACTIVITY_METADATA, method) ?? []) {
      if (!this.definitions.activity(activity)) {
        throw new Error(`A handler is declared for the activity "${activity}", which no definition names.`);
      }
      if (this.#activities.has(activity)) {
        throw new Error(`The activity "${activity}" has two handlers.`);
      }
      this.#activities.set(activity, method.bind(provider) as unknown as ActivityHandler);
    }
    for (const kind of this.reflector.get<readonly string[] | undefined>(OUTCOME_METADATA, method) ?? []) {
      if (this.#outcomes.has(kind)) {
        throw new Error(`The outcome of "${kind}" has two handlers.`);
      }
      this.#outcomes.set(kind, method.bind(provider) as unknown as OutcomeHandler);
    }
  }
}
