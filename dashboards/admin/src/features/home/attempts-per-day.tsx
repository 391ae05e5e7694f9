import {
  Card,
  ChartOrTable,
  ChartSwitch,
  type ChartView,
  type Column,
  DailyBars,
  DataTime,
  type Day,
  Definition,
  EmptyState,
  formatLongDate,
  formatNumber,
  Segmented,
  Skeleton,
  Table,
  type View,
  ViewState,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { ChartColumn } from "lucide-react";
import type { AttemptsPerDayQuery } from "../../gql/graphql.js";
import { RANGES, splitPeriods, toRange, type Range } from "./range.rules.js";

/** A calendar day such as 2026-05-12, at noon here, so that no time zone moves it to another day. */
function toDay({ date, started, submitted }: AttemptsPerDayQuery["attemptsPerDay"][number]): Day {
  return { date: new Date(`${date}T12:00:00`), started, submitted };
}

function DaysTable({ days }: { days: readonly Day[] }) {
  const columns: Column<Day>[] = [
    { key: "day", title: m.table_day(), cell: ({ date }) => formatLongDate(date) },
    { key: "started", title: m.daily_started(), numeric: true, cell: ({ started }) => formatNumber(started) },
    { key: "submitted", title: m.daily_submitted(), numeric: true, cell: ({ submitted }) => formatNumber(submitted) },
  ];
  return (
    <Table
      caption={m.attempts_per_day()}
      columns={columns}
      rows={days.toReversed()}
      rowKey={({ date }) => date.toISOString()}
    />
  );
}

function Days({ days, chartView }: { days: readonly Day[]; chartView: ChartView }) {
  const started = days.reduce((sum, day) => sum + day.started, 0);
  const submitted = days.reduce((sum, day) => sum + day.submitted, 0);
  if (started + submitted === 0) {
    return (
      <EmptyState icon={<ChartColumn aria-hidden />} title={m.attempts_empty_title()}>
        {m.attempts_empty_text()}
      </EmptyState>
    );
  }
  const summary = m.attempts_summary({
    started: formatNumber(started),
    submitted: formatNumber(submitted),
    days: days.length,
  });
  return (
    <ChartOrTable
      label={m.attempts_per_day()}
      view={chartView}
      chart={<DailyBars label={m.attempts_label()} days={days} summary={summary} />}
      table={<DaysTable days={days} />}
    />
  );
}

interface AttemptsPerDayProps {
  /** Twice as many days as shown: the first half is what the numbers above compare with. */
  view: View<AttemptsPerDayQuery>;
  range: Range;
  onRange: (range: Range) => void;
  chartView: ChartView;
  onChartView: (view: ChartView) => void;
}

/** What was started and handed in, day by day. */
export function AttemptsPerDay({ view, range, onRange, chartView, onChartView }: AttemptsPerDayProps) {
  const title = (
    <span className="flex items-center gap-3">
      {m.attempts_per_day()}
      <Definition of={m.attempts_per_day()}>{m.attempts_definition()}</Definition>
    </span>
  );
  const aside = (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <DataTime time={view.dataTime} />
      <Segmented
        label={m.range()}
        value={String(range)}
        options={RANGES.map((days) => ({ value: String(days), label: m.range_days({ days }) }))}
        onChange={(value) => onRange(toRange(value) ?? range)}
      />
      <ChartSwitch view={chartView} onChange={onChartView} />
    </div>
  );
  return (
    <Card title={title} aside={aside}>
      <ViewState view={view} skeleton={<Skeleton className="h-84 sm:h-79" />}>
        {({ attemptsPerDay }) => (
          <Days days={splitPeriods(attemptsPerDay, range).present.map(toDay)} chartView={chartView} />
        )}
      </ViewState>
    </Card>
  );
}
