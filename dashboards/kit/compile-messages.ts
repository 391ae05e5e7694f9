/**
 * Compiles `messages/{locale}.json` into one typed function per message, in `dist/paraglide`.
 * Refuses to go on when a language lacks a message that another one has, or when nothing was compiled.
 */
import { readFileSync } from "node:fs";
import { compile } from "@inlang/paraglide-js";

const folder = import.meta.dirname;
const locales = ["id", "en"];

function keys(locale: string): string[] {
  const catalogue: unknown = JSON.parse(readFileSync(`${folder}/messages/${locale}.json`, "utf8"));
  if (typeof catalogue !== "object" || catalogue === null) throw new Error(`Make messages/${locale}.json an object.`);
  return Object.keys(catalogue).filter((key) => key !== "$schema");
}

const everyKey = [...new Set(locales.flatMap(keys))];
for (const locale of locales) {
  const translated = new Set(keys(locale));
  const missing = everyKey.filter((key) => !translated.has(key));
  if (missing.length > 0) throw new Error(`Translate these messages to "${locale}": ${missing.join(", ")}.`);
}

await compile({
  project: `${folder}/project.inlang`,
  outdir: `${folder}/dist/paraglide`,
  strategy: ["localStorage", "baseLocale"],
  localStorageKey: "lentera.locale",
  isServer: "false",
  emitReadme: false,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
});

const compiled = readFileSync(`${folder}/dist/paraglide/messages/_index.js`, "utf8");
const forgotten = everyKey.filter((key) => !compiled.includes(`./${key}.js`));
if (forgotten.length > 0) {
  throw new Error(`These messages were not compiled; check "modules" in project.inlang: ${forgotten.join(", ")}.`);
}
