/** The function instance that something is said to. */
export interface Addressed {
  readonly instanceId: string;
  readonly functionId: string;
}

/** JSON in a field; nothing is `{}`. @returns what it is, or why it is none */
export function readJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: text.trim() === '' ? {} : (JSON.parse(text) as unknown) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : '' };
  }
}
