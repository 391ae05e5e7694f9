import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

const style = cva("inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap", {
  variants: {
    tone: {
      neutral: "bg-subtle text-muted",
      info: "bg-primary-soft text-link",
      success: "bg-success-soft text-success",
      warning: "bg-warning-soft text-warning",
      danger: "bg-danger-soft text-danger",
    },
  },
  defaultVariants: { tone: "neutral" },
});

export type BadgeTone = NonNullable<VariantProps<typeof style>["tone"]>;

/** A short state in a word or two; the word carries the meaning, the tone only supports it. */
export function Badge({ tone, children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={style({ tone })}>{children}</span>;
}
