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
  ViewState,
} from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { Copy, EyeOff, UsersRound } from "lucide-react";
import {
  ChildProgressDocument,
  ChildrenDocument,
  type ChildrenQuery,
  ConversationsDocument,
} from "../../gql/graphql.js";
import { Chat, conversationWith } from "./chat.js";
import { ChildSwitcher } from "./child-switcher.js";
import { LatestScore } from "./latest-score.js";
import { NextStep } from "./next-step.js";
import { Trend } from "./trend.js";
import { Week } from "./week.js";

type Child = NonNullable<ChildrenQuery["viewer"]>["children"][number];

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
      <Skeleton className={`h-88 rounded-2xl sm:h-80 ${PLACE.score}`} />
      <Skeleton className={`h-80 rounded-2xl ${PLACE.beside}`} />
      <Skeleton className={`h-56 rounded-2xl ${PLACE.next}`} />
      <Skeleton className={`h-110 rounded-2xl ${PLACE.trend}`} />
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
  chartView: ChartView;
  onChartView: (view: ChartView) => void;
}

/** Everything about one child; the scores and the messages come from different services and fail apart. */
function Progress({ child, chartView, onChartView }: ProgressProps) {
  const { id: studentId, fullName } = child.student;
  const childName = firstNameOf(fullName);
  const mayViewScores = child.permissions.viewScores;
  const progress = useView(ChildProgressDocument, { studentId }, { pause: !mayViewScores });
  const conversations = useView(ConversationsDocument, {});
  const conversationId = conversationWith(studentId, conversations.data)?.id;
  const chat = (className: string) => (
    <Chat view={conversations} studentId={studentId} childName={childName} className={className} />
  );

  const attempts = progress.data?.user.attempts?.edges.map(({ node }) => node);
  if (!mayViewScores || (progress.data && !attempts && !progress.error)) {
    return (
      <div className={GRID}>
        <ScoresHidden childName={childName} />
        {chat(PLACE.beside)}
      </div>
    );
  }
  if (!attempts) {
    if (!progress.error) return <ProgressSkeleton />;
    return (
      <div className={GRID}>
        <Card title={m.latest_score()} className={PLACE.score}>
          <ProblemState error={progress.error} onRetry={progress.reload} busy={progress.fetching} />
        </Card>
        {chat(PLACE.beside)}
      </div>
    );
  }
  return (
    <ViewState view={progress} skeleton={<ProgressSkeleton />}>
      {() => (
        <div className={GRID}>
          <LatestScore
            childName={childName}
            attempt={attempts.find(({ score }) => score)}
            aside={<DataTime time={progress.dataTime} />}
            className={PLACE.score}
          />
          <Week childName={childName} attempts={attempts} className={PLACE.beside} />
          <NextStep childName={childName} conversationId={conversationId} attempts={attempts} className={PLACE.next} />
          <Trend
            childName={childName}
            attempts={attempts}
            view={chartView}
            onView={onChartView}
            className={PLACE.trend}
          />
          {chat(PLACE.chat)}
        </div>
      )}
    </ViewState>
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
  const view = useView(ChildrenDocument, {});
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
              <Progress key={child.id} child={child} chartView={chartView} onChartView={onChartView} />
            </>
          );
        }}
      </ViewState>
    </div>
  );
}
