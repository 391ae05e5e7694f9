import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { m } from "../messages.js";
import { Popover } from "./popover.js";

/** A small button that explains what a number counts. */
export function Definition({ of, children }: { of: string; children: ReactNode }) {
  return (
    <Popover
      label={m.definition_of({ name: of })}
      trigger={<Info aria-hidden className="size-4" />}
      triggerClassName="-m-2.5 inline-flex size-11 items-center justify-center rounded-lg text-muted hover:text-text"
      className="w-72 p-4 text-sm leading-relaxed"
    >
      {children}
    </Popover>
  );
}
