import { useSyncExternalStore } from "react";
import { getLocale, setLocale as storeLocale } from "../../dist/paraglide/runtime.js";

export const LOCALES = ["id", "en"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language by its own name, because its readers look for that. */
export const LOCALE_NAMES: Record<Locale, string> = { id: "Bahasa Indonesia", en: "English" };

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes the language of every text on screen, without reloading the page. */
export function setLocale(locale: Locale): void {
  void storeLocale(locale, { reload: false });
  document.documentElement.lang = locale;
  for (const listener of listeners) listener();
}

/** The language of the texts; Indonesian until the reader chooses. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, getLocale);
}

export { getLocale };
