import { type ChartView, type View } from "@lentera/dashboard-kit";
import type { AttemptsPerDayQuery } from "../../gql/graphql.js";
import { type Range } from "./range.rules.js";
interface AttemptsPerDayProps {
    /** Twice as many days as shown: the first half is what the numbers above compare with. */
    view: View<AttemptsPerDayQuery>;
    range: Range;
    onRange: (range: Range) => void;
    chartView: ChartView;
    onChartView: (view: ChartView) => void;
}
/** What was started and handed in, day by day. */
export declare function AttemptsPerDay({ view, range, onRange, chartView, onChartView }: AttemptsPerDayProps): import("react").JSX.Element;
export {};
