import clsx from "clsx";
import { useId } from "react";

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly label: string; readonly name?: string }[];
  onChange: (value: Value) => void;
}

/** A short choice of one, all options in sight. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  const group = useId();
  return (
    <fieldset className="flex w-fit rounded-lg border border-line bg-subtle p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            "relative grid min-h-10 min-w-10 cursor-pointer place-items-center rounded-md px-3 text-sm font-medium sm:min-h-8",
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-primary",
            option.value === value ? "bg-lifted text-text shadow-card" : "text-muted hover:text-text",
          )}
        >
          <input
            type="radio"
            name={group}
            value={option.value}
            aria-label={option.name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-md outline-none"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
