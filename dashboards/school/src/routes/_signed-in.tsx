import { prefetchViewer, session, Shell, ViewerGate, type NavigationItem, type Role } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { createFileRoute, Outlet, redirect } from "@tanstack/react-router";
import { LayoutDashboard } from "lucide-react";

/** Who works at a school. */
const STAFF = new Set<Role>(["OWNER", "ADMIN", "TEACHER", "STAFF", "VIEWER"]);

export const Route = createFileRoute("/_signed-in")({
  beforeLoad: ({ location }) => {
    if (!session.signedIn) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  loader: prefetchViewer,
  component: SignedIn,
});

function SignedIn() {
  const navigation: NavigationItem[] = [{ to: "/", label: m.school_overview(), icon: <LayoutDashboard aria-hidden /> }];
  return (
    <ViewerGate admits={({ role }) => STAFF.has(role)}>
      {(viewer) => (
        <Shell name={m.school_name()} navigation={navigation} viewer={viewer}>
          <Outlet />
        </Shell>
      )}
    </ViewerGate>
  );
}
