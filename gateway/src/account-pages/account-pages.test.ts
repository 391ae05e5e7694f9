import { readFile } from "node:fs/promises";
import { buildASTSchema, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestGateway, startTestGateway } from "../testing/gateway.js";
import { OPERATIONS } from "./assets.js";
import { ACCOUNT_PAGES } from "./words.js";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway("in process");
});
afterAll(() => gateway.stop());

const open = (path: string, language = "id") =>
  fetch(`${gateway.url}${path}`, { headers: { "accept-language": language } });

describe("001-01, 001-05: the page that a letter leads to", () => {
  it.each(ACCOUNT_PAGES)("%s is there in both languages, and takes nothing from anywhere else", async (page) => {
    for (const language of ["id", "en"] as const) {
      const response = await open(`/account/${page}`, language);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(response.headers.get("cache-control")).toBe("no-store");
      const html = await response.text();
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toMatch(
        /<style|style="|onclick|<script(?! type="module" src="\/account\/script\.js"><\/script>)/,
      );
      expect(html).not.toContain("undefined");
      const inputs = [...html.matchAll(/<input/g)];
      expect([...html.matchAll(/<label>[^<]+<input/g)]).toHaveLength(inputs.length);
      expect(await (await open(`/account/${page}?lang=${language}`, "fr")).text()).toBe(html);
    }
  });

  it("brings its own script and style", async () => {
    expect((await open("/account/script.js")).headers.get("content-type")).toContain("text/javascript");
    expect((await open("/account/style.css")).headers.get("content-type")).toContain("text/css");
    expect((await open("/account/elsewhere")).status).toBe(404);
  });

  it("asks the API for what organization offers", async () => {
    const sdl = await readFile(new URL("../../../subgraphs/organization/schema.graphql", import.meta.url), "utf8");
    const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
    for (const operation of Object.values(OPERATIONS)) expect(validate(schema, parse(operation))).toEqual([]);
  });
});
