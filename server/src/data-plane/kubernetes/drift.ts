/**
 * Whether an object has every field that was applied, with the value that was applied; what the cluster has added to it does not matter. Items
 * of a list are compared in their order.
 */
export function hasApplied(applied: unknown, live: unknown): boolean {
  if (Array.isArray(applied)) {
    return (
      Array.isArray(live) &&
      live.length === applied.length &&
      applied.every((item, index) => hasApplied(item, live[index]))
    );
  }
  if (typeof applied === 'object' && applied !== null) {
    return Object.entries(applied).every(
      ([name, value]) =>
        value === undefined || hasApplied(value, (live as Record<string, unknown> | undefined)?.[name]),
    );
  }
  return applied === live;
}
