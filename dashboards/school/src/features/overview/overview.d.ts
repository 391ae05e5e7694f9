import { type ChartView } from "@lentera/dashboard-kit";
interface OverviewProps {
    classId: string | undefined;
    chartView: ChartView;
    onClass: (id: string) => void;
    onChartView: (view: ChartView) => void;
}
/** The first screen of a school: how one class is doing. */
export declare function Overview({ classId, chartView, onClass, onChartView }: OverviewProps): import("react").JSX.Element;
export {};
