import type { ReactNode } from "react";
import { m } from "../messages.js";
import { Segmented } from "../ui/segmented.js";

export type ChartView = "chart" | "table";

/** Reads a chart's view from the address bar; a chart unless it says "table". */
export function toChartView(value: unknown): ChartView | undefined {
  return value === "table" ? value : undefined;
}

/** The switch between a chart and its twin. */
export function ChartSwitch({ view, onChange }: { view: ChartView; onChange: (view: ChartView) => void }) {
  return (
    <Segmented
      label={m.chart_view()}
      value={view}
      options={[
        { value: "chart", label: m.chart_view_chart() },
        { value: "table", label: m.chart_view_table() },
      ]}
      onChange={onChange}
    />
  );
}

interface ChartOrTableProps {
  label: string;
  view: ChartView;
  chart: ReactNode;
  table: ReactNode;
}

/** A chart, or the table with the same numbers in the same room. */
export function ChartOrTable({ label, view, chart, table }: ChartOrTableProps) {
  if (view === "chart") return chart;
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`${label}: ${m.chart_view_table()}`}
      className="max-h-80 overflow-auto rounded-lg pr-2"
    >
      {table}
    </div>
  );
}
