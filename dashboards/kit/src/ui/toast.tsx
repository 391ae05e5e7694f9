import { useSyncExternalStore } from "react";
import { m } from "../messages.js";

interface Toast {
  readonly id: number;
  readonly text: string;
}

const VISIBLE_MS = 6_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that something was done, for a few seconds, without taking the focus. */
export function toast(text: string): void {
  const id = (lastId += 1);
  change([...toasts, { id, text }]);
  setTimeout(() => change(toasts.filter((shown) => shown.id !== id)), VISIBLE_MS);
}

/** Where toasts appear; read out politely. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section
      aria-label={m.notices()}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 grid justify-items-center gap-2 p-4"
    >
      {shown.map(({ id, text }) => (
        <p
          key={id}
          className="rounded-xl border border-line bg-surface px-4 py-3 text-sm font-medium text-text shadow-raised"
        >
          {text}
        </p>
      ))}
    </section>
  );
}
