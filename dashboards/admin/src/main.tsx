import { mountDashboard, PageCrash, PageMissing } from "@lentera/dashboard-kit";
import { createRouter } from "@tanstack/react-router";
import "./app.css";
import { routeTree } from "./routeTree.gen.js";

const router = createRouter({
  routeTree,
  basepath: import.meta.env.BASE_URL,
  defaultPreload: "intent",
  defaultNotFoundComponent: PageMissing,
  defaultErrorComponent: PageCrash,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** The reader turned to this page of a list with "next", so "back" turns it back. */
    cameByNext?: boolean;
  }
}

mountDashboard(router);
