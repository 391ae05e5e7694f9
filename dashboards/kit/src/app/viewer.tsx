import { Lock, UserRoundX } from "lucide-react";
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { m } from "../messages.js";
import { prefetch } from "../api/api.js";
import { useView } from "../api/use-view.js";
import { ViewerDocument, type ViewerQuery } from "../gql/graphql.js";
import { session } from "../session/session.js";
import { Button, buttonStyle } from "../ui/button.js";
import { Skeleton } from "../ui/skeleton.js";
import { EmptyState, ProblemState } from "../ui/states.js";
import { homeOf } from "./roles.js";

/** Asks who is signed in, before the page is there to show it. */
export function prefetchViewer(): void {
  prefetch(ViewerDocument, {});
}

/** The signed-in person. */
export type Viewer = NonNullable<ViewerQuery["viewer"]>;

const ViewerContext = createContext<Viewer | undefined>(undefined);

/** The signed-in person of this screen. Throws outside of `ViewerGate`. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("Put this component inside ViewerGate.");
  return viewer;
}

function Page({ children }: { children: ReactNode }) {
  return <main className="mx-auto grid min-h-dvh max-w-xl content-center px-4">{children}</main>;
}

function ShellSkeleton() {
  return (
    <main>
      <h1 className="sr-only">{m.loading()}</h1>
      <div className="h-16 border-b border-line bg-surface" />
      <div className="mx-auto grid max-w-6xl gap-4 px-4 py-8 sm:px-6">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-72" />
      </div>
    </main>
  );
}

function Forbidden({ viewer }: { viewer: Viewer }) {
  const home = homeOf(viewer.role);
  const signOut = (
    <Button look={home ? "secondary" : "primary"} onClick={() => void session.signOut()}>
      {m.sign_in_as_another()}
    </Button>
  );
  return (
    <Page>
      <EmptyState
        page
        icon={<Lock aria-hidden />}
        title={m.forbidden_title()}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            {home && (
              <a href={home} className={buttonStyle()}>
                {m.forbidden_go_home()}
              </a>
            )}
            {signOut}
          </div>
        }
      >
        <p>{m.forbidden_text({ name: viewer.fullName })}</p>
      </EmptyState>
    </Page>
  );
}

function Vanished() {
  useEffect(() => {
    void session.signOut();
  }, []);
  return (
    <Page>
      <EmptyState page icon={<UserRoundX aria-hidden />} title={m.session_ended()} />
    </Page>
  );
}

interface ViewerGateProps {
  /** Whether this dashboard is for that person. The API decides what they may see; this only spares them empty screens. */
  admits: (viewer: Viewer) => boolean;
  children: (viewer: Viewer) => ReactNode;
}

/** Loads the signed-in person and lets in those this dashboard is for. */
export function ViewerGate({ admits, children }: ViewerGateProps) {
  const view = useView(ViewerDocument, {});
  const [known, setKnown] = useState<Viewer>();
  const viewer = view.data?.viewer ?? known;
  // Kept, because another query's failure can leave a null in the cache, and nobody is signed out for that.
  if (viewer && viewer !== known) setKnown(viewer);
  if (!view.data && !viewer) {
    if (!view.error) return <ShellSkeleton />;
    return (
      <Page>
        <ProblemState page error={view.error} onRetry={view.reload} busy={view.fetching} />
      </Page>
    );
  }
  if (!viewer) return <Vanished />;
  if (!admits(viewer)) return <Forbidden viewer={viewer} />;
  return <ViewerContext value={viewer}>{children(viewer)}</ViewerContext>;
}
