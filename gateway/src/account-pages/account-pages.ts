import type { Language } from "@lentera/kit";
import type { FastifyInstance } from "fastify";
import { languageFrom } from "../request.js";
import { SCRIPT, STYLE } from "./assets.js";
import { ACCOUNT_PAGES, type AccountPage, WORDS } from "./words.js";

/** Nothing from anywhere else, nothing inline, in nobody's frame. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The pages that letters lead to, in the reader's language or in that of `?lang=id` and `?lang=en`. */
export function serveAccountPages(app: FastifyInstance): void {
  app.get("/account/style.css", (_request, reply) => reply.type("text/css; charset=utf-8").send(STYLE));
  app.get("/account/script.js", (_request, reply) => reply.type("text/javascript; charset=utf-8").send(SCRIPT));
  for (const page of ACCOUNT_PAGES)
    app.get<{ Querystring: { lang?: string } }>(`/account/${page}`, ({ query, headers }, reply) => {
      const { lang } = query;
      const language = lang === "id" || lang === "en" ? lang : languageFrom(headers["accept-language"]);
      return reply
        .headers({ "content-security-policy": POLICY, "cache-control": "no-store", "referrer-policy": "no-referrer" })
        .type("text/html; charset=utf-8")
        .send(pageOf(page, language));
    });
}

function pageOf(page: AccountPage, language: Language): string {
  const { [page]: words, otherLanguage, noToken, noScript, unreachable, newLink } = WORDS[language];
  const other = language === "id" ? "en" : "id";
  const isPassword = page === "reset-password";
  const kind = isPassword
    ? `type="password" autocomplete="new-password" minlength="10"`
    : `type="email" autocomplete="username"`;
  const hint = words.hint === undefined ? "" : `<small id="hint">${words.hint}</small>`;
  const described = words.hint === undefined ? "" : ` aria-describedby="hint"`;
  const field =
    words.label === undefined
      ? ""
      : `<label>${words.label}<input name="value" ${kind}${described} required>${hint}</label>`;
  const again = isPassword ? `<p><a href="/account/forgot-password?lang=${language}">${newLink}</a></p>` : "";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title} · Lentera</title>
<link rel="stylesheet" href="/account/style.css">
<script type="module" src="/account/script.js"></script>
</head>
<body data-page="${page}" data-no-token="${noToken}" data-unreachable="${unreachable}" data-done="${words.done}">
<p class="brand">Lentera</p>
<main>
<h1>${words.title}</h1>
<p>${words.purpose}</p>
<noscript><p>${noScript}</p></noscript>
<form method="post">${field}<button>${words.action}</button></form>
<output role="status"></output>
${again}
</main>
<a href="/account/${page}?lang=${other}" lang="${other}" hreflang="${other}">${otherLanguage}</a>
</body>
</html>
`;
}
