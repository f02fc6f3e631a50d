/** Languages by code, each by its own name. The address of a language is `/<code>`, of the first `/`. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
