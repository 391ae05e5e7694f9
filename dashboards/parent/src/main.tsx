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
}

mountDashboard(router);
