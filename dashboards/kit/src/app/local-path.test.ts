import { expect, it } from "vitest";
import { toLocalPath } from "./local-path.js";

it("accepts addresses of this dashboard", () => {
  expect(["/", "/?view=table", "/a/b#c"].map(toLocalPath)).toEqual(["/", "/?view=table", "/a/b#c"]);
});

it("refuses whatever could lead to another site", () => {
  const elsewhere = ["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "a", "", 1, null];
  expect(elsewhere.map(toLocalPath)).toEqual(elsewhere.map(() => undefined));
});
