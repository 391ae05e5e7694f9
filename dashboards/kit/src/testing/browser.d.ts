import { type Browser, type BrowserContext, type Page } from "playwright-core";
/** A way of looking at a screen. */
export interface Variant {
    readonly device: "phone" | "desk";
    readonly theme: "light" | "dark";
    readonly locale: "id" | "en";
}
export declare const PHONE: Variant;
/** Every device in every theme in every language. */
export declare const VARIANTS: readonly Variant[];
/** Debian's Chromium, unable to reach anything but this machine. */
export declare function openBrowser(): Promise<Browser>;
/** A page that remembers everything a page must not do. */
export interface Watched {
    readonly page: Page;
    readonly context: BrowserContext;
    /** Console errors, exceptions and requests to other origins, in order. */
    readonly faults: string[];
}
/** A fresh visitor's page in one variant. */
export declare function openPage(browser: Browser, { device, theme, locale }: Variant): Promise<Watched>;
/** Collects what a page does wrong from now on. */
export declare function watch(page: Page): string[];
/** What is wrong with the page as it stands: accessibility, and a page wider than its window. */
export declare function audit(page: Page): Promise<string[]>;
/** Loads the page anew and tells how much its parts moved until `settled`; browsers call more than 0.1 annoying. */
export declare function layoutShiftOf(page: Page, settled: () => Promise<unknown>): Promise<number>;
export declare const PASSWORD = "lentera-demo";
/** Signs in at the dashboard served at `/<app>/` and waits until its shell stands. */
export declare function signIn(page: Page, app: string, email: string): Promise<void>;
export declare function fillSignIn(page: Page, email: string, password: string): Promise<void>;
interface Answer {
    data?: unknown;
    errors?: unknown;
}
/** Lets the API answer one operation and hands its answer to `change`, as a faulty or different world would send it. */
export declare function changeAnswer(page: Page, operation: string, change: (answer: Answer) => Answer): Promise<void>;
/** Makes one operation fail as an unreachable service behind the gateway does. */
export declare function failOperation(page: Page, operation: string): Promise<void>;
/** Leaves one operation without an answer, so that the screen stays in its loading state. */
export declare function holdOperation(page: Page, operation: string): Promise<void>;
/** Cuts the network for one operation. */
export declare function cutOperation(page: Page, operation: string): Promise<void>;
export {};
