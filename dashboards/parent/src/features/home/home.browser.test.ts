import {
  apiAs,
  audit,
  changeAnswer,
  cutOperation,
  failOperation,
  holdOperation,
  layoutShiftOf,
  openBrowser,
  openPage,
  PHONE,
  pick,
  signIn,
  VARIANTS,
  watch,
} from "@lentera/dashboard-kit/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PARENT = "parent@nusantara.test";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function openHome(email = PARENT, prepare?: (page: Page) => Promise<unknown>) {
  const opened = await openPage(browser, PHONE);
  await prepare?.(opened.page);
  await signIn(opened.page, "parent", email);
  return opened;
}

const chart = (page: Page) => page.getByRole("slider");
const score = (page: Page) => page.getByRole("region", { name: "Skor terakhir" });

/** Sends all children without their attempts, as the API does for who may not see them or while their service fails. */
function withoutAttempts(page: Page, errors?: object[]) {
  return changeAnswer(page, "Home", ({ data }) => {
    const viewer = pick(data, "viewer");
    const children = pick(viewer, "children");
    if (!Array.isArray(children)) throw new Error("The API sent no list of children.");
    const changed = children.map((link: unknown) => ({
      ...Object(link),
      student: { ...Object(pick(link, "student")), attempts: null },
    }));
    return { data: { viewer: { ...Object(viewer), children: changed } }, ...(errors && { errors }) };
  });
}

describe("the parent's home", () => {
  it.each(VARIANTS)("is accessible and fits: $device, $theme, $locale", async (variant) => {
    const { page, context, faults } = await openPage(browser, variant);
    await page.goto("/parent/");
    await page.getByRole("button", { name: /^(Masuk|Sign in)$/ }).waitFor();
    expect(await audit(page)).toEqual([]);

    await signIn(page, "parent", PARENT);
    await chart(page).waitFor();
    expect(await audit(page)).toEqual([]);

    await page.getByText(/^(Tabel|Table)$/).click();
    await page.getByRole("table").waitFor();
    expect(await audit(page)).toEqual([]);

    await page.getByRole("button", { name: /(menu akun|account menu)/ }).click();
    await page.getByRole("button", { name: /^(Keluar|Sign out)$/ }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: /^(Tulis ajakan|Write an invitation)$/ }).click();
    await page.getByRole("dialog", { name: /^(Ajakan untuk|Invitation for)/ }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.setViewportSize({ width: 320, height: 640 });
    expect(await audit(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  it("shows the latest score and its range as the API has them", async () => {
    const api = await apiAs(PARENT);
    const answer = await api(
      `{ viewer { children { student { attempts(first: 20) { edges { node { score { scaled interval { low high } } } } } } } } }`,
    );
    const attempts = pick(answer, "viewer", "children", 0, "student", "attempts", "edges");
    if (!Array.isArray(attempts)) throw new Error("The API sent no list of attempts.");
    const latest: unknown = attempts
      .map((edge: unknown) => pick(edge, "node", "score"))
      .find((found) => found !== null);
    const shown = [pick(latest, "scaled"), pick(latest, "interval", "low"), pick(latest, "interval", "high")].map(
      (value) => new Intl.NumberFormat("id-ID", { maximumFractionDigits: 0 }).format(Number(value)),
    );

    const { page, context } = await openHome();
    await score(page).getByText("Kemampuan").waitFor();
    const text = await score(page).innerText();
    for (const value of shown) expect(text).toContain(value);
    await context.close();
  });

  it("reads the chart point by point with the arrow keys", async () => {
    const { page, context } = await openHome();
    await chart(page).focus();
    const latest = await chart(page).getAttribute("aria-valuetext");
    await page.keyboard.press("Home");
    const first = await chart(page).getAttribute("aria-valuetext");
    expect(first).not.toBe(latest);
    await page.keyboard.press("End");
    expect(await chart(page).getAttribute("aria-valuetext")).toBe(latest);
    await page.keyboard.press("Escape");
    await context.close();
  });

  it("gives the focus back after the dialog", async () => {
    const { page, context } = await openHome();
    const opener = page.getByRole("button", { name: "Tulis ajakan" });
    await opener.click();
    await page.getByRole("dialog").getByRole("button", { name: "Tutup" }).click();
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    await context.close();
  });

  it("shows a new message of the child without a reload, and sends an invitation", async () => {
    const { page, context } = await openHome();
    const student = await apiAs("student@nusantara.test");
    const conversations = await student(`{ conversations(first: 1) { edges { node { id } } } }`);
    const text = `Halo dari tes ${crypto.randomUUID()}`;
    const conversationId = pick(conversations, "conversations", "edges", 0, "node", "id");
    await page.getByText("Langsung", { exact: true }).waitFor();
    // A socket that stands may not have subscribed yet, so the child says it again until it is heard.
    const heard = async () => {
      const input = { conversationId, text, idempotencyKey: crypto.randomUUID() };
      await student(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }`, {
        input,
      });
      return page.getByText(text).isVisible();
    };
    await expect.poll(heard, { timeout: 15_000, interval: 250 }).toBe(true);

    const invitation = `Ajakan dari tes ${crypto.randomUUID()}`;
    await page.getByRole("button", { name: "Tulis ajakan" }).click();
    await page.getByLabel("Pesan", { exact: true }).fill(invitation);
    await page.getByRole("button", { name: "Kirim" }).click();
    await page.getByText("Ajakan terkirim").waitFor();
    await page.getByText(invitation).waitFor();
    await context.close();
  });

  it("asks each question once", async () => {
    const asked: string[] = [];
    const { page, context } = await openHome();
    await chart(page).waitFor();
    page.on("request", (request) => {
      const query = /query (\w+)/.exec(request.postData() ?? "")?.[1];
      if (query) asked.push(query);
    });
    await page.reload();
    await chart(page).waitFor();
    await page.waitForLoadState("networkidle");
    expect(asked.toSorted()).toEqual(["Conversations", "Home", "Viewer"]);
    await context.close();
  });

  it("stands still while it loads", async () => {
    const { page, context } = await openHome();
    expect(await layoutShiftOf(page, () => chart(page).waitFor())).toBeLessThanOrEqual(0.02);
    await context.close();
  });
});

describe("the parent's home in less than good times", () => {
  it.each(["Viewer", "Home"])("is accessible while it waits for %s", async (operation) => {
    const { page, context } = await openHome(PARENT, (opened) => holdOperation(opened, operation));
    await page.getByText("Memuat…").first().waitFor({ state: "attached" });
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("shows the rest while the scores fail, and loads them on retry", async () => {
    const { page, context } = await openHome(PARENT, (opened) =>
      withoutAttempts(opened, [
        {
          message: "Layanan sedang tidak tersedia. Coba lagi.",
          path: ["viewer", "children", 0, "student", "attempts"],
          extensions: { code: "SERVICE_UNAVAILABLE", number: 6003, details: [], requestId: "test-request-1" },
        },
      ]),
    );
    await score(page).getByText("Nomor permintaan: test-request-1").waitFor();
    await page.getByText("Sebagian data belum dapat dimuat").waitFor();
    expect(await page.getByRole("region", { name: "Pesan terakhir" }).isVisible()).toBe(true);
    expect(await audit(page)).toEqual([]);
    await page.unrouteAll();
    await score(page).getByRole("button", { name: "Coba lagi" }).click();
    await chart(page).waitFor();
    await context.close();
  });

  it("shows the scores while the messages fail", async () => {
    const { page, context } = await openHome(PARENT, (opened) => failOperation(opened, "Conversations"));
    await chart(page).waitFor();
    await page.getByRole("region", { name: "Pesan terakhir" }).getByText("Nomor permintaan").waitFor();
    await context.close();
  });

  it("says that everything failed, with the request id, and signs nobody out for it", async () => {
    const { page, context } = await openHome(PARENT, (opened) => failOperation(opened, "Home"));
    await page.getByText("Nomor permintaan: test-request-1").waitFor();
    expect(await page.getByRole("button", { name: /menu akun/ }).isVisible()).toBe(true);
    expect(await audit(page)).toEqual([]);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Coba lagi" }).click();
    await chart(page).waitFor();
    await context.close();
  });

  it("keeps old data with its time when it cannot be renewed", async () => {
    const { page, context } = await openHome();
    await chart(page).waitFor();
    await cutOperation(page, "Home");
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.getByText(/Belum dapat diperbarui\. Yang tampil adalah data pukul \d\d\.\d\d\./).waitFor();
    expect(await chart(page).isVisible()).toBe(true);
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("says that the device is offline, and loads when it is not any more", async () => {
    const { page, context } = await openHome(PARENT, async (opened) => {
      await cutOperation(opened, "Home");
      await opened.addInitScript(() => {
        let online = false;
        Object.defineProperty(Navigator.prototype, "onLine", { get: () => online });
        window.addEventListener("online", () => (online = true), { capture: true });
      });
    });
    await page.getByText("Anda sedang luring").waitFor();
    await page.getByText("Luring", { exact: true }).waitFor();
    expect(await audit(page)).toEqual([]);
    await page.unrouteAll();
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await chart(page).waitFor();
    await context.close();
  });

  it("explains when the child does not share scores", async () => {
    const { page, context } = await openHome(PARENT, (opened) => withoutAttempts(opened));
    await page.getByText(/^Skor .+ tidak dibagikan$/).waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("tells a parent without children how to link one", async () => {
    const { page, context } = await openHome(PARENT, (opened) =>
      changeAnswer(opened, "Home", ({ data }) => ({
        data: { viewer: { __typename: "User", id: pick(data, "viewer", "id"), children: [] } },
      })),
    );
    await page.getByText("Belum ada anak yang terhubung").waitFor();
    expect(await page.getByText(`surel Anda: ${PARENT}`).isVisible()).toBe(true);
    expect(await audit(page)).toEqual([]);
    await context.close();
  });

  it("is closed to students", async () => {
    const { page, context } = await openHome("student@nusantara.test");
    await page.getByText("Halaman ini bukan untuk akun Anda").waitFor();
    expect(await audit(page)).toEqual([]);
    await context.close();
  });
});

describe("the session", () => {
  const refreshToken = (page: Page) => page.evaluate(() => localStorage.getItem("lentera.refresh"));

  it("survives reloads in two tabs at once, each with a new refresh token", async () => {
    const { page, context } = await openHome();
    await chart(page).waitFor();
    const before = await refreshToken(page);
    const other = await context.newPage();
    const faults = watch(other);
    await Promise.all([page.reload(), other.goto("/parent/")]);
    await Promise.all([chart(page).waitFor(), chart(other).waitFor()]);
    expect(await refreshToken(page)).not.toBe(before);
    expect(faults).toEqual([]);
    await context.close();
  });

  it("ends in every tab when one signs out", async () => {
    const { page, context } = await openHome();
    await chart(page).waitFor();
    const other = await context.newPage();
    await other.goto("/parent/");
    await chart(other).waitFor();
    await page.getByRole("button", { name: /menu akun/ }).click();
    await page.getByRole("button", { name: "Keluar" }).click();
    await Promise.all([page, other].map((tab) => tab.locator("input[name=password]").waitFor()));
    expect(await refreshToken(page)).toBeNull();
    await context.close();
  });

  it("renews an access token that the API calls expired, and asks again", async () => {
    let refused = 0;
    const { page, context } = await openHome(PARENT, (opened) =>
      opened.route("**/graphql", (route) => {
        if (refused > 0 || !route.request().postData()?.includes("query Home")) return route.fallback();
        refused += 1;
        const extensions = { code: "TOKEN_EXPIRED", number: 1003, details: [], requestId: "test-request-3" };
        return route.fulfill({ status: 401, json: { errors: [{ message: "Sesi berakhir.", extensions }] } });
      }),
    );
    await chart(page).waitFor();
    expect(refused).toBe(1);
    await context.close();
  });

  it("follows another tab that signs in as somebody else", async () => {
    const { page, context } = await openHome();
    await chart(page).waitFor();
    const other = await context.newPage();
    await other.goto("/parent/");
    await other.getByRole("button", { name: /menu akun/ }).click();
    await other.getByRole("button", { name: "Keluar" }).click();
    await page.locator("input[name=password]").waitFor();
    await signIn(other, "parent", "student@nusantara.test");
    await page.getByText("Halaman ini bukan untuk akun Anda").waitFor();
    expect(await page.getByText("Skor terakhir").count()).toBe(0);
    await context.close();
  });

  it("ends when the refresh token is refused", async () => {
    const { page, context } = await openHome();
    await page.evaluate(() => localStorage.setItem("lentera.refresh", "forged"));
    await page.reload();
    await page.locator("input[name=password]").waitFor();
    expect(await refreshToken(page)).toBeNull();
    await context.close();
  });
});
