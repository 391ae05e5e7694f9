import type { Viewer } from "@lentera/kit";

interface QuestionFacts {
  readonly organizationId: string | null;
  readonly authorId: string | null;
}

/** Whether a question is the viewer's to work on: the platform's for its admins, an organization's for its staff. */
export function owns(viewer: Viewer, { organizationId }: Pick<QuestionFacts, "organizationId">): boolean {
  if (viewer.role === "PLATFORM_ADMIN") return viewer.organizationId === organizationId || organizationId === null;
  return viewer.staff && organizationId !== null && viewer.organizationId === organizationId;
}

/** Keys belong to those whose question it is; of the platform's, an organization sees the question alone. */
export function canReadKey(viewer: Viewer, question: QuestionFacts): boolean {
  return owns(viewer, question) && viewer.permissions.includes("questions:read");
}

export function canWrite(viewer: Viewer, question: QuestionFacts): boolean {
  return owns(viewer, question) && viewer.permissions.includes("questions:write");
}

/** Nobody reviews what they wrote; the database holds to it too. */
export function canReview(viewer: Viewer, question: QuestionFacts): boolean {
  return (
    owns(viewer, question) &&
    viewer.permissions.includes("questions:review") &&
    viewer.userId !== null &&
    viewer.userId !== question.authorId
  );
}

export function canPublish(viewer: Viewer, question: QuestionFacts): boolean {
  return owns(viewer, question) && viewer.permissions.includes("questions:review");
}

/** The questions on the viewer's desk: their own organization's, and what the platform has published. */
export function visibleTo(viewer: Viewer): object {
  if (viewer.role === "PLATFORM_ADMIN") return {};
  return { OR: [{ organizationId: viewer.organizationId ?? NOBODY }, { organizationId: null, status: "PUBLISHED" }] };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";
