import { Bug, MapPinOff } from "lucide-react";
import { m } from "../messages.js";
import { Button, buttonStyle } from "../ui/button.js";
import { EmptyState } from "../ui/states.js";

/** An address that leads nowhere. */
export function PageMissing() {
  return (
    <main className="grid min-h-dvh content-center px-4">
      <EmptyState
        page
        icon={<MapPinOff aria-hidden />}
        title={m.page_missing_title()}
        action={
          <a href={import.meta.env.BASE_URL} className={buttonStyle()}>
            {m.page_missing_action()}
          </a>
        }
      />
    </main>
  );
}

/** A screen that broke while drawing. */
export function PageCrash() {
  return (
    <main className="grid min-h-dvh content-center px-4">
      <EmptyState
        page
        icon={<Bug aria-hidden />}
        title={m.crash_title()}
        action={<Button onClick={() => window.location.reload()}>{m.reload_page()}</Button>}
      >
        <p>{m.crash_text()}</p>
      </EmptyState>
    </main>
  );
}
