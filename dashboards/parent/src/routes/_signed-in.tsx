import { prefetchViewer, session, Shell, ViewerGate, type NavigationItem } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { House } from "lucide-react";

export const Route = createFileRoute("/_signed-in")({
  beforeLoad: ({ location }) => {
    if (!session.signedIn) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  loader: prefetchViewer,
  component: SignedIn,
});

function SignedIn() {
  const navigation: NavigationItem[] = [{ to: "/", label: m.parent_home(), icon: <House aria-hidden /> }];
  return (
    <ViewerGate admits={({ role }) => role !== "STUDENT"}>
      {(viewer) => (
        <Shell name={m.parent_name()} navigation={navigation} viewer={viewer}>
          <Outlet />
        </Shell>
      )}
    </ViewerGate>
  );
}
