import type { CombinedError } from "@urql/core";
import { CircleAlert, CloudOff, Lock, RotateCw, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { m } from "../messages.js";
import { toProblem } from "../api/errors.js";
import type { View } from "../api/use-view.js";
import { formatTime } from "../i18n/format.js";
import { Button } from "./button.js";

interface StateProps {
  icon: ReactNode;
  title: string;
  /** Whether it fills a whole page, whose heading the title then is. */
  page?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}

/** A picture, a sentence and what to do next, in place of content. */
export function EmptyState({ icon, title, page = false, children, action }: StateProps) {
  const Title = page ? "h1" : "p";
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 px-2 py-8 text-center">
      <div className="mb-1 grid size-12 place-items-center rounded-full bg-subtle text-muted [&_svg]:size-6">
        {icon}
      </div>
      <Title className="text-base font-semibold">{title}</Title>
      {children && <div className="max-w-md text-sm leading-relaxed text-muted">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

function Retry({ onRetry, busy }: { onRetry: () => void; busy: boolean }) {
  return (
    <Button look="secondary" size="normal" busy={busy} onClick={onRetry}>
      {!busy && <RotateCw aria-hidden className="size-4" />}
      {m.retry()}
    </Button>
  );
}

interface ProblemStateProps {
  error: CombinedError;
  page?: boolean;
  onRetry: () => void;
  busy: boolean;
}

const PROBLEM_LOOK = {
  offline: { icon: <WifiOff aria-hidden />, title: m.problem_offline_title },
  forbidden: { icon: <Lock aria-hidden />, title: m.problem_forbidden_title },
  failed: { icon: <CircleAlert aria-hidden />, title: m.problem_failed_title },
} as const;

/** What failed, what to do, and the number that support asks for. */
export function ProblemState({ error, page = false, onRetry, busy }: ProblemStateProps) {
  const problem = toProblem(error);
  const { icon, title } = PROBLEM_LOOK[problem.kind];
  return (
    <div role="alert" className="h-full">
      <EmptyState icon={icon} title={title()} page={page} action={<Retry onRetry={onRetry} busy={busy} />}>
        <p>{problem.message}</p>
        {problem.requestId && <p className="mt-2 text-xs">{m.request_id({ id: problem.requestId })}</p>}
      </EmptyState>
    </div>
  );
}

/** When the data came, shown beside it. */
export function DataTime({ time }: { time: Date | undefined }) {
  return (
    <span className="inline-block min-w-24 text-xs text-muted">{time && m.data_time({ time: formatTime(time) })}</span>
  );
}

/** A line above data that is older than it should be, or has a part missing. */
function Notice({ children, view }: { children: ReactNode; view: View<unknown> }) {
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-warning-soft px-3 py-1 text-sm text-warning"
    >
      <CloudOff aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 py-1.5">{children}</span>
      <Button look="quiet" size="small" busy={view.fetching} onClick={view.reload} className="text-warning">
        {m.retry()}
      </Button>
    </div>
  );
}

interface ViewStateProps<Data> {
  view: View<Data>;
  /** Stands in for the content in the content's own size. */
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Shows a query in the one state it is in: loading, failed, stale, partial or ready. */
export function ViewState<Data>({ view, skeleton, children }: ViewStateProps<Data>) {
  const { data, error, fetching, dataTime, reload } = view;
  if (data === undefined) {
    return error ? <ProblemState error={error} onRetry={reload} busy={fetching} /> : skeleton;
  }
  return (
    <>
      {error && (
        <Notice view={view}>{dataTime ? m.stale_notice({ time: formatTime(dataTime) }) : m.partial_notice()}</Notice>
      )}
      {children(data)}
    </>
  );
}
