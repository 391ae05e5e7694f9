import type { Viewer } from "@lentera/kit";
import type { GuardianAccessKind } from "@lentera/prisma/organization";
import type { ViewerAccess } from "./user.type.js";

/** What is known of the relationship between the viewer and one person. */
export interface Relationship {
  /** The permissions of the viewer's verified guardian link, if there is one. */
  readonly guardianPermissions: Omit<ViewerAccess, "viewProfile"> | null;
  /** The person is actively enrolled in the organization for which the viewer acts. */
  readonly enrolledHere: boolean;
  /** … and in a class that the viewer teaches. */
  readonly taughtByViewer: boolean;
}

function everything(allowed: boolean): ViewerAccess {
  return {
    viewProfile: allowed,
    viewScores: allowed,
    viewStudyTime: allowed,
    viewDetailedAnalytics: allowed,
    setGoals: allowed,
    receiveNotifications: allowed,
    accessReports: allowed,
  };
}

/** The decision that the whole graph asks for as `User.viewerAccess`. Denies by default. */
export function viewerAccessTo(viewer: Viewer, userId: string, relationship: Relationship): ViewerAccess {
  if (viewer.userId === userId || viewer.kind === "SYSTEM") return everything(true);
  const guardian = relationship.guardianPermissions;
  const staff = staffAccess(viewer, relationship);
  if (guardian === null) return staff;
  return {
    viewProfile: true,
    viewScores: guardian.viewScores || staff.viewScores,
    viewStudyTime: guardian.viewStudyTime || staff.viewStudyTime,
    viewDetailedAnalytics: guardian.viewDetailedAnalytics || staff.viewDetailedAnalytics,
    setGoals: guardian.setGoals || staff.setGoals,
    receiveNotifications: guardian.receiveNotifications || staff.receiveNotifications,
    accessReports: guardian.accessReports || staff.accessReports,
  };
}

/**
 * A teacher sees whom they teach, other staff the whole organization, the platform's admins everybody: each as far as their
 * permissions go.
 */
function staffAccess(viewer: Viewer, { enrolledHere, taughtByViewer }: Relationship): ViewerAccess {
  const inOrganization = viewer.staff && (viewer.role === "TEACHER" ? taughtByViewer : enrolledHere);
  const inReach = inOrganization || viewer.role === "PLATFORM_ADMIN";
  const may = (permission: string): boolean => inReach && viewer.permissions.includes(permission);
  return {
    viewProfile: may("students:read"),
    viewScores: may("attempts:read"),
    viewStudyTime: may("attempts:read"),
    viewDetailedAnalytics: may("attempts:read"),
    setGoals: may("goals:set"),
    receiveNotifications: false,
    accessReports: may("reports:read"),
  };
}

const READS = [
  ["viewProfile", "PROFILE"],
  ["viewScores", "SCORES"],
  ["viewStudyTime", "STUDY_TIME"],
  ["viewDetailedAnalytics", "ANALYTICS"],
  ["accessReports", "REPORTS"],
] as const satisfies readonly (readonly [keyof ViewerAccess, GuardianAccessKind])[];

/** What those of the fields permit that are true. */
export function accessKindsOf(access: ViewerAccess, fields: readonly string[]): GuardianAccessKind[] {
  return READS.filter(([field]) => access[field] && fields.includes(field)).map(([, kind]) => kind);
}
