import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  DEMO_PASSWORD,
  buildAccount,
  buildEnrollment,
  buildMembership,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { createLocalJWKSet, jwtVerify } from "jose";
import { randomUUID } from "node:crypto";
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
const REPEAT = `mutation ($token: String!, $key: String!) {
  refreshSession(input: { refreshToken: $token, idempotencyKey: $key }) { accessToken refreshToken user { id } }
}`;
const SWITCH = `mutation ($id: ID!) { switchOrganization(input: { organizationId: $id }) { accessToken expiresAt user { id } } }`;
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
const refreshWith = (token: string, key: string) =>
  test.as(anonymous).run<{ refreshSession: Tokens }>(REPEAT, { token, key });
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

describe("003-23: an exchange whose answer was lost", () => {
  const KEY = "an-exchange-of-its-own";

  it("gives the same successor to five equal exchanges at the same moment", async () => {
    const { userId, email } = await buildAccount(db);
    const first = await signIn(email);
    const results = await Promise.all(Array.from({ length: 5 }, () => refreshWith(first.refreshToken, KEY)));
    const successors = new Set(results.map(({ data }) => data!.refreshSession.refreshToken));
    expect([...successors]).toHaveLength(1);
    expect(await db.refreshToken.count({ where: { session: { userId } } })).toBe(2);
    const [successor] = successors;
    expect((await refresh(successor!)).errors).toEqual([]);
  });

  it("can be repeated for 60 seconds, not for longer", async () => {
    const { email } = await buildAccount(db);
    const startedAt = now;
    for (const [waited, worked] of [
      [60_000, true],
      [60_001, false],
    ] as const) {
      now = startedAt;
      const { refreshToken } = await signIn(email);
      const { data } = await refreshWith(refreshToken, KEY);
      now = new Date(startedAt.getTime() + waited);
      const { errors } = await refreshWith(refreshToken, KEY);
      expect(errors).toMatchObject(worked ? [] : [{ code: "INVALID_TOKEN" }]);
      expect((await refresh(data!.refreshSession.refreshToken)).errors).toHaveLength(worked ? 0 : 1);
    }
    now = startedAt;
  });

  it("cannot be repeated once its successor was used: that ends the family, and nothing of it is kept", async () => {
    const { userId, email } = await buildAccount(db);
    const first = await signIn(email);
    const second = (await refreshWith(first.refreshToken, KEY)).data!.refreshSession;
    const third = (await refreshWith(second.refreshToken, `${KEY}-2`)).data!.refreshSession;
    const kept = await db.refreshToken.findMany({ where: { session: { userId }, sealedSuccessor: { not: null } } });
    expect(kept).toHaveLength(1);
    expect((await refreshWith(first.refreshToken, KEY)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await refresh(third.refreshToken)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
  });

  it("is nobody's to repeat without its key", async () => {
    for (const stolen of [refresh, (token: string) => refreshWith(token, "some-other-exchange")]) {
      const { email } = await buildAccount(db);
      const first = await signIn(email);
      const second = (await refreshWith(first.refreshToken, KEY)).data!.refreshSession;
      expect((await stolen(first.refreshToken)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
      expect((await refresh(second.refreshToken)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    }
  });

  it("is refused since the account was suspended", async () => {
    const { userId, email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    await refreshWith(refreshToken, KEY);
    await db.account.update({ where: { userId }, data: { status: "SUSPENDED" } });
    expect((await refreshWith(refreshToken, KEY)).errors).toMatchObject([{ code: "ACCOUNT_INACTIVE" }]);
  });

  it("takes keys of 16 to 100 characters, and stores neither key nor successor as they are", async () => {
    const { email } = await buildAccount(db);
    const { refreshToken } = await signIn(email);
    for (const key of ["k".repeat(15), "k".repeat(101)])
      expect((await refreshWith(refreshToken, key)).errors).toMatchObject([
        { code: "VALIDATION_ERROR", details: [{ path: "input.idempotencyKey" }] },
      ]);
    const { data } = await refreshWith(refreshToken, KEY);
    const { rows } = await test.owner.query("select * from refresh_tokens where sealed_successor is not null");
    expect(JSON.stringify(rows)).not.toContain(KEY);
    expect(JSON.stringify(rows)).not.toContain(data!.refreshSession.refreshToken);
  });
});

describe("003-23: acting for another organization", () => {
  /** Somebody who teaches in one organization, keeps the desk of another and learns in a third. */
  async function buildBusyPerson() {
    const { userId, organizationId: school } = await buildMembership(db, { role: "TEACHER" });
    const { organizationId: library } = await buildMembership(db, { userId, role: "STAFF" });
    const { organizationId: course } = await buildEnrollment(db, { studentId: userId });
    const { email } = await buildAccount(db, { userId });
    const tokens = await signIn(email);
    const { sid } = await claimsOf(tokens.accessToken);
    const client = test.as({ ...buildViewer({ userId, organizationId: school }), sessionId: String(sid) });
    const switchTo = (id: string) => client.run<{ switchOrganization: Tokens }>(SWITCH, { id });
    return { userId, school, library, course, tokens, sid, switchTo };
  }

  it("gives the role that the person has there, in the same session", async () => {
    const { userId, school, library, course, sid, switchTo } = await buildBusyPerson();
    for (const [id, role, staff] of [
      [library, "STAFF", true],
      [course, "STUDENT", false],
      [school, "TEACHER", true],
    ] as const) {
      const { accessToken, user } = (await switchTo(id)).data!.switchOrganization;
      expect(user.id).toBe(userId);
      expect(await claimsOf(accessToken)).toMatchObject({ sub: userId, sid, org: id, role, staff });
    }
  });

  it("is remembered over refreshes, until the person leaves", async () => {
    const { userId, school, library, tokens, switchTo } = await buildBusyPerson();
    await switchTo(library);
    const second = (await refresh(tokens.refreshToken)).data!.refreshSession;
    expect(await claimsOf(second.accessToken)).toMatchObject({ org: library, role: "STAFF" });
    await db.membership.deleteMany({ where: { userId, organizationId: library } });
    const third = (await refresh(second.refreshToken)).data!.refreshSession;
    expect(await claimsOf(third.accessToken)).toMatchObject({ org: school, role: "TEACHER" });
  });

  it("makes nobody staff where they only learn", async () => {
    const person = await buildUser(db, { role: "OWNER" });
    await buildMembership(db, { userId: person.id, role: "OWNER" });
    const { organizationId } = await buildEnrollment(db, { studentId: person.id });
    const { email } = await buildAccount(db, { userId: person.id });
    const { sid } = await claimsOf((await signIn(email)).accessToken);
    const client = test.as({ ...buildViewer({ userId: person.id }), sessionId: String(sid) });
    const { switchOrganization } = await client.data<{ switchOrganization: Tokens }>(SWITCH, { id: organizationId });
    expect(await claimsOf(switchOrganization.accessToken)).toMatchObject({
      org: organizationId,
      role: "STUDENT",
      staff: false,
      permissions: ["attempts:create", "messages:send"],
    });
  });

  it("is not possible for any other organization, nor for nobody, nor in an ended session", async () => {
    const { library, sid, tokens, switchTo } = await buildBusyPerson();
    const { organizationId: strange } = await buildMembership(db);
    for (const id of [strange, randomUUID(), "no id"])
      expect((await switchTo(id)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await test.as(anonymous).run(SWITCH, { id: library })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    await test.as(anonymous).data(SIGN_OUT, { token: tokens.refreshToken });
    expect((await switchTo(library)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect(await db.session.findUniqueOrThrow({ where: { id: String(sid) } })).toMatchObject({ organizationId: null });
  });

  it("003-10: is written into the audit log", async () => {
    const { userId, school, library, sid, switchTo } = await buildBusyPerson();
    await switchTo(library);
    const { rows } = await test.owner.query(
      "select * from app.audit_log where actor_id = $1 and action = 'session.organization_switched'",
      [userId],
    );
    expect(rows).toMatchObject([
      { entity_id: sid, old_values: { organizationId: school }, new_values: { organizationId: library } },
    ]);
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
