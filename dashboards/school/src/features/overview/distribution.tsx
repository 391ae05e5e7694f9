import {
  type Bucket,
  Card,
  ChartOrTable,
  ChartSwitch,
  type ChartView,
  type Column,
  EmptyState,
  formatNumber,
  Histogram,
  Table,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { ChartColumn, EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import { DistributionFragmentDoc } from "../../gql/graphql.js";
import { isSuppressed } from "./suppression.rules.js";

function summaryOf(buckets: readonly Bucket[], attempted: number): string {
  const largest = buckets.reduce((best, bucket) => (bucket.count > best.count ? bucket : best), {
    from: 0,
    to: 0,
    count: 0,
  });
  return m.distribution_summary({
    count: formatNumber(attempted),
    from: formatNumber(largest.from),
    to: formatNumber(largest.to),
  });
}

function DistributionTable({ label, buckets }: { label: string; buckets: readonly Bucket[] }) {
  const columns: Column<Bucket>[] = [
    { key: "scores", title: m.table_scores(), cell: ({ from, to }) => `${formatNumber(from)}–${formatNumber(to)}` },
    { key: "students", title: m.table_students(), numeric: true, cell: ({ count }) => formatNumber(count) },
  ];
  return <Table caption={label} columns={columns} rows={buckets} rowKey={({ from }) => String(from)} />;
}

interface DistributionProps {
  className: string;
  performance: FragmentType<typeof DistributionFragmentDoc>;
  view: ChartView;
  onView: (view: ChartView) => void;
  aside: ReactNode;
}

/** How the latest scores of a class are spread. */
export function Distribution({ className, performance, view, onView, aside }: DistributionProps) {
  const { distribution, averageScaled, attemptedCount } = unmask(DistributionFragmentDoc, performance);
  if (isSuppressed(attemptedCount)) {
    return (
      <Card title={m.distribution()} aside={aside}>
        <EmptyState icon={<EyeOff aria-hidden />} title={m.suppressed_title()}>
          {m.suppressed_text()}
        </EmptyState>
      </Card>
    );
  }
  if (attemptedCount === 0 || distribution.length === 0) {
    return (
      <Card title={m.distribution()} aside={aside}>
        <EmptyState icon={<ChartColumn aria-hidden />} title={m.distribution_empty_title()}>
          {m.distribution_empty_text()}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card
      title={m.distribution()}
      aside={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {aside}
          <ChartSwitch view={view} onChange={onView} />
        </div>
      }
    >
      <ChartOrTable
        label={m.distribution()}
        view={view}
        chart={
          <Histogram
            label={m.distribution_label({ name: className })}
            buckets={distribution}
            average={averageScaled ?? undefined}
            summary={summaryOf(distribution, attemptedCount)}
          />
        }
        table={<DistributionTable label={m.distribution()} buckets={distribution} />}
      />
    </Card>
  );
}
