import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { audit, openBrowser, openPage, PHONE } from "./index.js";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Each planted violation is what the audits of the real screens must never find. */
it("finds what is planted on a bad page", async () => {
  const { page, context, faults } = await openPage(browser, PHONE);
  await page.goto("/parent/");
  await page.setContent(`<html lang="id"><title>Buruk</title><main>
    <h1>Buruk</h1>
    <img src="http://example.com/tracker.png">
    <p style="color: #bbb; background: #fff">Abu-abu di atas putih</p>
    <div style="width: 2000px">Lebar</div>
  </main></html>`);
  await page.evaluate(() => console.error("planted"));
  const findings = await audit(page);
  expect(findings.map((finding) => finding.split(":")[0])).toEqual(
    expect.arrayContaining(["image-alt", "color-contrast", "horizontal scroll"]),
  );
  expect(faults).toContain("console: planted");
  expect(faults).toContain("external: http://example.com/tracker.png");
  await context.close();
});
