import { audit, fillSignIn, openBrowser, openPage, PASSWORD, PHONE, signIn } from "@lentera/dashboard-kit/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PARENT = "parent@nusantara.test";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openSignIn() {
  const opened = await openPage(browser, PHONE);
  await opened.page.goto("/parent/");
  await opened.page.locator("input[name=email]").waitFor();
  return opened;
}

const alert = (page: Page) => page.getByRole("alert");

describe("signing in", () => {
  it("gives the API's one sentence for a wrong password and for an unknown person", async () => {
    const { page, context } = await openSignIn();
    await fillSignIn(page, PARENT, "wrong");
    await alert(page).getByText("Surel, kata sandi, atau kode tidak cocok.").waitFor();
    expect(await audit(page)).toEqual([]);
    await fillSignIn(page, "nobody@nusantara.test", "wrong");
    await alert(page).getByText("Surel, kata sandi, atau kode tidak cocok.").waitFor();
    await context.close();
  });

  it("shows and hides the password", async () => {
    const { page, context } = await openSignIn();
    const password = page.locator("input[name=password]");
    expect(await password.getAttribute("type")).toBe("password");
    await page.getByRole("button", { name: "Tampilkan kata sandi" }).click();
    expect(await password.getAttribute("type")).toBe("text");
    await context.close();
  });

  it("asks for the second factor when the API does", async () => {
    const { page, context } = await openSignIn();
    await page.route("**/graphql", (route) => {
      if (route.request().postData()?.includes('"otp":"123456"')) return route.continue();
      const details = [{ path: "input.otp", code: "REQUIRED_FIELD_MISSING", message: "Isian ini wajib diisi." }];
      const extensions = { code: "VALIDATION_ERROR", number: 2001, details, requestId: "test-request-2" };
      return route.fulfill({ json: { errors: [{ message: "Masukkan kode verifikasi.", extensions }] } });
    });
    await fillSignIn(page, PARENT, PASSWORD);
    const otp = page.getByLabel("Kode verifikasi");
    await otp.fill("123456");
    expect(await audit(page)).toEqual([]);
    await page.getByRole("button", { name: "Masuk", exact: true }).click();
    await page.locator("form").waitFor({ state: "detached" });
    await context.close();
  });

  it("says that Lentera cannot be reached", async () => {
    const { page, context } = await openSignIn();
    await page.route("**/graphql", (route) => route.abort("connectionrefused"));
    await fillSignIn(page, PARENT, PASSWORD);
    await alert(page).getByText("Lentera tidak dapat dihubungi").waitFor();
    await context.close();
  });

  it("leads to where the reader wanted to go", async () => {
    const { page, context } = await openPage(browser, PHONE);
    await page.goto("/parent/?view=table");
    await fillSignIn(page, PARENT, PASSWORD);
    await page.getByRole("table").waitFor();
    expect(new URL(page.url()).search).toBe("?view=table");
    await context.close();
  });

  it("never leads to another site", async () => {
    const { page, context, faults } = await openPage(browser, PHONE);
    await page.goto("/parent/sign-in?next=https://example.com/");
    await fillSignIn(page, PARENT, PASSWORD);
    await page.getByRole("button", { name: /menu akun/ }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it("is remembered only by who asked for it", async () => {
    const remembering = await openPage(browser, PHONE);
    await signIn(remembering.page, "parent", PARENT);
    await remembering.context.clearCookies();
    await remembering.page.reload();
    await remembering.page.getByRole("button", { name: /menu akun/ }).waitFor();
    await remembering.context.close();

    const forgetting = await openSignIn();
    await forgetting.page.getByLabel("Ingat saya di perangkat ini").uncheck();
    await fillSignIn(forgetting.page, PARENT, PASSWORD);
    await forgetting.page.getByRole("button", { name: /menu akun/ }).waitFor();
    // The browser closes: its session cookies are gone.
    await forgetting.context.clearCookies();
    await forgetting.page.reload();
    await forgetting.page.locator("input[name=password]").waitFor();
    await forgetting.context.close();
  });
});

describe("preferences", () => {
  it("changes the language of the page at once and keeps it", async () => {
    const { page, context } = await openPage(browser, PHONE);
    await page.goto("/parent/");
    await page.evaluate(() => localStorage.removeItem("lentera.locale"));
    await page.getByRole("radio", { name: "English" }).check();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
    expect(await page.evaluate(() => localStorage.getItem("lentera.locale"))).toBe("en");
    await context.close();
  });

  it("sets the chosen theme before the first paint", async () => {
    const { page, context } = await openPage(browser, { ...PHONE, theme: "light" });
    await page.addInitScript(() => {
      localStorage.setItem("lentera.theme", "dark");
      new PerformanceObserver(() => {
        document.documentElement.dataset["themeAtPaint"] ??= document.documentElement.dataset["theme"] ?? "none";
      }).observe({ type: "paint", buffered: true });
    });
    await page.goto("/parent/");
    await page.locator("html[data-theme-at-paint=dark]").waitFor();
    await context.close();
  });
});
