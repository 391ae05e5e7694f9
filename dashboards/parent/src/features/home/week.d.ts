import { type FragmentType } from "../../gql/fragment-masking.js";
import { WeekFragmentDoc } from "../../gql/graphql.js";
interface WeekProps {
    childName: string;
    /** Newest first. */
    attempts: readonly FragmentType<typeof WeekFragmentDoc>[];
    className: string;
}
/** The week in three sentences. */
export declare function Week({ childName, attempts, className }: WeekProps): import("react").JSX.Element;
export {};
