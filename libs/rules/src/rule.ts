/** One rule that a value must meet. The console ticks rules one by one, the API reports those that are not met. */
export interface Rule<Value> {
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence that says what the value must be. */
  readonly message: string;
  readonly isMet: (value: Value) => boolean;
}

/** The rules that the value does not meet, in their order. */
export function unmet<Value>(rules: readonly Rule<Value>[], value: Value): readonly Rule<Value>[] {
  return rules.filter((rule) => !rule.isMet(value));
}
