import { Card, EmptyState, formatDate, formatNumber, formatRelative, useNow } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { ClipboardPenLine } from "lucide-react";
import type { ReactNode } from "react";
import { type FragmentType, unmask } from "../../gql/fragment-masking.js";
import { LatestScoreFragmentDoc } from "../../gql/graphql.js";

/** The reporting scale of every score. */
const SCALE = { minimum: 200, maximum: 1000 };

function percentOfScale(score: number): number {
  return ((score - SCALE.minimum) / (SCALE.maximum - SCALE.minimum)) * 100;
}

/** Where the score and its range lie on the whole scale. */
function ScaleBar({ score, low, high }: { score: number; low: number; high: number }) {
  return (
    <div aria-hidden className="mt-6">
      <div className="relative h-3 rounded-full bg-subtle">
        <div
          className="absolute inset-y-0 rounded-full bg-primary/35"
          style={{ left: `${percentOfScale(low)}%`, right: `${100 - percentOfScale(high)}%` }}
        />
        <div
          className="absolute -inset-y-1 w-1.5 -translate-x-1/2 rounded-full bg-primary ring-2 ring-surface"
          style={{ left: `${percentOfScale(score)}%` }}
        />
      </div>
      <div className="mt-2 flex justify-between text-xs text-muted">
        <span>{formatNumber(SCALE.minimum)}</span>
        <span>{formatNumber(SCALE.maximum)}</span>
      </div>
    </div>
  );
}

interface LatestScoreProps {
  childName: string;
  /** The latest attempt that has a score. */
  attempt: FragmentType<typeof LatestScoreFragmentDoc> | undefined;
  aside: ReactNode;
  className: string;
}

/** The latest score with the range that the true ability most likely lies in. */
export function LatestScore({ childName, attempt: masked, aside, className }: LatestScoreProps) {
  const attempt = unmask(LatestScoreFragmentDoc, masked);
  const now = useNow();
  if (!attempt?.score || !attempt.submittedAt) {
    return (
      <Card title={m.latest_score()} aside={aside} className={className}>
        <EmptyState icon={<ClipboardPenLine aria-hidden />} title={m.no_score_title()}>
          {m.no_score_text({ name: childName })}
        </EmptyState>
      </Card>
    );
  }
  const { scaled, interval } = attempt.score;
  const taken = new Date(attempt.submittedAt);
  return (
    <Card title={m.latest_score()} aside={aside} className={className}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-5xl font-semibold tracking-tight sm:text-6xl">{formatNumber(scaled)}</span>
        <span className="text-base text-muted">{m.latest_score_of({ maximum: formatNumber(SCALE.maximum) })}</span>
      </p>
      <p className="mt-2 text-sm text-muted">
        {m.latest_score_taken({ tryout: attempt.tryout.title, date: formatDate(taken) })}
        <span> ({formatRelative(taken, now)})</span>
      </p>
      <ScaleBar score={scaled} low={interval.low} high={interval.high} />
      <p className="mt-4 max-w-prose leading-relaxed">
        {m.latest_score_words({
          name: childName,
          low: formatNumber(interval.low),
          high: formatNumber(interval.high),
        })}
      </p>
    </Card>
  );
}
