import {
  Button,
  Card,
  type ChartView,
  copyText,
  DataTime,
  EmptyState,
  formatLongDate,
  LoadingNote,
  ProblemState,
  Skeleton,
  useNow,
  useView,
  useViewer,
  type View,
  ViewState,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { Copy, EyeOff, UsersRound } from "lucide-react";
import { HomeDocument, type HomeQuery, ConversationsDocument } from "../../gql/graphql.js";
import { Chat, conversationWith } from "./chat.js";
import { ChildSwitcher } from "./child-switcher.js";
import { LatestScore } from "./latest-score.js";
import { NextStep } from "./next-step.js";
import { Trend } from "./trend.js";
import { Week } from "./week.js";

type Child = NonNullable<HomeQuery["viewer"]>["children"][number];

/** Where each part stands: one column on a phone, two on a desk. */
const PLACE = {
  score: "lg:col-span-2",
  beside: "",
  next: "lg:col-start-3 lg:row-start-2",
  trend: "lg:col-span-2 lg:col-start-1 lg:row-span-2 lg:row-start-2",
  chat: "lg:col-start-3 lg:row-start-3",
};
const GRID = "grid gap-4 sm:gap-6 lg:grid-cols-3";

function firstNameOf(name: string): string {
  return name.split(" ")[0] ?? name;
}

function greeting(name: string, hour: number): string {
  if (hour < 11) return m.greeting_morning({ name });
  if (hour < 15) return m.greeting_day({ name });
  if (hour < 18) return m.greeting_afternoon({ name });
  return m.greeting_evening({ name });
}

function ProgressSkeleton() {
  return (
    <div className={GRID}>
      <LoadingNote />
      <Skeleton className={`h-88 sm:h-90 ${PLACE.score}`} />
      <Skeleton className={`h-86 lg:h-90 ${PLACE.beside}`} />
      <Skeleton className={`h-60 lg:h-63 ${PLACE.next}`} />
      <Skeleton className={`h-130 lg:h-auto ${PLACE.trend}`} />
      <Skeleton className={`h-42 lg:h-46 ${PLACE.chat}`} />
    </div>
  );
}

function NoChild({ email, onCheck, checking }: { email: string | null; onCheck: () => void; checking: boolean }) {
  return (
    <div className="rounded-2xl border border-line bg-surface p-6 shadow-card">
      <EmptyState
        icon={<UsersRound aria-hidden />}
        title={m.no_child_title()}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            {email && (
              <Button onClick={() => void copyText(email)}>
                <Copy aria-hidden className="size-4" />
                {m.no_child_action()}
              </Button>
            )}
            <Button look="secondary" busy={checking} onClick={onCheck}>
              {m.check_again()}
            </Button>
          </div>
        }
      >
        {m.no_child_text({ email: email ?? "" })}
      </EmptyState>
    </div>
  );
}

function ScoresHidden({ childName }: { childName: string }) {
  return (
    <Card title={m.latest_score()} className={PLACE.score}>
      <EmptyState icon={<EyeOff aria-hidden />} title={m.scores_hidden_title({ name: childName })}>
        {m.scores_hidden_text({ name: childName })}
      </EmptyState>
    </Card>
  );
}

interface ProgressProps {
  child: Child;
  /** The query that the child is from. */
  view: View<HomeQuery>;
  chartView: ChartView;
  onChartView: (view: ChartView) => void;
}

/** Everything about one child; the scores and the messages come from different services and fail apart. */
function Progress({ child, view, chartView, onChartView }: ProgressProps) {
  const { id: studentId, fullName } = child.student;
  const childName = firstNameOf(fullName);
  const conversations = useView(ConversationsDocument, {});
  const conversationId = conversationWith(studentId, conversations.data)?.id;
  const attempts = child.student.attempts?.edges.map(({ node }) => node);
  const chat = (className: string) => (
    <Chat view={conversations} studentId={studentId} childName={childName} className={className} />
  );

  if (!attempts) {
    return (
      <div className={GRID}>
        {child.permissions.viewScores && view.error ? (
          <Card title={m.latest_score()} className={PLACE.score}>
            <ProblemState error={view.error} onRetry={view.reload} busy={view.fetching} />
          </Card>
        ) : (
          <ScoresHidden childName={childName} />
        )}
        {chat(PLACE.beside)}
      </div>
    );
  }
  return (
    <div className={GRID}>
      <LatestScore
        childName={childName}
        attempt={attempts.find(({ score }) => score)}
        aside={<DataTime time={view.dataTime} />}
        className={PLACE.score}
      />
      <Week childName={childName} attempts={attempts} className={PLACE.beside} />
      <NextStep childName={childName} conversationId={conversationId} attempts={attempts} className={PLACE.next} />
      <Trend childName={childName} attempts={attempts} view={chartView} onView={onChartView} className={PLACE.trend} />
      {chat(PLACE.chat)}
    </div>
  );
}

interface HomeProps {
  childId: string | undefined;
  chartView: ChartView;
  onChartView: (view: ChartView) => void;
}

/** The first screen of a parent: how the child is doing and what to do about it. */
export function Home({ childId, chartView, onChartView }: HomeProps) {
  const viewer = useViewer();
  const view = useView(HomeDocument, {});
  const now = useNow();
  return (
    <div className="grid gap-5 sm:gap-6">
      <header>
        <h1 className="text-2xl font-semibold tracking-tight">
          {greeting(firstNameOf(viewer.fullName), now.getHours())}
        </h1>
        <p className="mt-1 text-sm text-muted">{formatLongDate(now)}</p>
      </header>
      <ViewState view={view} skeleton={<ProgressSkeleton />}>
        {(data) => {
          const children = data.viewer?.children ?? [];
          const child = children.find(({ student }) => student.id === childId) ?? children[0];
          if (!child) return <NoChild email={viewer.email} onCheck={view.reload} checking={view.fetching} />;
          return (
            <>
              <ChildSwitcher students={children.map(({ student }) => student)} selectedId={child.student.id} />
              <Progress key={child.id} child={child} view={view} chartView={chartView} onChartView={onChartView} />
            </>
          );
        }}
      </ViewState>
    </div>
  );
}
