import { type FragmentType } from "../../gql/fragment-masking.js";
import { ClassStatsFragmentDoc } from "../../gql/graphql.js";
export declare function ClassStatsSkeleton(): import("react").JSX.Element;
/** A class in four numbers. */
export declare function ClassStats({ performance }: {
    performance: FragmentType<typeof ClassStatsFragmentDoc>;
}): import("react").JSX.Element;
