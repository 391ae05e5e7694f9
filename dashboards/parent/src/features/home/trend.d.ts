import { type ChartView } from "@lentera/dashboard-kit";
import { type FragmentType } from "../../gql/fragment-masking.js";
import { TrendFragmentDoc } from "../../gql/graphql.js";
interface TrendProps {
    childName: string;
    /** Newest first. */
    attempts: readonly FragmentType<typeof TrendFragmentDoc>[];
    view: ChartView;
    onView: (view: ChartView) => void;
    className: string;
}
/** All scores over time with their ranges. */
export declare function Trend({ childName, attempts, view, onView, className }: TrendProps): import("react").JSX.Element;
export {};
