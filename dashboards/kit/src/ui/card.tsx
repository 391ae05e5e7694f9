import clsx from "clsx";
import { useId, type ReactNode } from "react";

interface CardProps {
  title: ReactNode;
  /** Beside the title: a definition, a data time, an action. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled part of a screen. */
export function Card({ title, aside, className, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={clsx("rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-6", className)}
    >
      <div className="mb-4 flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
