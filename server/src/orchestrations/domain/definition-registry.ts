import type { ActivityDefinition, OrchestrationDefinition, OrchestrationStatus } from './definition.js';

/** All kinds of orchestrations of this build. Features add theirs when their module is made. */
export class DefinitionRegistry {
  readonly #definitions = new Map<string, OrchestrationDefinition>();
  readonly #activities = new Map<string, ActivityDefinition>();

  /** @throws Error when the kind is taken, or an activity's name stands for two different activities */
  add(...definitions: readonly OrchestrationDefinition[]): void {
    for (const definition of definitions) {
      if (this.#definitions.has(definition.kind)) {
        throw new Error(`The orchestration "${definition.kind}" is defined twice.`);
      }
      this.#definitions.set(definition.kind, definition);
      for (const activity of definition.activities) {
        this.#addActivity(activity);
        if (activity.compensation) {
          this.#addActivity(activity.compensation);
        }
      }
    }
  }

  get kinds(): readonly string[] {
    return [...this.#definitions.keys()];
  }

  /** Kinds that Toygres begins by itself. */
  get upkeep(): readonly string[] {
    return [...this.#definitions.values()].filter(({ upkeep }) => upkeep).map(({ kind }) => kind);
  }

  get activities(): readonly ActivityDefinition[] {
    return [...this.#activities.values()];
  }

  /** @throws Error when no feature defines the kind */
  definition(kind: string): OrchestrationDefinition {
    const definition = this.#definitions.get(kind);
    if (!definition) {
      throw new Error(`No feature defines the orchestration "${kind}".`);
    }
    return definition;
  }

  /** Undefined for an activity that an older build knew. */
  activity(name: string): ActivityDefinition | undefined {
    return this.#activities.get(name);
  }

  /** Whether an orchestration in this condition can be called off. */
  isCancellable(kind: string, status: OrchestrationStatus, cancelRequested: boolean): boolean {
    const open = status === 'pending' || status === 'running';
    return open && !cancelRequested && (this.#definitions.get(kind)?.cancellable ?? false);
  }

  #addActivity(activity: ActivityDefinition): void {
    const existing = this.#activities.get(activity.name);
    if (existing && existing !== activity) {
      throw new Error(`The activity "${activity.name}" is defined twice.`);
    }
    this.#activities.set(activity.name, activity);
  }
}
