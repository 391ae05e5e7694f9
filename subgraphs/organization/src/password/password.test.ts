import { anonymous } from "@lentera/kit";
import { buildViewer } from "@lentera/kit/testing";
import { DEMO_PASSWORD, buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MailedSubgraph, startMailedSubgraph } from "../testing/mailed-subgraph.js";

let mailed: MailedSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();

beforeAll(async () => {
  mailed = await startMailedSubgraph(() => now);
  db = connectOrganization(mailed.test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await mailed.stop();
});

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { refreshToken user { id } }
}`;
const REFRESH = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { refreshToken } }`;
const CHANGE = `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }`;
const REQUEST = `mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { email } }`;
const RESET = `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { endedSessions } }`;
const NEXT = "teh manis dua cangkir";

const visitor = () => mailed.test.as(anonymous);
const request = (email: string) => visitor().run<{ requestPasswordReset: object }>(REQUEST, { email });
const reset = (token: string, newPassword = NEXT) => visitor().run(RESET, { input: { token, newPassword } });

async function signIn(email: string, password = DEMO_PASSWORD): Promise<string> {
  const { signIn: tokens } = await visitor().data<{ signIn: { refreshToken: string } }>(SIGN_IN, { email, password });
  return tokens.refreshToken;
}

describe("changing the password (003-40)", () => {
  it("replaces it, ends the other sessions and tells the person", async () => {
    const { email, userId } = await buildAccount(db);
    const elsewhere = await signIn(email);
    const here = await signIn(email);
    const current = await db.session.findFirstOrThrow({ where: { userId }, orderBy: { id: "desc" } });
    const viewer = { ...buildViewer({ userId }), sessionId: current.id };
    const input = { currentPassword: DEMO_PASSWORD, newPassword: NEXT };
    expect(await mailed.test.as(viewer).data(CHANGE, { input })).toEqual({ changePassword: { endedSessions: 1 } });
    expect((await visitor().run(REFRESH, { token: elsewhere })).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await visitor().run(REFRESH, { token: here })).errors).toEqual([]);
    expect((await visitor().run(SIGN_IN, { email, password: DEMO_PASSWORD })).errors).toHaveLength(1);
    await signIn(email, NEXT);
    expect((await mailed.lettersTo(email)).map(({ subject }) => subject)).toEqual(["Kata sandi Anda telah diubah"]);
    const { password_hash: hash } = (
      await mailed.test.owner.query<{ password_hash: string }>("select * from accounts where user_id = $1", [userId])
    ).rows[0]!;
    expect(Number(hash.split("$")[2])).toBeGreaterThanOrEqual(12); // C-20
  });

  it("is refused for a wrong present one, to nobody, and to an admin who acts as the person", async () => {
    const { email, userId } = await buildAccount(db);
    const input = { currentPassword: "not this one", newPassword: NEXT };
    expect((await mailed.test.as(buildViewer({ userId })).run(CHANGE, { input })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.currentPassword" }] },
    ]);
    expect((await visitor().run(CHANGE, { input })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const impersonated = { ...buildViewer({ userId }), impersonatorId: randomUUID() };
    const right = { currentPassword: DEMO_PASSWORD, newPassword: NEXT };
    expect((await mailed.test.as(impersonated).run(CHANGE, { input: right })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
    await signIn(email);
  });

  it("refuses a weak new one", async () => {
    const { email, userId } = await buildAccount(db);
    for (const newPassword of ["short", "password12", email]) {
      const { errors } = await mailed.test
        .as(buildViewer({ userId }))
        .run(CHANGE, { input: { currentPassword: DEMO_PASSWORD, newPassword } });
      expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.newPassword" }] }]);
    }
  });
});

describe("resetting the password (001-05)", () => {
  it("by a letter's token ends all sessions and verifies the address", async () => {
    const { email, userId } = await buildAccount(db);
    const session = await signIn(email);
    expect((await request(email.toUpperCase())).data).toEqual({ requestPasswordReset: { email } });
    expect(await reset(await mailed.tokenFor(email))).toEqual({
      data: { resetPassword: { endedSessions: 1 } },
      errors: [],
    });
    expect((await visitor().run(REFRESH, { token: session })).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    await signIn(email, NEXT);
    const account = await db.account.findUniqueOrThrow({ where: { userId } });
    expect(account.emailVerifiedAt).toEqual(now);
  });

  it("works once, for 30 minutes; a bad password does not use the token up", async () => {
    const { email } = await buildAccount(db);
    await request(email);
    const token = await mailed.tokenFor(email);
    expect((await reset("made up")).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await reset(token, email)).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    const requestedAt = now;
    now = new Date(requestedAt.getTime() + 30 * 60 * 1000);
    expect((await reset(token)).errors).toMatchObject([{ code: "TOKEN_EXPIRED" }]);
    now = new Date(now.getTime() - 1);
    const results = await Promise.all([reset(token), reset(token)]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect((await reset(token)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    now = requestedAt;
  });

  it("answers an unknown and a suspended address like a known one, and writes to neither", async () => {
    const { email: suspended } = await buildAccount(db, { status: "SUSPENDED" });
    for (const email of ["nobody@example.test", suspended]) {
      expect(await request(email)).toEqual({ data: { requestPasswordReset: { email } }, errors: [] });
      expect(await mailed.lettersTo(email)).toEqual([]);
    }
  });

  it("floods nobody's mailbox, and a newer link replaces the older", async () => {
    const { email } = await buildAccount(db);
    for (let count = 0; count < 3; count += 1) expect((await request(email)).errors).toEqual([]);
    expect(await mailed.lettersTo(email)).toHaveLength(1);
    const older = await mailed.tokenFor(email);
    const requestedAt = now;
    now = new Date(requestedAt.getTime() + 60_000);
    await request(email);
    expect(await mailed.lettersTo(email)).toHaveLength(2);
    expect((await reset(older)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await reset(await mailed.tokenFor(email))).errors).toEqual([]);
    now = requestedAt;
  });

  it("lets somebody in again who had failed too often", async () => {
    const { email } = await buildAccount(db);
    for (let count = 0; count < 5; count += 1) await visitor().run(SIGN_IN, { email, password: "wrong" });
    expect((await visitor().run(SIGN_IN, { email, password: DEMO_PASSWORD })).errors).toMatchObject([
      { code: "RATE_LIMITED" },
    ]);
    await request(email);
    await reset(await mailed.tokenFor(email));
    await signIn(email, NEXT);
  });
});
