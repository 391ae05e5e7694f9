import { type ChartView } from "@lentera/dashboard-kit";
import type { ReactNode } from "react";
import { type FragmentType } from "../../gql/fragment-masking.js";
import { DistributionFragmentDoc } from "../../gql/graphql.js";
interface DistributionProps {
    className: string;
    performance: FragmentType<typeof DistributionFragmentDoc>;
    view: ChartView;
    onView: (view: ChartView) => void;
    aside: ReactNode;
}
/** How the latest scores of a class are spread. */
export declare function Distribution({ className, performance, view, onView, aside }: DistributionProps): import("react").JSX.Element;
export {};
