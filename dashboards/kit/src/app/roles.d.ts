import type { Role } from "../gql/graphql.js";
/** The address of the dashboard a role works in; undefined when there is none. */
export declare function homeOf(role: Role): string | undefined;
