import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { Visitor } from "../src/tour/client.js";

const url = inject("lenteraUrl");
const FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

function chromiumPath(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, "chromium")).find((file) => existsSync(file));
  if (found === undefined) throw new Error("Install Chromium (Debian: apt-get install chromium).");
  return found;
}

let browser: Browser;
let context: BrowserContext;
let script: string;

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["source"] },
    build: {
      write: false,
      minify: false,
      target: "esnext",
      lib: { entry: fileURLToPath(new URL("offline-client.page.ts", import.meta.url)), formats: ["es"] },
    },
  });
  const [output] = Array.isArray(built) ? built : [];
  script = output?.output[0].code ?? "";
  browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
  context = await browser.newContext();
  await context.route(`${url}/offline-test`, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
  );
  await context.route(`${url}/offline-test.js`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: script }),
  );
});
afterAll(() => browser.close());

async function openPage(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/offline-test`);
  return page;
}

function call<Result>(page: Page, name: string, ...given: string[]): Promise<Result> {
  const list = given.map((text) => JSON.stringify(text)).join(", ");
  return page.evaluate(`import("/offline-test.js").then((client) => client.${name}(${list}))`);
}

describe("the offline client in Chromium", () => {
  it("keeps the contract of storage on IndexedDB", async () => {
    const page = await openPage();
    const rules = await call<string[]>(page, "rules");
    expect(rules.length).toBeGreaterThan(4);
    for (const rule of rules) expect(await call(page, "prove", rule)).toBe("proven");
    await page.close();
  });

  it("000-06: sits a whole tryout while the network is gone, and delivers all of it after a restart", async () => {
    const { signIn } = await new Visitor(url).ask<{ signIn: { accessToken: string } }>(
      "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }",
      { input: { email: "student@nusantara.test", password: "lentera-demo" } },
    );
    const { accessToken: token } = signIn;
    const { tryouts } = await new Visitor(url, token).ask<{
      tryouts: { edges: { node: { id: string; itemCount: number } }[] };
    }>("{ tryouts(first: 1, filter: { kind: PRACTICE }) { edges { node { id itemCount } } } }");
    const { id: tryoutId, itemCount } = tryouts.edges[0]!.node;

    const page = await openPage();
    const sittingId = await call<string>(page, "begin", token, tryoutId);
    await context.setOffline(true);
    expect(await call(page, "sit", token, sittingId)).toEqual({ waiting: itemCount + 2, isCut: true });
    await page.close();
    await context.setOffline(false);

    const restarted = await openPage();
    expect(await call(restarted, "deliver", token, sittingId)).toEqual({ synced: itemCount + 2, isHeld: true });
    const { offlineSittings } = await new Visitor(url, token).ask<{ offlineSittings: object }>(
      "{ offlineSittings(first: 1) { edges { node { id verdict attempt { status answeredCount } } } } }",
    );
    expect(offlineSittings).toEqual({
      edges: [
        { node: { id: sittingId, verdict: "ACCEPTED", attempt: { status: "SCORED", answeredCount: itemCount } } },
      ],
    });
    await restarted.close();
  });
});
