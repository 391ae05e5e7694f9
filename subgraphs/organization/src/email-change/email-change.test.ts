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

const REQUEST = `mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { newEmail } }`;
const CONFIRM = `mutation ($token: String!) { confirmEmailChange(input: { token: $token }) { email } }`;
const SIGN_IN = `mutation ($email: String!) {
  signIn(input: { email: $email, password: "${DEMO_PASSWORD}" }) { refreshToken user { id } }
}`;
const REFRESH = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) { user { id email emailVerified } } }`;
const RESET = `mutation ($token: String!) { resetPassword(input: { token: $token, newPassword: "kopi susu tiga gelas" }) { endedSessions } }`;

let addresses = 0;
const freshAddress = (): string => `pindah${(addresses += 1)}@example.test`;
const proof = { password: DEMO_PASSWORD };
const visitor = () => mailed.test.as(anonymous);
const confirm = (token: string) => visitor().run(CONFIRM, { token });

async function buildPerson() {
  const { email, userId } = await buildAccount(db);
  const client = mailed.test.as(buildViewer({ userId }));
  const request = (newEmail: string, over: object = {}) => client.run(REQUEST, { input: { newEmail, proof, ...over } });
  const { signIn } = await visitor().data<{ signIn: { refreshToken: string } }>(SIGN_IN, { email });
  return { email, userId, request, refreshToken: signIn.refreshToken };
}

describe("changing the e-mail address (003-40)", () => {
  it("takes effect with the letter's token, keeps the session, and tells the former address", async () => {
    const { email, userId, request, refreshToken } = await buildPerson();
    const newEmail = freshAddress();
    expect((await request(` ${newEmail.toUpperCase()} `)).data).toEqual({ requestEmailChange: { newEmail } });
    expect((await visitor().run(SIGN_IN, { email: newEmail })).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect((await confirm(await mailed.tokenFor(newEmail))).data).toEqual({ confirmEmailChange: { email: newEmail } });
    expect((await visitor().run(SIGN_IN, { email })).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect((await visitor().run(SIGN_IN, { email: newEmail })).data).toMatchObject({
      signIn: { user: { id: userId } },
    });
    expect((await visitor().run(REFRESH, { token: refreshToken })).errors).toEqual([]);
    expect(await db.account.findUniqueOrThrow({ where: { userId } })).toMatchObject({
      email: newEmail,
      emailVerifiedAt: now,
    });
    const [notice] = (await mailed.lettersTo(email)).slice(-1);
    expect(notice!.text).toContain(newEmail);
    const { rows } = await mailed.test.owner.query(
      "select action, old_values from app.audit_log where entity_id = $1 and action like 'account.email_chang%' order by sequence",
      [userId],
    );
    expect(rows).toEqual([
      { action: "account.email_change_requested", old_values: null },
      { action: "account.email_changed", old_values: { email } },
    ]);
  });

  it("works once, for 24 hours, with the newest letter alone, and only its hash is stored", async () => {
    const { request } = await buildPerson();
    const [first, second] = [freshAddress(), freshAddress()];
    await request(first);
    const older = await mailed.tokenFor(first);
    expect((await request(second)).errors).toMatchObject([{ code: "RATE_LIMITED" }]);
    const startedAt = now;
    now = new Date(startedAt.getTime() + 60_000);
    await request(second);
    const token = await mailed.tokenFor(second);
    const { rows } = await mailed.test.owner.query("select * from account_tokens");
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const wrong of [older, "made up"])
      expect((await confirm(wrong)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000);
    expect((await confirm(token)).errors).toMatchObject([{ code: "TOKEN_EXPIRED" }]);
    now = new Date(now.getTime() - 1);
    const results = await Promise.all([confirm(token), confirm(token), confirm(token)]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    now = startedAt;
  });

  it("gives an address to one of two who confirm it at the same moment", async () => {
    const newEmail = freshAddress();
    const startedAt = now;
    const tokens: string[] = [];
    for (const { request } of [await buildPerson(), await buildPerson()]) {
      await request(newEmail);
      tokens.push(await mailed.tokenFor(newEmail));
      now = new Date(now.getTime() + 60_000);
    }
    const results = await Promise.all(tokens.map(confirm));
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(results.flatMap(({ errors }) => errors)).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.token", code: "DUPLICATE_ENTRY" }] },
    ]);
    now = startedAt;
  });

  it("answers the same for an address that is taken, and tells only its holder", async () => {
    const { email: taken } = await buildAccount(db);
    const { userId, request } = await buildPerson();
    expect(await request(taken)).toEqual({ data: { requestEmailChange: { newEmail: taken } }, errors: [] });
    expect((await mailed.lettersTo(taken)).map(({ subject }) => subject)).toEqual(["Anda sudah memiliki akun Lentera"]);
    expect((await db.account.findUniqueOrThrow({ where: { userId } })).email).not.toBe(taken);
  });

  it("makes worthless what was sent to the former address", async () => {
    const { email, request } = await buildPerson();
    await visitor().data(`mutation { requestPasswordReset(input: { email: "${email}" }) { email } }`);
    const reset = await mailed.tokenFor(email);
    const newEmail = freshAddress();
    await request(newEmail);
    await confirm(await mailed.tokenFor(newEmail));
    expect((await visitor().run(RESET, { token: reset })).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
  });

  it("takes the password again, and names every bad field at once", async () => {
    const { email, userId, request } = await buildPerson();
    expect((await request(freshAddress(), { proof: { password: "wrong" } })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.proof.password" }] },
    ]);
    expect((await request(freshAddress(), { proof: { code: "123456" } })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.proof.code" }] },
    ]);
    expect((await request("no address", { proof: {} })).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.newEmail" }, { path: "input.proof.password" }] },
    ]);
    expect((await request(email)).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.newEmail" }] },
    ]);
    const input = { newEmail: freshAddress(), proof };
    expect((await visitor().run(REQUEST, { input })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const acting = mailed.test.as({ ...buildViewer({ userId }), impersonatorId: randomUUID() });
    expect((await acting.run(REQUEST, { input })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("cannot be stored without the address that it proves", async () => {
    const { userId } = await buildAccount(db);
    const token = { userId, tokenHash: new Uint8Array(32), expiresAt: now };
    await expect(db.accountToken.create({ data: { ...token, purpose: "EMAIL_CHANGE" } })).rejects.toThrow(
      "account_tokens_new_email_check",
    );
    const misplaced = { purpose: "PASSWORD_RESET", newEmail: "a@example.test" } as const;
    await expect(db.accountToken.create({ data: { ...token, ...misplaced } })).rejects.toThrow(
      "account_tokens_new_email_check",
    );
  });
});
