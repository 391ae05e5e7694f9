import { expect, it } from "vitest";
import { isSuppressed } from "./suppression.rules.js";

it.each([
  { attempted: 0, suppressed: false },
  { attempted: 1, suppressed: true },
  { attempted: 5, suppressed: true },
  { attempted: 6, suppressed: false },
])("hides the results of $attempted students: $suppressed", ({ attempted, suppressed }) => {
  expect(isSuppressed(attempted)).toBe(suppressed);
});
