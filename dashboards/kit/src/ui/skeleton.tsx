import clsx from "clsx";
import { m } from "../messages.js";

/** A grey stand-in; give it the size of what will come, so that nothing moves. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={clsx("animate-pulse rounded-xl bg-line/70", className)} />;
}

/** Says once, to those who cannot see the skeletons, that something is loading. */
export function LoadingNote() {
  return (
    <p role="status" className="sr-only">
      {m.loading()}
    </p>
  );
}
