import { prefetch, toChartView, type ChartView } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { createFileRoute } from "@tanstack/react-router";
import { Home } from "../../features/home/home.js";
import { DEFAULT_RANGE, type Range, toRange } from "../../features/home/range.rules.js";
import { AttemptsPerDayDocument, OrganizationsDocument, OverviewDocument } from "../../gql/graphql.js";

export interface Search {
  range?: Range | undefined;
  view?: ChartView | undefined;
  /** Where the page of organizations begins: the cursor it comes after. */
  after?: string | undefined;
}

export const Route = createFileRoute("/_signed-in/")({
  validateSearch: ({ range, view, after }): Search => ({
    range: toRange(range),
    view: toChartView(view),
    after: typeof after === "string" ? after : undefined,
  }),
  loaderDeps: ({ search: { range = DEFAULT_RANGE, after } }) => ({ range, after }),
  loader: ({ deps: { range, after } }) => {
    prefetch(OverviewDocument, {});
    prefetch(AttemptsPerDayDocument, { days: 2 * range });
    prefetch(OrganizationsDocument, { after });
  },
  component: HomeRoute,
});

function HomeRoute() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  const show = (change: Search) =>
    void navigate({ search: { ...search, ...change }, replace: true, resetScroll: false });
  return (
    <>
      <title>{m.admin_page_title()}</title>
      <Home
        range={search.range ?? DEFAULT_RANGE}
        onRange={(range) => show({ range })}
        chartView={search.view ?? "chart"}
        onChartView={(view) => show({ view: toChartView(view) })}
        after={search.after}
      />
    </>
  );
}
