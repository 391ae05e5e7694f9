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

const ADMIN = "admin@lentera.test";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openHome(email = ADMIN, prepare?: (page: Page) => Promise<unknown>) {
  const opened = await openPage(browser, PHONE);
  await prepare?.(opened.page);
  await signIn(opened.page, "admin", email);
  return opened;
}

const chart = (page: Page) => page.getByRole("slider");
const organizations = (page: Page) => page.getByRole("region", { name: /^Organisasi/ });

describe("the admin's home", () => {
  it.each(VARIANTS)("is accessible and fits: $device, $theme, $locale", async (variant) => {
    const { page, context, faults } = await openPage(browser, variant);
    await page.goto("/admin/");
    await page.getByRole("button", { name: /^(Masuk|Sign in)$/ }).waitFor();
    expect(await audit(page)).toEqual([]);

    await signIn(page, "admin", ADMIN);
    await chart(page).waitFor();
    await page.getByRole("table").waitFor();
    expect(await audit(page)).toEqual([]);

    await page.getByRole("button", { name: /^(Arti Pengguna|Meaning of Users)$/ }).click();
    await page.getByText(/(Semua akun yang belum dihapus|All accounts that are not deleted)/).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByText(/^(Tabel|Table)$/).click();
    await chart(page).waitFor({ state: "detached" });
    expect(await audit(page)).toEqual([]);

    await page.setViewportSize({ width: 320, height: 640 });
    expect(await audit(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it("shows the platform's numbers as the API has them, each with its definition", async () => {
    const api = await apiAs(ADMIN);
    const answer = await api(`{ platformOverview { organizationCount userCount studentCount } }`);
    const { format } = new Intl.NumberFormat("id-ID");
    const numbers = ["organizationCount", "userCount", "studentCount"].map((name) =>
      format(Number(pick(answer, "platformOverview", name))),
    );
    const { page, context } = await openHome();
    await page.getByRole("button", { name: "Arti Tryout dikumpulkan" }).waitFor();
    expect((await page.getByRole("definition").allInnerTexts()).slice(0, 3)).toEqual(numbers);
    expect(await page.getByRole("definition").count()).toBe(await page.locator("dt button").count());
    await context.close();
  });

  it("keeps the range and the view in the address bar, and shows as many days", async () => {
    const { page, context } = await openHome();
    await page.getByRole("radio", { name: "7 hari" }).check();
    await page.getByText("Tabel", { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get("range") === "7" && url.searchParams.get("view") === "table");
    await page.reload();
    const days = page.getByRole("region", { name: "Tryout per hari: Tabel" });
    await days.waitFor();
    expect(await days.getByRole("row").count()).toBe(1 + 7);
    await context.close();
  });

  it("turns the pages of organizations forward and back", async () => {
    const page1 = ["Satu", "Dua"];
    const page2 = ["Tiga"];
    const { page, context } = await openHome(ADMIN, (opened) =>
      opened.route("**/graphql", async (route) => {
        const body = route.request().postData() ?? "";
        if (!body.includes("query Organizations")) return route.fallback();
        const second = body.includes('"after":"cursor-2"');
        const edges = (second ? page2 : page1).map((name) => ({
          __typename: "OrganizationEdge",
          node: {
            __typename: "Organization",
            id: name,
            name,
            kind: "SCHOOL",
            status: "ACTIVE",
            memberCount: 1,
            studentCount: 1200,
            createdAt: "2026-01-02T03:04:05.000Z",
          },
        }));
        const pageInfo = { __typename: "PageInfo", hasNextPage: !second, endCursor: second ? "cursor-3" : "cursor-2" };
        const connection = { __typename: "OrganizationConnection", totalCount: 3, pageInfo, edges };
        return route.fulfill({ json: { data: { organizations: connection } } });
      }),
    );
    const names = () => organizations(page).getByRole("rowheader").allInnerTexts();
    await organizations(page).getByText("Satu").waitFor();
    await page.getByRole("link", { name: "Berikutnya" }).click();
    await organizations(page).getByText("Tiga").waitFor();
    expect((await names()).length).toBe(1);
    expect(await page.getByRole("link", { name: "Berikutnya" }).count()).toBe(0);
    expect(await audit(page)).toEqual([]);

    await page.getByRole("button", { name: "Sebelumnya" }).click();
    await organizations(page).getByText("Satu").waitFor();
    expect((await names()).length).toBe(2);

    await page.goto("/admin/?after=cursor-2");
    await page.getByRole("link", { name: "Halaman pertama" }).click();
    await organizations(page).getByText("Satu").waitFor();
    await context.close();
  });

  it("stands still while it loads", async () => {
    const { page, context } = await openHome();
    expect(await layoutShiftOf(page, () => chart(page).waitFor())).toBeLessThanOrEqual(0.02);
    await context.close();
  });
});

describe("the admin's home in less than good times", () => {
  it.each([
    { operation: "Overview", rest: "Tryout per hari" },
    { operation: "AttemptsPerDay", rest: "Organisasi" },
    { operation: "Organizations", rest: "Tryout per hari" },
  ])("shows the rest while $operation fails", async ({ operation, rest }) => {
    const { page, context } = await openHome(ADMIN, (opened) => failOperation(opened, operation));
    await page.getByText("Nomor permintaan: test-request-1").waitFor();
    expect(await page.getByRole("heading", { name: rest }).isVisible()).toBe(true);
    expect(await page.getByText("Nomor permintaan").count()).toBe(1);
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it.each(["Overview", "AttemptsPerDay", "Organizations"])("is accessible while it waits for %s", async (operation) => {
    const { page, context } = await openHome(ADMIN, (opened) => holdOperation(opened, operation));
    await page.getByRole("heading", { name: "Platform hari ini" }).waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("says when there were no tryouts", async () => {
    const { page, context } = await openHome(ADMIN, (opened) =>
      changeAnswer(opened, "AttemptsPerDay", () => ({
        data: { attemptsPerDay: [{ __typename: "DailyAttempts", date: "2026-05-12", started: 0, submitted: 0 }] },
      })),
    );
    await page.getByText("Belum ada tryout dalam rentang ini").waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it.each([
    { email: "student@nusantara.test", home: null },
    { email: "principal@nusantara.test", home: "/school/" },
  ])("is closed to $email", async ({ email, home }) => {
    const { page, context } = await openHome(email);
    await page.getByText("Halaman ini bukan untuk akun Anda").waitFor();
    expect(await audit(page)).toEqual([]);
    const link = page.getByRole("link", { name: "Buka dasbor saya" });
    expect((await link.count()) === 0 ? null : await link.getAttribute("href")).toBe(home);
    await context.close();
  });
});
