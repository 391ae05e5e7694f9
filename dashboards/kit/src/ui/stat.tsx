import type { ReactNode } from "react";
import { Definition } from "./definition.js";
import { Skeleton } from "./skeleton.js";

const frame = "rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-5";

interface StatProps {
  name: string;
  /** What exactly the number counts. */
  definition: string;
  value: ReactNode;
  /** A comparison or a remark under the number. */
  note?: ReactNode;
}

/** One number with its name and its definition. */
export function Stat({ name, definition, value, note }: StatProps) {
  return (
    <div className={frame}>
      <dt className="flex min-h-6 items-center justify-between gap-2 text-sm text-muted">
        {name}
        <Definition of={name}>{definition}</Definition>
      </dt>
      <dd className="mt-1">
        <span className="block text-2xl font-semibold sm:text-3xl tracking-tight">{value}</span>
        {note && <span className="mt-1 block text-xs text-muted">{note}</span>}
      </dd>
    </div>
  );
}

/** A `Stat` whose number is on its way, in the same size. */
export function StatSkeleton({ name, withNote = false }: { name: string; withNote?: boolean }) {
  return (
    <div className={frame}>
      <div className="flex min-h-6 items-center gap-2 pr-8 text-sm text-muted">{name}</div>
      <Skeleton className="mt-1 h-8 w-28 sm:h-9" />
      {withNote && <Skeleton className="mt-1 h-8 w-32 lg:h-4" />}
    </div>
  );
}
