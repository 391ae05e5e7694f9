import {
  Card,
  ChartOrTable,
  ChartSwitch,
  type ChartView,
  type Column,
  EmptyState,
  formatDate,
  formatNumber,
  ScoreTrend,
  Table,
  type TrendPoint,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { ChartLine } from "lucide-react";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import { TrendFragmentDoc, type TrendFragment } from "../../gql/graphql.js";

function toPoint({ id, submittedAt, score, tryout }: TrendFragment): TrendPoint[] {
  if (!score || !submittedAt) return [];
  const { low, high } = score.interval;
  return [{ id, date: new Date(submittedAt), title: tryout.title, score: score.scaled, low, high }];
}

function TrendTable({ label, points }: { label: string; points: readonly TrendPoint[] }) {
  const columns: Column<TrendPoint>[] = [
    { key: "date", title: m.table_date(), cell: ({ date }) => formatDate(date) },
    { key: "tryout", title: m.table_tryout(), wideOnly: true, cell: ({ title }) => title },
    { key: "score", title: m.table_score(), numeric: true, cell: ({ score }) => formatNumber(score) },
    {
      key: "range",
      title: m.table_range(),
      numeric: true,
      cell: ({ low, high }) => `${formatNumber(low)}–${formatNumber(high)}`,
    },
  ];
  return <Table caption={label} columns={columns} rows={points.toReversed()} rowKey={({ id }) => id} />;
}

interface TrendProps {
  childName: string;
  /** Newest first. */
  attempts: readonly FragmentType<typeof TrendFragmentDoc>[];
  view: ChartView;
  onView: (view: ChartView) => void;
  className: string;
}

/** All scores over time with their ranges. */
export function Trend({ childName, attempts, view, onView, className }: TrendProps) {
  const points = unmask(TrendFragmentDoc, attempts).flatMap(toPoint).toReversed();
  if (points.length === 0) {
    return (
      <Card title={m.trend()} className={className}>
        <EmptyState icon={<ChartLine aria-hidden />} title={m.trend_empty_title()} />
      </Card>
    );
  }
  const label = m.trend_label({ name: childName });
  return (
    <Card title={m.trend()} aside={<ChartSwitch view={view} onChange={onView} />} className={className}>
      <ChartOrTable
        label={m.trend()}
        view={view}
        chart={<ScoreTrend label={label} points={points} />}
        table={<TrendTable label={m.trend()} points={points} />}
      />
    </Card>
  );
}
