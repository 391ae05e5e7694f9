import type { Role } from "../gql/graphql.js";

const SCHOOL = "/school/";

/** The dashboard each role works in; those without one use the app or the API. */
const HOMES: Partial<Record<Role, string>> = {
  PLATFORM_ADMIN: "/admin/",
  OWNER: SCHOOL,
  ADMIN: SCHOOL,
  TEACHER: SCHOOL,
  STAFF: SCHOOL,
  VIEWER: SCHOOL,
  GUARDIAN: "/parent/",
};

/** The address of the dashboard a role works in; undefined when there is none. */
export function homeOf(role: Role): string | undefined {
  return HOMES[role];
}
