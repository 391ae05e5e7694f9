import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

/** Kibibytes after gzip, as agreed for phones on slow networks. */
const BUDGET = { entry: 145, route: 185, adminRoute: 245, css: 15 };

const dashboards = join(import.meta.dirname, "../../..");

function gzipped(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1024;
}

describe.each(["parent", "school", "admin"])("%s", (app) => {
  const dist = join(dashboards, app, "dist");
  const assets = existsSync(dist) ? readdirSync(join(dist, "assets")).map((file) => join(dist, "assets", file)) : [];
  const scripts = assets.filter((file) => file.endsWith(".js"));

  it("loads little before the first screen", () => {
    const html = readFileSync(join(dist, "index.html"), "utf8");
    const entry = scripts.filter((file) => html.includes(file.slice(dist.length)));
    expect(entry.length).toBeGreaterThan(0);
    expect(gzipped(entry)).toBeLessThanOrEqual(BUDGET.entry);
  });

  it("has no route that loads much, as all its scripts together are little", () => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(gzipped(scripts)).toBeLessThanOrEqual(app === "admin" ? BUDGET.adminRoute : BUDGET.route);
  });

  it("has little CSS", () => {
    const styles = assets.filter((file) => file.endsWith(".css"));
    expect(styles.length).toBeGreaterThan(0);
    expect(gzipped(styles)).toBeLessThanOrEqual(BUDGET.css);
  });
});
