import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";

/** The look of a button, for links that act like one. */
export const buttonStyle = cva(
  "inline-flex items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors disabled:opacity-60 aria-disabled:opacity-60",
  {
    variants: {
      look: {
        primary: "bg-primary text-on-primary hover:bg-primary-hover",
        secondary: "border border-control/50 bg-surface text-text hover:bg-subtle",
        quiet: "text-muted hover:bg-subtle hover:text-text",
      },
      size: {
        normal: "min-h-11 px-4 text-base sm:text-sm",
        small: "min-h-9 px-3 text-sm",
        icon: "size-11 shrink-0",
      },
    },
    defaultVariants: { look: "primary", size: "normal" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & { busy?: boolean };

/** A button; while `busy` it spins and takes no second press. */
export function Button({ look, size, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      className={buttonStyle({ look, size, className })}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}
