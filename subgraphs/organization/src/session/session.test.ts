import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  DEMO_PASSWORD,
  buildAccount,
  buildMembership,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { accessToken refreshToken expiresAt user { id fullName role } }
}`;
const REFRESH = `mutation ($token: String!) {
  refreshSession(input: { refreshToken: $token }) { accessToken refreshToken user { id } }
}`;
const SIGN_OUT = `mutation ($token: String!) { signOut(input: { refreshToken: $token }) { signedOut } }`;

interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
  user: { id: string; fullName: string; role: string };
}

async function signIn(email: string): Promise<Tokens> {
  const { signIn: tokens } = await test
    .as(anonymous)
    .data<{ signIn: Tokens }>(SIGN_IN, { email, password: DEMO_PASSWORD });
  return tokens;
}
const refresh = (token: string) => test.as(anonymous).run<{ refreshSession: Tokens }>(REFRESH, { token });

async function claimsOf(accessToken: string) {
  const keys = await test.subgraph.documents["/.well-known/jwks.json"]!();
  const { payload } = await jwtVerify(accessToken, createLocalJWKSet(keys as { keys: [] }), {
    issuer: "lentera",
    audience: "lentera",
    algorithms: ["EdDSA"],
    currentDate: now,
  });
  return payload;
}

describe("signing in (003-24)", () => {
  it("gives tokens that the published keys verify, for 15 minutes, with role and permissions", async () => {
    const { userId, organizationId } = await buildMembership(db, { role: "TEACHER" });
    const { email } = await buildAccount(db, { userId });
    const { accessToken, expiresAt, user } = await signIn(email.toUpperCase());
    expect(user.id).toBe(userId);
    expect(await claimsOf(accessToken)).toMatchObject({
      sub: userId,
      org: organizationId,
      role: "TEACHER",
      staff: true,
      permissions: expect.arrayContaining(["attempts:read"]),
    });
    expect(new Date(expiresAt).getTime() - now.getTime()).toBe(15 * 60 * 1000);
  });

  it("answers an unknown e-mail like a wrong password", async () => {
    const { email } = await buildAccount(db);
    const attempts = [
      { email, password: "wrong" },
      { email: "nobody@example.test", password: "wrong" },
    ];
    const [wrong, unknown] = await Promise.all(attempts.map((variables) => test.as(anonymous).run(SIGN_IN, variables)));
    expect(wrong!.errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(unknown).toEqual(wrong);
  });

  it("takes as long for an unknown e-mail as for a wrong password", async () => {
    const { email } = await buildAccount(db);
    const timed = async (address: string): Promise<number> => {
      const start = performance.now();
      await test.as(anonymous).run(SIGN_IN, { email: address, password: "wrong" });
      return performance.now() - start;
    };
    await timed(email);
    const known = await timed(email);
    const unknown = await timed("nobody@example.test");
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it("names every bad field at once", async () => {
    const { errors } = await test.as(anonymous).run(SIGN_IN, { email: "not an address", password: "x".repeat(73) });
    expect(errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.email" }, { path: "input.password" }] },
    ]);
  });

  it("refuses a suspended account only to who knows its password", async () => {
    const { email } = await buildAccount(db, { status: "SUSPENDED" });
    expect((await test.as(anonymous).run(SIGN_IN, { email, password: DEMO_PASSWORD })).errors).toMatchObject([
      { code: "ACCOUNT_INACTIVE" },
    ]);
    expect((await test.as(anonymous).run(SIGN_IN, { email, password: "wrong" })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS" },
    ]);
  });

  it("003-10: writes it into the audit log, without secrets", async () => {
    const { userId, email } = await buildAccount(db);
    await signIn(email);
    const { rows } = await test.owner.query("select * from app.audit_log where actor_id = $1", [userId]);
    expect(rows).toMatchObject([{ action: "session.started", entity_type: "Session", ip: "127.0.0.1" }]);
    expect(JSON.stringify(rows)).not.toContain(DEMO_PASSWORD);
  });
});

describe("001-04, 003-23: refreshing a session", () => {
  it("rotates the refresh token", async () => {
    const { userId, email } = await buildAccount(db);
    const first = await signIn(email);
    const { data } = await refresh(first.refreshToken);
    expect(data!.refreshSession.user.id).toBe(userId);
    expect(data!.refreshSession.refreshToken).not.toBe(first.refreshToken);
    expect((await claimsOf(data!.refreshSession.accessToken)).sid).toBe((await claimsOf(first.accessToken)).sid);
  });

  it("notes when the session was used last", async () => {
    const { userId, email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    const signedInAt = now;
    now = new Date(signedInAt.getTime() + 60_000);
    await refresh(refreshToken);
    expect(await db.session.findFirstOrThrow({ where: { userId } })).toMatchObject({
      createdAt: signedInAt,
      lastUsedAt: now,
    });
    now = signedInAt;
  });

  it("is refused since the account was suspended", async () => {
    const { userId, email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    await db.account.update({ where: { userId }, data: { status: "SUSPENDED" } });
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: "ACCOUNT_INACTIVE" }]);
  });

  it("used twice ends the whole family", async () => {
    const { email } = await buildAccount(db);
    const first = await signIn(email);
    const second = (await refresh(first.refreshToken)).data!.refreshSession;
    expect((await refresh(first.refreshToken)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await refresh(second.refreshToken)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
  });

  it("used twice at the same moment is used once", async () => {
    const { email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    const results = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
    expect(results.filter(({ data }) => data !== null)).toHaveLength(1);
  });

  it("ends after 7 days", async () => {
    const { email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    const signedInAt = now;
    now = new Date(signedInAt.getTime() + 7 * 24 * 60 * 60 * 1000);
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: "TOKEN_EXPIRED" }]);
    now = signedInAt;
  });

  it("is over after signing out, and signing out twice is no error", async () => {
    const { email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    const signOut = () => test.as(anonymous).data(SIGN_OUT, { token: refreshToken });
    expect(await signOut()).toEqual({ signOut: { signedOut: true } });
    expect(await signOut()).toEqual({ signOut: { signedOut: false } });
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
  });

  it("keeps only hashes of tokens", async () => {
    const { email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    const { rows } = await test.owner.query("select * from refresh_tokens");
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(refreshToken).toString("hex"));
  });
});

describe("row level security", () => {
  it("shows nobody another person's session or account, without any where", async () => {
    const user = await buildUser(db);
    const { email } = await buildAccount(db);
    await signIn(email);
    const statements = [
      "select * from sessions",
      "select * from refresh_tokens",
      "select * from accounts",
      "select * from signing_keys",
    ];
    const rows = await test.rowsAs(buildViewer({ userId: user.id }), statements);
    expect(rows).toEqual([[], [], [], []]);
  });
});
