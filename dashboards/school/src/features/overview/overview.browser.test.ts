import {
  apiAs,
  audit,
  changeAnswer,
  failOperation,
  holdOperation,
  layoutShiftOf,
  openBrowser,
  openPage,
  PHONE,
  pick,
  signIn,
  VARIANTS,
} from "@lentera/dashboard-kit/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PRINCIPAL = "principal@nusantara.test";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openOverview(email = PRINCIPAL, prepare?: (page: Page) => Promise<unknown>) {
  const opened = await openPage(browser, PHONE);
  await prepare?.(opened.page);
  await signIn(opened.page, "school", email);
  return opened;
}

const chart = (page: Page) => page.getByRole("slider");

/** Sends the class as one whose results are `performance`. */
function withPerformance(page: Page, performance: object | null, errors?: object[]) {
  return changeAnswer(page, "ClassOverview", ({ data }) => {
    const found = pick(data, "class");
    return { data: { class: { ...Object(found), performance } }, ...(errors && { errors }) };
  });
}

describe("the school's overview", () => {
  it.each(VARIANTS)("is accessible and fits: $device, $theme, $locale", async (variant) => {
    const { page, context, faults } = await openPage(browser, variant);
    await page.goto("/school/");
    await page.getByRole("button", { name: /^(Masuk|Sign in)$/ }).waitFor();
    expect(await audit(page)).toEqual([]);

    await signIn(page, "school", PRINCIPAL);
    await chart(page).waitFor();
    expect(await audit(page)).toEqual([]);

    await page.getByRole("button", { name: /^(Arti Rata-rata|Meaning of Average)/ }).click();
    await page.getByText(/(pada skala 200–1000|scale from 200 to 1000)/).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByText(/^(Tabel|Table)$/).click();
    await page.getByRole("table").waitFor();
    expect(await audit(page)).toEqual([]);

    await page.setViewportSize({ width: 320, height: 640 });
    expect(await audit(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it("shows every bucket of the first class as the API has it", async () => {
    const api = await apiAs(PRINCIPAL);
    const answer = await api(
      `{ classes(first: 1) { edges { node { performance { distribution { from to count } averageScaled } } } } }`,
    );
    const performance = pick(answer, "classes", "edges", 0, "node", "performance");
    const distribution = pick(performance, "distribution");
    if (!Array.isArray(distribution)) throw new Error("The API sent no distribution.");
    const { format } = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 0 });
    const number = (bucket: unknown, name: string) => format(Number(pick(bucket, name)));

    const { page, context } = await openOverview(PRINCIPAL);
    await page.getByText("Tabel", { exact: true }).click();
    const rows = page.getByRole("table").getByRole("row");
    expect((await rows.allInnerTexts()).slice(1).map((row) => row.split(/\s+/))).toEqual(
      distribution.map((bucket) => [`${number(bucket, "from")}–${number(bucket, "to")}`, number(bucket, "count")]),
    );
    const average = page.getByRole("definition").first();
    expect(await average.innerText()).toBe(number(performance, "averageScaled"));
    await context.close();
  });

  it("keeps the chosen class and view in the address bar", async () => {
    const { page, context } = await openOverview();
    await page.getByText("Tabel", { exact: true }).click();
    const picker = page.getByLabel("Kelas", { exact: true });
    const second = await picker.locator("option").nth(1).getAttribute("value");
    await picker.selectOption(second);
    await page.waitForURL((url) => url.searchParams.get("class") === second);
    expect(new URL(page.url()).searchParams.get("view")).toBe("table");
    await page.reload();
    await picker.waitFor();
    expect(await picker.inputValue()).toBe(second);
    await context.close();
  });

  it("reads the chart bucket by bucket with the arrow keys", async () => {
    const { page, context } = await openOverview();
    await chart(page).focus();
    await page.keyboard.press("Home");
    expect(await chart(page).getAttribute("aria-valuetext")).toMatch(/^Skor 200–\d+: \d+ siswa$/);
    await context.close();
  });

  it("stands still while it loads", async () => {
    const { page, context } = await openOverview();
    expect(await layoutShiftOf(page, () => chart(page).waitFor())).toBeLessThanOrEqual(0.02);
    await context.close();
  });
});

describe("the school's overview in less than good times", () => {
  it("hides the results of five students or fewer", async () => {
    const few = { __typename: "ClassPerformance", averageScaled: 612, completionRate: 1, attemptedCount: 5 };
    const distribution = [{ __typename: "ScoreBucket", from: 600, to: 650, count: 5 }];
    const { page, context } = await openOverview(PRINCIPAL, (opened) =>
      withPerformance(opened, { ...few, studentCount: 30, distribution }),
    );
    await page.getByText("Terlalu sedikit siswa untuk ditampilkan").waitFor();
    expect(await page.locator("main").innerText()).not.toContain("612");
    expect(await chart(page).count()).toBe(0);
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("says when nobody has taken a tryout yet", async () => {
    const none = { __typename: "ClassPerformance", averageScaled: null, completionRate: 0, attemptedCount: 0 };
    const { page, context } = await openOverview(PRINCIPAL, (opened) =>
      withPerformance(opened, { ...none, studentCount: 30, distribution: [] }),
    );
    await page.getByText("Belum ada skor di kelas ini").waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("shows the class while its results are missing", async () => {
    const error = {
      message: "Layanan sedang tidak tersedia. Coba lagi.",
      path: ["class", "performance"],
      extensions: { code: "SERVICE_UNAVAILABLE", requestId: "test-request-1" },
    };
    const { page, context } = await openOverview(PRINCIPAL, (opened) => withPerformance(opened, null, [error]));
    await page.getByText("Hasil kelas belum dapat dimuat").waitFor();
    await page.getByText("Sebagian data belum dapat dimuat").waitFor();
    expect(await page.getByText(/siswa dari .* tempat/).isVisible()).toBe(true);
    expect(await audit(page)).toEqual([]);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Coba lagi" }).click();
    await chart(page).waitFor();
    await context.close();
  });

  it("says when the results are not for this account", async () => {
    const { page, context } = await openOverview(PRINCIPAL, (opened) => withPerformance(opened, null));
    await page.getByText("Hasil kelas ini tidak dibagikan kepada Anda").waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("says what failed, with the request id", async () => {
    const { page, context } = await openOverview(PRINCIPAL, (opened) => failOperation(opened, "ClassOverview"));
    await page.getByText("Nomor permintaan: test-request-1").waitFor();
    expect(await page.getByLabel("Kelas", { exact: true }).isVisible()).toBe(true);
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it.each(["Classes", "ClassOverview"])("is accessible while it waits for %s", async (operation) => {
    const { page, context } = await openOverview(PRINCIPAL, (opened) => holdOperation(opened, operation));
    await page.getByText("Memuat…").first().waitFor({ state: "attached" });
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("says what to wait for when the school has no classes", async () => {
    const { page, context } = await openOverview(PRINCIPAL, (opened) =>
      changeAnswer(opened, "Classes", () => ({
        data: { classes: { __typename: "ClassConnection", edges: [] } },
      })),
    );
    await page.getByText("Belum ada kelas").waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("leads out of an address with an unknown class", async () => {
    const { page, context } = await openOverview();
    await page.goto("/school/?class=018f0000-0000-7000-8000-000000000000");
    await page.getByText("Kelas ini tidak ada atau bukan kelas Anda").waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole("link", { name: "Buka kelas pertama" }).click();
    await chart(page).waitFor();
    await context.close();
  });

  it("is closed to parents, and shows them the way to their own", async () => {
    const { page, context } = await openOverview("parent@nusantara.test");
    await page.getByText("Halaman ini bukan untuk akun Anda").waitFor();
    expect(await page.getByRole("link", { name: "Buka dasbor saya" }).getAttribute("href")).toBe("/parent/");
    await context.close();
  });
});
