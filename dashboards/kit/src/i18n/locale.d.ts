import { getLocale } from "../../dist/paraglide/runtime.js";
export declare const LOCALES: readonly ["id", "en"];
export type Locale = (typeof LOCALES)[number];
/** Each language by its own name, because its readers look for that. */
export declare const LOCALE_NAMES: Record<Locale, string>;
/** Changes the language of every text on screen, without reloading the page. */
export declare function setLocale(locale: Locale): void;
/** The language of the texts; Indonesian until the reader chooses. */
export declare function useLocale(): Locale;
export { getLocale };
