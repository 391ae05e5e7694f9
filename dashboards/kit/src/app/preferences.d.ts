/** The language of all texts. */
export declare function LanguageSwitch(): import("react").JSX.Element;
/** Light, dark, or whatever the device says. */
export declare function ThemeSwitch(): import("react").JSX.Element;
