import { type ChartView, useView } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { AttemptsPerDayDocument } from "../../gql/graphql.js";
import { AttemptsPerDay } from "./attempts-per-day.js";
import { Organizations } from "./organizations.js";
import { PlatformStats } from "./platform-stats.js";
import type { Range } from "./range.rules.js";

interface HomeProps {
  range: Range;
  onRange: (range: Range) => void;
  chartView: ChartView;
  onChartView: (view: ChartView) => void;
  after: string | undefined;
}

/** The first screen of the platform's operators. Each part loads and fails by itself. */
export function Home({ range, onRange, chartView, onChartView, after }: HomeProps) {
  const attempts = useView(AttemptsPerDayDocument, { days: 2 * range });
  return (
    <div className="grid gap-4 sm:gap-6">
      <h1 className="text-2xl font-semibold tracking-tight">{m.admin_title()}</h1>
      <PlatformStats attempts={attempts} range={range} />
      <AttemptsPerDay view={attempts} range={range} onRange={onRange} chartView={chartView} onChartView={onChartView} />
      <Organizations after={after} />
    </div>
  );
}
