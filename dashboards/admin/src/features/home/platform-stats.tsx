import {
  Card,
  formatNumber,
  formatPercentChange,
  ProblemState,
  Stat,
  StatSkeleton,
  useView,
  type View,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { OverviewDocument, type AttemptsPerDayQuery } from "../../gql/graphql.js";
import { changeAgainst, splitPeriods, type Range } from "./range.rules.js";

function submittedIn(days: readonly { readonly submitted: number }[]): number {
  return days.reduce((sum, { submitted }) => sum + submitted, 0);
}

function AttemptsStat({ view, range }: { view: View<AttemptsPerDayQuery>; range: Range }) {
  if (!view.data) return view.error ? null : <StatSkeleton name={m.stat_attempts()} withNote />;
  const { present, before } = splitPeriods(view.data.attemptsPerDay, range);
  const change = changeAgainst(submittedIn(before), submittedIn(present));
  return (
    <dl className="contents">
      <Stat
        name={m.stat_attempts()}
        definition={m.stat_attempts_definition({ days: range })}
        value={formatNumber(submittedIn(present))}
        note={change !== undefined && m.stat_against_before({ change: formatPercentChange(change), days: range })}
      />
    </dl>
  );
}

function OverviewStats() {
  const view = useView(OverviewDocument, {});
  if (!view.data && view.error) {
    return (
      <Card title={m.admin_title()} className="col-span-2 lg:col-span-3">
        <ProblemState error={view.error} onRetry={view.reload} busy={view.fetching} />
      </Card>
    );
  }
  if (!view.data) {
    return (
      <>
        <StatSkeleton name={m.stat_organizations()} />
        <StatSkeleton name={m.stat_users()} />
        <StatSkeleton name={m.stat_students()} />
      </>
    );
  }
  const { organizationCount, userCount, studentCount } = view.data.platformOverview;
  return (
    <dl className="contents">
      <Stat
        name={m.stat_organizations()}
        definition={m.stat_organizations_definition()}
        value={formatNumber(organizationCount)}
      />
      <Stat name={m.stat_users()} definition={m.stat_users_definition()} value={formatNumber(userCount)} />
      <Stat name={m.stat_students()} definition={m.stat_students_definition()} value={formatNumber(studentCount)} />
    </dl>
  );
}

/** The platform in four numbers. */
export function PlatformStats({ attempts, range }: { attempts: View<AttemptsPerDayQuery>; range: Range }) {
  return (
    <div className="grid grid-cols-2 gap-4 sm:gap-6 lg:grid-cols-4">
      <OverviewStats />
      <AttemptsStat view={attempts} range={range} />
    </div>
  );
}
