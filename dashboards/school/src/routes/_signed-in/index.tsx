import { prefetch, toChartView, type ChartView } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { createFileRoute } from "@tanstack/react-router";
import { Overview } from "../../features/overview/overview.js";
import { ClassesDocument, ClassOverviewDocument } from "../../gql/graphql.js";

export interface Search {
  /** The id of the class on screen; the first one when absent. */
  class?: string | undefined;
  view?: ChartView | undefined;
}

export const Route = createFileRoute("/_signed-in/")({
  validateSearch: ({ class: classId, view }): Search => ({
    class: typeof classId === "string" ? classId : undefined,
    view: toChartView(view),
  }),
  loaderDeps: ({ search }) => ({ classId: search.class }),
  loader: ({ deps: { classId } }) => {
    prefetch(ClassesDocument, {});
    if (classId !== undefined) prefetch(ClassOverviewDocument, { id: classId });
  },
  component: OverviewRoute,
});

function OverviewRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const show = (change: Search) => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <>
      <title>{m.school_page_title()}</title>
      <Overview
        classId={search.class}
        chartView={search.view ?? "chart"}
        onClass={(classId) => show({ class: classId })}
        onChartView={(view) => show({ view: toChartView(view) })}
      />
    </>
  );
}
