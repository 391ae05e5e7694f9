import { m } from "../messages.js";
import { LOCALE_NAMES, LOCALES, setLocale, useLocale } from "../i18n/locale.js";
import { setTheme, THEMES, useTheme, type Theme } from "../theme/theme.js";
import { Segmented } from "../ui/segmented.js";

const THEME_NAMES: Record<Theme, () => string> = {
  system: m.theme_system,
  light: m.theme_light,
  dark: m.theme_dark,
};

/** The language of all texts. */
export function LanguageSwitch() {
  return (
    <Segmented
      label={m.language()}
      value={useLocale()}
      options={LOCALES.map((value) => ({ value, label: value.toUpperCase(), name: LOCALE_NAMES[value] }))}
      onChange={setLocale}
    />
  );
}

/** Light, dark, or whatever the device says. */
export function ThemeSwitch() {
  return (
    <Segmented
      label={m.theme()}
      value={useTheme()}
      options={THEMES.map((value) => ({ value, label: THEME_NAMES[value]() }))}
      onChange={setTheme}
    />
  );
}
