import { createHash } from "node:crypto";
import type { Plugin, PluginOption, UserConfig } from "vite";

/** Runs before the first paint: the theme and the language of the last visit. */
const beforeFirstPaint = `(() => {
  const root = document.documentElement;
  let theme = null;
  try {
    theme = localStorage.getItem("lentera.theme");
    root.lang = localStorage.getItem("lentera.locale") ?? "id";
  } catch { /* A browser that keeps nothing for this site shows what it shows on a first visit. */ }
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
})();`;

const scriptHash = createHash("sha256").update(beforeFirstPaint).digest("base64");

/** What a page may do: everything from its own origin, no inline script but the one above. */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'sha256-${scriptHash}'`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
].join("; ");

/** Puts the theme script, the preload of Inter and, when built, the content security policy into index.html. */
function head(base: string): Plugin {
  return {
    name: "lentera-head",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
        const script = { tag: "script", children: beforeFirstPaint, injectTo: "head-prepend" } as const;
        if (!font) return [script];
        const policy = { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy };
        const preload = { rel: "preload", as: "font", type: "font/woff2", crossorigin: "" };
        return [
          { tag: "meta", attrs: policy, injectTo: "head-prepend" },
          script,
          { tag: "link", attrs: { ...preload, href: `${base}${font}` }, injectTo: "head" },
        ];
      },
    },
  };
}

/**
 * The Vite configuration of a dashboard.
 * @param name the path it is served at, without slashes: "parent" is served at /parent/
 * @param plugins those that read sources: the router's first, then React's and Tailwind's
 */
export function dashboard(name: string, plugins: PluginOption[]): UserConfig {
  const base = `/${name}/`;
  const gateway = "http://127.0.0.1:4000";
  return {
    base,
    plugins: [...plugins, head(base)],
    build: { target: "es2022", modulePreload: { polyfill: false } },
    server: { proxy: { "/graphql": { target: gateway, ws: true } } },
  };
}
