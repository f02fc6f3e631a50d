/** What the address remembers of somebody who comes from creating an instance, also over a reload. */
export const CREATED_HERE = { createdHere: true };

/** @param state what the history holds for the present address */
export function isCreatedHere(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'createdHere' in state;
}
