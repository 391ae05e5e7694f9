export const LANGUAGES = ["id", "en"] as const;
/** Languages in which messages exist; `id` is the default. */
export type Language = (typeof LANGUAGES)[number];
