import clsx from "clsx";
import { useId, type ComponentProps, type ReactNode } from "react";

const control =
  "w-full min-h-11 rounded-lg border border-control bg-surface px-3 text-base text-text placeholder:text-muted aria-invalid:border-danger";

interface FieldProps {
  label: string;
  /** What is wrong with the value, in a sentence. */
  problem?: string | undefined;
  hint?: string | undefined;
}

interface FieldFrameProps extends FieldProps {
  id: string;
  children: ReactNode;
}

function FieldFrame({ id, label, problem, hint, children }: FieldFrameProps) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} className="text-sm text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, { problem, hint }: Pick<FieldProps, "problem" | "hint">): string | undefined {
  return [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined;
}

type InputProps = ComponentProps<"input"> & FieldProps & { action?: ReactNode };

/** A labelled text field; `action` is a button inside its right end. */
export function Input({ label, problem, hint, action, className, ...rest }: InputProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <div className="relative">
        <input
          id={id}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(id, { problem, hint })}
          className={clsx(control, action && "pr-12", className)}
          {...rest}
        />
        {action && <div className="absolute inset-y-0 right-0">{action}</div>}
      </div>
    </FieldFrame>
  );
}

type TextAreaProps = ComponentProps<"textarea"> & FieldProps;

/** A labelled text of several lines. */
export function TextArea({ label, problem, hint, className, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <textarea
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { problem, hint })}
        className={clsx(control, "py-2.5 leading-relaxed", className)}
        {...rest}
      />
    </FieldFrame>
  );
}

type SelectProps = ComponentProps<"select"> & FieldProps;

/** A labelled choice of one, drawn by the browser, which phones do best. */
export function Select({ label, problem, hint, className, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} problem={problem} hint={hint}>
      <select
        id={id}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(id, { problem, hint })}
        className={clsx(control, "pr-8", className)}
        {...rest}
      >
        {children}
      </select>
    </FieldFrame>
  );
}

type CheckboxProps = ComponentProps<"input"> & { label: string };

/** A labelled tick box with a target as tall as a finger. */
export function Checkbox({ label, ...rest }: CheckboxProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 text-sm">
      <input type="checkbox" className="size-5 rounded accent-primary" {...rest} />
      {label}
    </label>
  );
}
