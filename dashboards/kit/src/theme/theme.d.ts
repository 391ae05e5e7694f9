export declare const THEMES: readonly ["system", "light", "dark"];
export type Theme = (typeof THEMES)[number];
/** Remembers the theme on this device and paints it at once. */
export declare function setTheme(theme: Theme): void;
/** The theme the reader chose; "system" until then. */
export declare function useTheme(): Theme;
