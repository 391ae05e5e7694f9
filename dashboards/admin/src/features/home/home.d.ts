import { type ChartView } from "@lentera/dashboard-kit";
import type { Range } from "./range.rules.js";
interface HomeProps {
    range: Range;
    onRange: (range: Range) => void;
    chartView: ChartView;
    onChartView: (view: ChartView) => void;
    after: string | undefined;
}
/** The first screen of the platform's operators. Each part loads and fails by itself. */
export declare function Home({ range, onRange, chartView, onChartView, after }: HomeProps): import("react").JSX.Element;
export {};
