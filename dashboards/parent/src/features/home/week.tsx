import { Card, formatChange, formatNumber, useNow } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { CalendarCheck, TrendingUp, Target } from "lucide-react";
import type { ReactNode } from "react";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import { WeekFragmentDoc, type WeekFragment } from "../../gql/graphql.js";
import { weekFacts, type ScoreChange, type WeekAttempt, type WeekFacts } from "./week.rules.js";

function toWeekAttempt({ submittedAt, score, subtestScores, tryout }: WeekFragment): WeekAttempt {
  return {
    submittedAt: submittedAt ? new Date(submittedAt) : undefined,
    score: score ?? undefined,
    subtests: subtestScores.map(({ subtest, scaled }) => ({
      name: tryout.subtests.find(({ code }) => code === subtest)?.name ?? subtest,
      scaled,
    })),
  };
}

function doneSentence(name: string, { finished, finishedLastWeek }: WeekFacts): string {
  if (finished + finishedLastWeek === 0) return m.week_done_neither();
  const before = formatNumber(finishedLastWeek);
  return finished === 0 ? m.week_done_none({ before }) : m.week_done_some({ name, count: finished, before });
}

function scoreSentence(change: ScoreChange): string {
  switch (change.kind) {
    case "none":
      return m.week_score_none();
    case "first":
      return m.week_score_first({ score: formatNumber(change.score) });
    case "up":
      return m.week_score_up({ points: formatNumber(change.points) });
    case "down":
      return m.week_score_down({ points: formatNumber(-change.points) });
    case "steady":
      return m.week_score_steady({ change: formatChange(change.points) });
  }
}

function Sentence({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-3 leading-relaxed [&_svg]:mt-1 [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-link">
      {icon}
      <span className="min-w-0">{children}</span>
    </li>
  );
}

interface WeekProps {
  childName: string;
  /** Newest first. */
  attempts: readonly FragmentType<typeof WeekFragmentDoc>[];
  className: string;
}

/** The week in three sentences. */
export function Week({ childName, attempts, className }: WeekProps) {
  const facts = weekFacts(unmask(WeekFragmentDoc, attempts).map(toWeekAttempt), useNow());
  return (
    <Card title={m.week()} className={className}>
      <ul className="grid gap-4">
        <Sentence icon={<CalendarCheck aria-hidden />}>{doneSentence(childName, facts)}</Sentence>
        <Sentence icon={<TrendingUp aria-hidden />}>{scoreSentence(facts.change)}</Sentence>
        <Sentence icon={<Target aria-hidden />}>
          {facts.subtests ? m.week_subtests(facts.subtests) : m.week_subtests_none()}
        </Sentence>
      </ul>
    </Card>
  );
}
