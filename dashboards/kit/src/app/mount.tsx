import { RouterProvider, type AnyRouter } from "@tanstack/react-router";
import { StrictMode, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { createApi } from "../api/api.js";
import { useLocale } from "../i18n/locale.js";
import { session } from "../session/session.js";
import { Toaster } from "../ui/toast.js";

/** The keyboard stays on the language control although a new language draws the page anew. */
function useFocusAfterLanguageChange(locale: string): void {
  const previous = useRef(locale);
  useEffect(() => {
    if (previous.current === locale) return;
    previous.current = locale;
    document.getElementById("language")?.focus();
  }, [locale]);
}

function Dashboard({ router }: { router: AnyRouter }) {
  const epoch = useSyncExternalStore(session.subscribe, () => session.epoch);
  const locale = useLocale();
  const api = useMemo(() => ({ epoch, client: createApi() }), [epoch]);
  useEffect(() => {
    void router.invalidate();
  }, [router, epoch]);
  useFocusAfterLanguageChange(locale);
  return (
    <Provider value={api.client}>
      <RouterProvider key={locale} router={router} />
      <Toaster />
    </Provider>
  );
}

/** Draws a dashboard into `#root`. */
export function mountDashboard(router: AnyRouter): void {
  const root = document.getElementById("root");
  if (!root) throw new Error('index.html needs an element with the id "root".');
  createRoot(root).render(
    <StrictMode>
      <Dashboard router={router} />
    </StrictMode>,
  );
}
