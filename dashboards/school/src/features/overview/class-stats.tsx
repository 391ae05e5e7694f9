import { formatNumber, formatPercent, Stat, StatSkeleton } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import type { ReactNode } from "react";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import { ClassStatsFragmentDoc } from "../../gql/graphql.js";
import { isSuppressed } from "./suppression.rules.js";

const GRID = "grid grid-cols-2 gap-4 sm:gap-6 lg:grid-cols-4";

export function ClassStatsSkeleton() {
  return (
    <div className={GRID}>
      <StatSkeleton name={m.stat_average()} />
      <StatSkeleton name={m.stat_completion()} />
      <StatSkeleton name={m.stat_attempted()} />
      <StatSkeleton name={m.stat_never()} />
    </div>
  );
}

function Hidden() {
  return <span className="text-base font-medium tracking-normal text-muted">{m.hidden_value()}</span>;
}

/** A class in four numbers. */
export function ClassStats({ performance }: { performance: FragmentType<typeof ClassStatsFragmentDoc> }) {
  const { averageScaled, completionRate, attemptedCount, studentCount } = unmask(ClassStatsFragmentDoc, performance);
  const suppressed = isSuppressed(attemptedCount);
  const shown = (value: ReactNode) => (suppressed ? <Hidden /> : value);
  return (
    <dl className={GRID}>
      <Stat
        name={m.stat_average()}
        definition={m.stat_average_definition()}
        value={shown(averageScaled === null ? "–" : formatNumber(averageScaled))}
      />
      <Stat
        name={m.stat_completion()}
        definition={m.stat_completion_definition()}
        value={shown(attemptedCount === 0 ? "–" : formatPercent(completionRate))}
      />
      <Stat
        name={m.stat_attempted()}
        definition={m.stat_attempted_definition()}
        value={m.stat_attempted_value({ attempted: formatNumber(attemptedCount), total: formatNumber(studentCount) })}
      />
      <Stat
        name={m.stat_never()}
        definition={m.stat_never_definition()}
        value={formatNumber(Math.max(0, studentCount - attemptedCount))}
      />
    </dl>
  );
}
