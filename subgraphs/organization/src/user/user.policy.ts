import type { Viewer } from "@lentera/kit";
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
  if (viewer.userId === userId || viewer.role === "PLATFORM_ADMIN" || viewer.kind === "SYSTEM") return everything(true);
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

/** A teacher sees whom they teach; the other staff see the whole organization, as far as their permissions go. */
function staffAccess(viewer: Viewer, { enrolledHere, taughtByViewer }: Relationship): ViewerAccess {
  const inReach = viewer.staff && (viewer.role === "TEACHER" ? taughtByViewer : enrolledHere);
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
