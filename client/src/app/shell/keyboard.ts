/** Apple's keyboards have a key of their own for commands. */
export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the keys that open the palette are written. */
export const PALETTE_KEYS = IS_MAC ? '⌘ K' : 'Ctrl K';
