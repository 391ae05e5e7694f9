import type { SignedInViewer } from "@lentera/kit";

/** The conversations in which the viewer takes part. Being staff or an administrator opens no other. */
export function visibleTo(viewer: SignedInViewer): object {
  return { participants: { some: { userId: viewer.userId } } };
}
