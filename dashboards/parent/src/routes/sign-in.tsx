import { session, SignIn, toLocalPath } from "@lentera/dashboard-kit";
import { m } from "@lentera/dashboard-kit/messages";
import { createFileRoute, redirect } from "@tanstack/react-router";

export interface Search {
  /** Where the reader wanted to go. */
  next?: string | undefined;
}

export const Route = createFileRoute("/sign-in")({
  validateSearch: ({ next }): Search => ({ next: toLocalPath(next) }),
  beforeLoad: ({ search }) => {
    if (session.signedIn) throw redirect({ href: search.next ?? "/", replace: true });
  },
  component: SignInRoute,
});

function SignInRoute() {
  return (
    <>
      <title>{m.sign_in_page_title()}</title>
      <SignIn name={m.parent_name()} purpose={m.parent_purpose()} />
    </>
  );
}
