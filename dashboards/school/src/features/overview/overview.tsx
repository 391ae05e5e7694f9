import {
  Button,
  buttonStyle,
  Card,
  type ChartView,
  DataTime,
  EmptyState,
  formatNumber,
  LoadingNote,
  Select,
  Skeleton,
  useView,
  useViewer,
  type View,
  ViewState,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { Link } from "@tanstack/react-router";
import { CircleAlert, EyeOff, School, SearchX } from "lucide-react";
import { ClassesDocument, ClassOverviewDocument, type ClassesQuery } from "../../gql/graphql.js";
import { ClassStats, ClassStatsSkeleton } from "./class-stats.js";
import { Distribution } from "./distribution.js";

type Class = ClassesQuery["classes"]["edges"][number]["node"];

const STACK = "grid gap-4 sm:gap-6";

function DetailSkeleton() {
  return (
    <div className={STACK}>
      <LoadingNote />
      <Skeleton className="h-5 w-48" />
      <ClassStatsSkeleton />
      <Skeleton className="h-113 sm:h-103" />
    </div>
  );
}

/** No results: because a service failed, or because they are not for this account. */
function PerformanceAbsent({ view }: { view: View<unknown> }) {
  if (!view.error) {
    return (
      <Card title={m.distribution()}>
        <EmptyState icon={<EyeOff aria-hidden />} title={m.performance_hidden_title()}>
          {m.performance_hidden_text()}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title={m.distribution()}>
      <EmptyState icon={<CircleAlert aria-hidden />} title={m.performance_missing_title()}>
        {m.performance_missing_text()}
      </EmptyState>
    </Card>
  );
}

interface ClassDetailProps {
  id: string;
  chartView: ChartView;
  onChartView: (view: ChartView) => void;
}

/** One class: its facts come from one service and its results from another, and each is shown when it is there. */
function ClassDetail({ id, chartView, onChartView }: ClassDetailProps) {
  const view = useView(ClassOverviewDocument, { id });
  return (
    <ViewState view={view} skeleton={<DetailSkeleton />}>
      {({ class: { name, capacity, studentCount, performance } }) => (
        <div className={STACK}>
          <p className="text-sm text-muted">
            {m.class_facts({ students: formatNumber(studentCount), capacity: formatNumber(capacity) })}
          </p>
          {performance ? (
            <>
              <ClassStats performance={performance} />
              <Distribution
                className={name}
                performance={performance}
                view={chartView}
                onView={onChartView}
                aside={<DataTime time={view.dataTime} />}
              />
            </>
          ) : (
            <PerformanceAbsent view={view} />
          )}
        </div>
      )}
    </ViewState>
  );
}

function ClassMissing() {
  return (
    <Card title={m.distribution()}>
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={m.class_unknown_title()}
        action={
          <Link to="/" search={{}} className={buttonStyle({ look: "secondary" })}>
            {m.class_unknown_action()}
          </Link>
        }
      />
    </Card>
  );
}

function ClassPicker({
  classes,
  selectedId,
  onPick,
}: {
  classes: Class[];
  selectedId: string;
  onPick: (id: string) => void;
}) {
  return (
    <Select label={m.class_pick()} value={selectedId} onChange={(event) => onPick(event.currentTarget.value)}>
      {classes.every(({ id }) => id !== selectedId) && <option value={selectedId}>–</option>}
      {classes.map(({ id, name, academicYear }) => (
        <option key={id} value={id}>
          {name} · {academicYear}
        </option>
      ))}
    </Select>
  );
}

interface OverviewProps {
  classId: string | undefined;
  chartView: ChartView;
  onClass: (id: string) => void;
  onChartView: (view: ChartView) => void;
}

/** The first screen of a school: how one class is doing. */
export function Overview({ classId, chartView, onClass, onChartView }: OverviewProps) {
  const { organization } = useViewer();
  const view = useView(ClassesDocument, {});
  return (
    <div className={STACK}>
      <header>
        {organization && <p className="text-sm text-muted">{organization.name}</p>}
        <h1 className="text-2xl font-semibold tracking-tight">{m.school_overview()}</h1>
      </header>
      <ViewState
        view={view}
        skeleton={
          <div className={STACK}>
            <Skeleton className="h-17.5 max-w-sm" />
            <DetailSkeleton />
          </div>
        }
      >
        {({ classes: { edges } }) => {
          const classes = edges.map(({ node }) => node);
          const selectedId = classId ?? classes[0]?.id;
          if (selectedId === undefined) {
            return (
              <Card title={m.class_pick()}>
                <EmptyState
                  icon={<School aria-hidden />}
                  title={m.no_class_title()}
                  action={
                    <Button look="secondary" busy={view.fetching} onClick={view.reload}>
                      {m.no_class_action()}
                    </Button>
                  }
                >
                  {m.no_class_text()}
                </EmptyState>
              </Card>
            );
          }
          const known = classes.some(({ id }) => id === selectedId);
          return (
            <>
              <div className="max-w-sm print:hidden">
                <ClassPicker classes={classes} selectedId={selectedId} onPick={onClass} />
              </div>
              {known ? (
                <ClassDetail key={selectedId} id={selectedId} chartView={chartView} onChartView={onChartView} />
              ) : (
                <ClassMissing />
              )}
            </>
          );
        }}
      </ViewState>
    </div>
  );
}
