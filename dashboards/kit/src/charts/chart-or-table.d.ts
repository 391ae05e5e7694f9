import type { ReactNode } from "react";
export type ChartView = "chart" | "table";
/** Reads a chart's view from the address bar; a chart unless it says "table". */
export declare function toChartView(value: unknown): ChartView | undefined;
/** The switch between a chart and its twin. */
export declare function ChartSwitch({ view, onChange }: {
    view: ChartView;
    onChange: (view: ChartView) => void;
}): import("react").JSX.Element;
interface ChartOrTableProps {
    label: string;
    view: ChartView;
    chart: ReactNode;
    table: ReactNode;
}
/** A chart, or the table with the same numbers in the same room. */
export declare function ChartOrTable({ label, view, chart, table }: ChartOrTableProps): string | number | bigint | boolean | import("react").JSX.Element | Iterable<ReactNode> | Promise<string | number | bigint | boolean | Iterable<ReactNode> | import("react").ReactElement<unknown, string | import("react").JSXElementConstructor<any>> | import("react").ReactPortal | null | undefined> | null | undefined;
export {};
