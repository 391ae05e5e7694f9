import { createHash } from "node:crypto";
import type { RequestIdentity } from "@lentera/kit";

/**
 * Names everything that the answer to a viewer may depend on. Whatever a viewer has, now or ever, is part of it; the
 * address and the browser are not, which is why a shared execution is not told them.
 */
export function visibilityOf({ viewer, language }: Pick<RequestIdentity, "viewer" | "language">): string {
  return fingerprint([viewer, language]);
}

/** Equal for equal JSON, in whatever order the fields of an object stand. */
export function fingerprint(value: unknown): string {
  const sorted = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
  return createHash("sha256").update(sorted).digest("base64");
}
