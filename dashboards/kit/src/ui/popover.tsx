import { useId, useRef, type ReactNode } from "react";

const GAP_PX = 8;
const EDGE_PX = 12;

interface PopoverProps {
  /** What the button opens, for those who cannot see its content. */
  label: string;
  /** The content of the button that opens it. */
  trigger: ReactNode;
  triggerId?: string;
  triggerClassName: string;
  className: string;
  children: ReactNode;
}

/**
 * A button with a small panel that floats by it. The browser closes it on Escape and on a press outside, and gives
 * the focus back.
 */
export function Popover({ label, trigger, triggerId, triggerClassName, className, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  function place() {
    if (!button.current || !panel.current) return;
    const anchor = button.current.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height, style } = panel.current;
    const middle = anchor.left + anchor.width / 2 - width / 2;
    const left = Math.max(EDGE_PX, Math.min(middle, document.documentElement.clientWidth - width - EDGE_PX));
    const below = anchor.bottom + GAP_PX;
    const fits = below + height <= window.innerHeight || anchor.top < height + GAP_PX;
    style.left = `${left}px`;
    style.top = `${fits ? below : anchor.top - height - GAP_PX}px`;
  }

  return (
    <>
      <button
        ref={button}
        id={triggerId}
        type="button"
        popoverTarget={id}
        aria-label={label}
        className={triggerClassName}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={place}
        className={`fixed inset-auto m-0 max-h-[calc(100dvh-2rem)] overflow-y-auto rounded-xl border border-line bg-surface text-text shadow-raised ${className}`}
      >
        {children}
      </div>
    </>
  );
}
