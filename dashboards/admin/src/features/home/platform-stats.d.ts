import { type View } from "@lentera/dashboard-kit";
import { type AttemptsPerDayQuery } from "../../gql/graphql.js";
import { type Range } from "./range.rules.js";
/** The platform in four numbers. */
export declare function PlatformStats({ attempts, range }: {
    attempts: View<AttemptsPerDayQuery>;
    range: Range;
}): import("react").JSX.Element;
