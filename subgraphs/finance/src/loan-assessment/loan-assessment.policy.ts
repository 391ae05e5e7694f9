import type { Viewer } from "@lentera/kit";

/** People see how they were scored themselves. */
export function visibleTo(viewer: Viewer): object {
  return { userId: viewer.userId ?? "00000000-0000-0000-0000-000000000000" };
}
