import { type AnyRouter } from "@tanstack/react-router";
/** Draws a dashboard into `#root`. */
export declare function mountDashboard(router: AnyRouter): void;
