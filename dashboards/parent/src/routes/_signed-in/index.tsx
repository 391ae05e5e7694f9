import { prefetch, toChartView, type ChartView } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { createFileRoute } from "@tanstack/react-router";
import { Home } from "../../features/home/home.js";
import { ConversationsDocument, HomeDocument } from "../../gql/graphql.js";

export interface Search {
  /** The id of the child on screen; the first one when absent. */
  child?: string | undefined;
  view?: ChartView | undefined;
}

export const Route = createFileRoute("/_signed-in/")({
  validateSearch: ({ child, view }): Search => ({
    child: typeof child === "string" ? child : undefined,
    view: toChartView(view),
  }),
  loader: () => {
    prefetch(HomeDocument, {});
    prefetch(ConversationsDocument, {});
  },
  component: HomeRoute,
});

function HomeRoute() {
  const { child, view = "chart" } = Route.useSearch();
  const navigate = Route.useNavigate();
  const show = (next: ChartView) => void navigate({ search: { child, view: toChartView(next) }, replace: true });
  return (
    <>
      <title>{m.parent_page_title()}</title>
      <Home childId={child} chartView={view} onChartView={show} />
    </>
  );
}
