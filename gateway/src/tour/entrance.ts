import { Visitor } from "./client.js";
import { type Guide, REFRESH, SIGN_IN, type Tokens, codeOf, insist } from "./guide.js";

export async function visitEntrance({ baseUrl, say }: Guide): Promise<void> {
  for (const path of [
    "/healthz",
    "/readyz",
    "/metrics",
    "/schema.graphql",
    "/.well-known/jwks.json",
    "/graphiql",
    "/parent",
    "/school",
    "/admin",
  ]) {
    const { status } = await fetch(new URL(path, baseUrl));
    insist(status === 200, `${path} answers ${status}`);
  }
  say("Health, metrics, schema, keys, the explorer and the three dashboards answer.");
}

export async function visitSignIn({ baseUrl, say, signIn }: Guide): Promise<void> {
  for (const name of [
    "admin@lentera",
    "principal@nusantara",
    "teacher@nusantara",
    "student@nusantara",
    "parent@nusantara",
    "tutor@lentera",
    "owner@warung",
  ]) {
    const { user } = (await signIn(`${name}.test`)).tokens;
    say(`${user.fullName} signs in as ${user.role}.`);
  }
  const anybody = new Visitor(baseUrl);
  const tries = [
    { email: "student@nusantara.test", password: "wrong" },
    { email: "nobody@nusantara.test", password: "wrong" },
  ];
  const [wrong, unknown] = await Promise.all(tries.map((variables) => anybody.run(SIGN_IN, variables)));
  insist(
    codeOf(wrong) === "INVALID_CREDENTIALS" && codeOf(unknown) === "INVALID_CREDENTIALS",
    "A wrong password and an unknown e-mail do not look alike",
  );
  const { tokens } = await signIn("student@nusantara.test");
  const next = (await anybody.ask<{ refreshSession: Tokens }>(REFRESH, { token: tokens.refreshToken })).refreshSession;
  const again = await anybody.run(REFRESH, { token: tokens.refreshToken });
  const stolen = await anybody.run(REFRESH, { token: next.refreshToken });
  insist(
    codeOf(again) === "INVALID_TOKEN" && codeOf(stolen) === "INVALID_TOKEN",
    "A refresh token that is used twice does not end the session",
  );
  say("A wrong password and an unknown e-mail look alike; a refresh token works once.");
}
