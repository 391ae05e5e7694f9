import { initialsOf } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { Link } from "@tanstack/react-router";

interface ChildSwitcherProps {
  students: readonly { readonly id: string; readonly fullName: string }[];
  selectedId: string;
}

/** The linked children; the chosen one is in the address bar. */
export function ChildSwitcher({ students, selectedId }: ChildSwitcherProps) {
  return (
    <nav aria-label={m.children()}>
      <ul className="flex flex-wrap gap-2">
        {students.map(({ id, fullName }) => {
          const selected = id === selectedId;
          const [first, ...others] = fullName.split(" ");
          return (
            <li key={id}>
              <Link
                to="/"
                search={(previous) => ({ ...previous, child: id })}
                replace
                aria-current={selected ? "true" : undefined}
                className="flex min-h-11 items-center gap-2.5 rounded-full border border-line bg-surface py-1 pr-4 pl-1.5 text-sm font-medium text-muted hover:text-text aria-[current]:border-primary aria-[current]:bg-primary-soft aria-[current]:text-link"
              >
                <span
                  aria-hidden
                  className={`grid size-8 place-items-center rounded-full text-xs font-semibold ${selected ? "bg-primary text-on-primary" : "bg-subtle"}`}
                >
                  {initialsOf(fullName)}
                </span>
                <span>
                  {first} <span className="max-sm:sr-only">{others.join(" ")}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
