import { Link } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { m } from "../messages.js";
import { session } from "../session/session.js";
import { Button } from "../ui/button.js";
import { Logo } from "../ui/logo.js";
import { Popover } from "../ui/popover.js";
import { ConnectionPill } from "./connection-pill.js";
import { LanguageSwitch, ThemeSwitch } from "./preferences.js";
import type { Viewer } from "./viewer.js";

/** One entry of the main navigation. */
export interface NavigationItem {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
}

/** Up to two initials: "Siti Rahmawati" is SR. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase()).join("");
}

function Preference({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <p aria-hidden className="text-xs font-medium text-muted">
        {title}
      </p>
      {children}
    </div>
  );
}

function AccountMenu({ viewer }: { viewer: Viewer }) {
  const initials = initialsOf(viewer.fullName);
  const picture = (
    <span
      aria-hidden
      className="grid size-9 place-items-center rounded-full bg-primary-soft text-sm font-semibold text-link"
    >
      {initials}
    </span>
  );
  return (
    <Popover
      label={m.account_menu({ initials, name: viewer.fullName })}
      trigger={picture}
      triggerId="language"
      triggerClassName="grid size-11 place-items-center rounded-full"
      className="w-76 p-4"
    >
      <div className="grid gap-4">
        <div>
          <p className="font-semibold">{viewer.fullName}</p>
          {viewer.email && <p className="text-sm break-all text-muted">{viewer.email}</p>}
        </div>
        <Preference title={m.language()}>
          <LanguageSwitch />
        </Preference>
        <Preference title={m.theme()}>
          <ThemeSwitch />
        </Preference>
        <Button look="secondary" onClick={() => void session.signOut()}>
          <LogOut aria-hidden className="size-4" />
          {m.sign_out()}
        </Button>
      </div>
    </Popover>
  );
}

function Navigation({ items }: { items: readonly NavigationItem[] }) {
  return (
    <nav aria-label={m.main_navigation()} className="min-w-0 overflow-x-auto">
      <ul className="flex gap-1">
        {items.map(({ to, label, icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="flex min-h-11 items-center gap-2 rounded-lg px-3 text-sm font-medium text-muted hover:bg-subtle hover:text-text aria-[current=page]:text-text [&_svg]:size-4"
            >
              {icon}
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface ShellProps {
  /** "Orang Tua", "Sekolah", … */
  name: string;
  navigation: readonly NavigationItem[];
  viewer: Viewer;
  children: ReactNode;
}

/** The frame of every signed-in screen. */
export function Shell({ name, navigation, viewer, children }: ShellProps) {
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-primary px-4 py-3 text-sm font-medium text-on-primary focus:translate-y-0"
      >
        {m.skip_to_content()}
      </a>
      <header className="sticky top-0 z-40 border-b border-line bg-surface print:hidden">
        <div className="mx-auto flex min-h-16 max-w-6xl items-center gap-3 px-4 sm:gap-6 sm:px-6">
          <div className="flex items-center gap-2.5">
            <Logo className="size-8" />
            <p className="leading-tight">
              <span className="block text-sm font-semibold">Lentera</span>
              <span className="block text-xs text-muted">{name}</span>
            </p>
          </div>
          <div className="hidden min-w-0 flex-1 sm:block">
            <Navigation items={navigation} />
          </div>
          <div className="ml-auto flex items-center gap-3">
            <ConnectionPill />
            <AccountMenu viewer={viewer} />
          </div>
        </div>
        {navigation.length > 1 && (
          <div className="border-t border-line px-2 sm:hidden">
            <Navigation items={navigation} />
          </div>
        )}
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 py-6 outline-none sm:px-6 sm:py-8">
        {children}
      </main>
    </>
  );
}
