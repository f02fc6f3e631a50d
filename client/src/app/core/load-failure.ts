/** How Chromium, Firefox and Safari say that a module could not be fetched; the standard has no name for it. */
const SENTENCES = [
  'Failed to fetch dynamically imported module',
  'error loading dynamically imported module',
  'Importing a module script failed',
];

/** Whether code that is loaded on demand could not be had: the server is away, or a new build has replaced the one that this page is of. */
export function isLoadFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'ChunkLoadError' || SENTENCES.some((sentence) => error.message.includes(sentence)))
  );
}
