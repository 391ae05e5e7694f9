import { type ChartView } from "@lentera/dashboard-kit";
interface HomeProps {
    childId: string | undefined;
    chartView: ChartView;
    onChartView: (view: ChartView) => void;
}
/** The first screen of a parent: how the child is doing and what to do about it. */
export declare function Home({ childId, chartView, onChartView }: HomeProps): import("react").JSX.Element;
export {};
