import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page, type Route } from "playwright-core";
import { chromiumPath, lenteraUrl } from "./env.js";

const FLAGS = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
];

/** A way of looking at a screen. */
export interface Variant {
  readonly device: "phone" | "desk";
  readonly theme: "light" | "dark";
  readonly locale: "id" | "en";
}

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };

export const PHONE: Variant = { device: "phone", theme: "light", locale: "id" };

/** Every pair of device, theme and language in half the looks that all combinations would take. */
export const VARIANTS: readonly Variant[] = [
  PHONE,
  { device: "phone", theme: "dark", locale: "en" },
  { device: "desk", theme: "light", locale: "en" },
  { device: "desk", theme: "dark", locale: "id" },
];

/** Debian's Chromium, unable to reach anything but this machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
}

/** A page that remembers everything a page must not do. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, exceptions and requests to other origins, in order. */
  readonly faults: string[];
}

/** A fresh visitor's page in one variant. */
export async function openPage(browser: Browser, { device, theme, locale }: Variant): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: lenteraUrl(),
    viewport: SIZES[device],
    colorScheme: theme,
    hasTouch: device === "phone",
    reducedMotion: "reduce",
  });
  await context.addInitScript((chosen) => localStorage.setItem("lentera.locale", chosen), locale);
  const page = await context.newPage();
  return { page, context, faults: watch(page) };
}

/** Collects what a page does wrong from now on. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  const home = new URL(lenteraUrl()).host;
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== home) faults.push(`external: ${request.url()}`);
  });
  return faults;
}

/** What is wrong with the page as it stands: accessibility, and a page wider than its window. */
export async function audit(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ...(wider > 0 ? [`horizontal scroll: ${wider} px`] : []),
  ];
}

/** Loads the page anew and tells how much its parts moved until `settled`; browsers call more than 0.1 annoying. */
export async function layoutShiftOf(page: Page, settled: () => Promise<unknown>): Promise<number> {
  await page.addInitScript(() => {
    const root = document.documentElement;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const value = "value" in entry ? Number(entry.value) : 0;
        root.dataset["layoutShift"] = String(Number(root.dataset["layoutShift"] ?? 0) + value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.reload();
  await settled();
  await page.waitForLoadState("networkidle");
  return page.evaluate(() => Number(document.documentElement.dataset["layoutShift"] ?? 0));
}

export const PASSWORD = "lentera-demo";

/** Signs in at the dashboard served at `/<app>/` and waits until its shell stands. */
export async function signIn(page: Page, app: string, email: string): Promise<void> {
  await page.goto(`/${app}/`);
  await fillSignIn(page, email, PASSWORD);
  await page.locator("form").waitFor({ state: "detached" });
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").click();
}

interface Answer {
  data?: unknown;
  errors?: unknown;
}

function operationOf(route: Route): unknown {
  const body: unknown = route.request().postDataJSON();
  return typeof body === "object" && body !== null && "operationName" in body ? body.operationName : undefined;
}

/** Lets the API answer one operation and hands its answer to `change`, as a faulty or different world would send it. */
export async function changeAnswer(page: Page, operation: string, change: (answer: Answer) => Answer): Promise<void> {
  await page.route("**/graphql", async (route) => {
    if (operationOf(route) !== operation) return route.fallback();
    const response = await route.fetch();
    const answer: Answer = await response.json();
    return route.fulfill({ response, json: change(answer) });
  });
}

/** Makes one operation fail as an unreachable service behind the gateway does. */
export function failOperation(page: Page, operation: string): Promise<void> {
  return changeAnswer(page, operation, () => ({
    data: null,
    errors: [
      {
        message: "Layanan sedang tidak tersedia. Coba lagi.",
        extensions: { code: "SERVICE_UNAVAILABLE", number: 6003, details: [], requestId: "test-request-1" },
      },
    ],
  }));
}

/** Leaves one operation without an answer, so that the screen stays in its loading state. */
export async function holdOperation(page: Page, operation: string): Promise<void> {
  await page.route("**/graphql", (route) => (operationOf(route) === operation ? undefined : route.fallback()));
}

/** Cuts the network for one operation. */
export async function cutOperation(page: Page, operation: string): Promise<void> {
  await page.route("**/graphql", (route) =>
    operationOf(route) === operation ? route.abort("connectionfailed") : route.fallback(),
  );
}
