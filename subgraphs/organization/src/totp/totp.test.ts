import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { DEMO_PASSWORD, buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { randomUUID } from "node:crypto";
import { URI } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();
/** To the start of the next 30-second step but `steps`, so that codes differ. */
const pass = (steps: number): void => {
  now = new Date((Math.floor(now.getTime() / 30_000) + steps) * 30_000);
};

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const BEGIN = `mutation { beginTotp { secret url } }`;
const CONFIRM = `mutation ($code: String!) { confirmTotp(input: { code: $code }) { recoveryCodes } }`;
const DISABLE = `mutation ($password: String!) { disableTotp(input: { password: $password }) { disabled } }`;
const REGENERATE = `mutation ($proof: ProofInput!) { regenerateRecoveryCodes(input: { proof: $proof }) { recoveryCodes } }`;
const ME = `{ viewer { twoFactorEnabled recoveryCodesLeft } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { user { id } } }`;

const signIn = (email: string, otp?: string, password = DEMO_PASSWORD) =>
  test.as(anonymous).run(SIGN_IN, { input: { email, password, otp } });

/** What an authenticator application does with the URL that it scanned. */
function codeOf(url: string, at = now): string {
  return URI.parse(url).generate({ timestamp: at.getTime() });
}

async function buildPerson(): Promise<{ email: string; userId: string; client: TestClient }> {
  const { email, userId } = await buildAccount(db, { emailVerifiedAt: now });
  return { email, userId, client: test.as(buildViewer({ userId })) };
}
async function begin(client: TestClient): Promise<string> {
  const { beginTotp } = await client.data<{ beginTotp: { url: string } }>(BEGIN);
  return beginTotp.url;
}
async function buildProtected() {
  const person = await buildPerson();
  const url = await begin(person.client);
  const { confirmTotp } = await person.client.data<{ confirmTotp: { recoveryCodes: string[] } }>(CONFIRM, {
    code: codeOf(url),
  });
  pass(2);
  return { ...person, url, recoveryCodes: confirmTotp.recoveryCodes };
}

describe("switching the second factor on (000-62)", () => {
  it("takes a code of the application and gives ten recovery codes once", async () => {
    const { client, email } = await buildPerson();
    const url = await begin(client);
    expect(url).toContain(`otpauth://totp/Lentera:${encodeURIComponent(email)}?`);
    expect(await client.data(ME)).toEqual({ viewer: { twoFactorEnabled: false, recoveryCodesLeft: 0 } });
    expect((await signIn(email)).errors).toEqual([]);
    const { confirmTotp } = await client.data<{ confirmTotp: { recoveryCodes: string[] } }>(CONFIRM, {
      code: codeOf(url),
    });
    expect(new Set(confirmTotp.recoveryCodes).size).toBe(10);
    expect(await client.data(ME)).toEqual({ viewer: { twoFactorEnabled: true, recoveryCodesLeft: 10 } });
  });

  it("is refused for a wrong code, without a beginning, twice, and before the address is verified", async () => {
    const { client } = await buildPerson();
    expect((await client.run(CONFIRM, { code: "123456" })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const url = await begin(client);
    const wrong = codeOf(url, new Date(now.getTime() + 3_600_000));
    expect((await client.run(CONFIRM, { code: wrong })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.code" }] },
    ]);
    expect((await client.run(CONFIRM, { code: "12" })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    await client.data(CONFIRM, { code: codeOf(url) });
    expect((await client.run(BEGIN)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect((await client.run(CONFIRM, { code: codeOf(url) })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const { userId } = await buildAccount(db);
    expect((await test.as(buildViewer({ userId })).run(BEGIN)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });

  it("is refused to nobody and to an admin who acts as the person", async () => {
    const { userId } = await buildPerson();
    const impersonated = test.as({ ...buildViewer({ userId }), impersonatorId: randomUUID() });
    const variables = { code: "123456", password: DEMO_PASSWORD };
    for (const operation of [BEGIN, CONFIRM, DISABLE]) {
      expect((await test.as(anonymous).run(operation, variables)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
      expect((await impersonated.run(operation, variables)).errors).toMatchObject([
        { code: "INSUFFICIENT_PERMISSIONS" },
      ]);
    }
  });

  it("lets nobody guess on", async () => {
    const { client } = await buildPerson();
    const url = await begin(client);
    const wrong = codeOf(url, new Date(now.getTime() + 3_600_000));
    for (let count = 0; count < 5; count += 1) await client.run(CONFIRM, { code: wrong });
    expect((await client.run(CONFIRM, { code: codeOf(url) })).errors).toMatchObject([{ code: "RATE_LIMITED" }]);
  });

  it("keeps neither the seed nor a recovery code readable", async () => {
    const { url, recoveryCodes, userId } = await buildProtected();
    const { rows } = await test.owner.query(
      "select t.*, (select json_agg(encode(code_hash, 'escape')) from recovery_codes r where r.user_id = t.user_id) from totp_credentials t where user_id = $1",
      [userId],
    );
    const seed = new URL(url).searchParams.get("secret")!;
    for (const secret of [seed, ...recoveryCodes]) expect(JSON.stringify(rows)).not.toContain(secret);
    const log = await test.owner.query("select action from app.audit_log where entity_id = $1 order by sequence", [
      userId,
    ]);
    expect(log.rows).toEqual([{ action: "account.totp_begun" }, { action: "account.totp_enabled" }]);
  });

  it("a seed moved to another person's row opens nothing", async () => {
    const [first, second] = [await buildProtected(), await buildProtected()];
    const { encryptedSecret } = await db.totpCredential.findUniqueOrThrow({ where: { userId: first.userId } });
    await db.totpCredential.update({ where: { userId: second.userId }, data: { encryptedSecret } });
    expect((await signIn(second.email, codeOf(first.url))).data).toBeNull();
  });
});

describe("signing in with the second factor (000-62)", () => {
  it("asks for the code only who knows the password", async () => {
    const { email } = await buildProtected();
    expect((await signIn(email)).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.otp", code: "REQUIRED_FIELD_MISSING" }] },
    ]);
    const wrong = await signIn(email, undefined, "wrong");
    expect(wrong.errors).toMatchObject([{ code: "INVALID_CREDENTIALS", details: [] }]);
    expect(await signIn("nobody@example.test", "123456", "wrong")).toEqual(await signIn(email, "123456", "wrong"));
  });

  it("accepts a code once, also when it comes twice at the same moment", async () => {
    const { email, url, userId } = await buildProtected();
    const code = codeOf(url);
    const results = await Promise.all([signIn(email, code), signIn(email, code), signIn(email, code)]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect((await signIn(email, code)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(await db.session.count({ where: { userId } })).toBe(1);
    pass(1);
    expect((await signIn(email, codeOf(url))).errors).toEqual([]);
  });

  it("does not accept the code that switched it on", async () => {
    const { client, email } = await buildPerson();
    const url = await begin(client);
    await client.data(CONFIRM, { code: codeOf(url) });
    expect((await signIn(email, codeOf(url))).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.otp" }] },
    ]);
  });

  it("accepts each recovery code once, and writes that down", async () => {
    const { email, client, recoveryCodes, userId } = await buildProtected();
    const [code] = recoveryCodes;
    const attempts = await Promise.all([signIn(email, code), signIn(email, code!.toUpperCase())]);
    expect(attempts.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect((await signIn(email, code)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(await client.data(ME)).toMatchObject({ viewer: { recoveryCodesLeft: 9 } });
    const { rows } = await test.owner.query(
      "select action from app.audit_log where entity_id = $1 and action = 'account.recovery_code_used'",
      [userId],
    );
    expect(rows).toHaveLength(1);
  });

  it("does not accept another person's recovery code", async () => {
    const [first, second] = [await buildProtected(), await buildProtected()];
    expect((await signIn(first.email, second.recoveryCodes[0])).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS" },
    ]);
  });
});

describe("000-62: replacing the recovery codes", () => {
  const regenerate = (client: TestClient, proof: object) =>
    client.run<{ regenerateRecoveryCodes: { recoveryCodes: string[] } }>(REGENERATE, { proof });

  it.each(["password", "code"] as const)("takes the %s, and the codes before stop working", async (kind) => {
    const { client, email, url, recoveryCodes, userId } = await buildProtected();
    const proof = kind === "password" ? { password: DEMO_PASSWORD } : { code: codeOf(url) };
    const { data } = await regenerate(client, proof);
    const { recoveryCodes: fresh } = data!.regenerateRecoveryCodes;
    expect(new Set([...fresh, ...recoveryCodes]).size).toBe(20);
    expect(await client.data(ME)).toMatchObject({ viewer: { recoveryCodesLeft: 10 } });
    expect((await signIn(email, recoveryCodes[0])).errors).toHaveLength(1);
    expect((await signIn(email, fresh[0])).errors).toEqual([]);
    const { rows } = await test.owner.query(
      "select new_values from app.audit_log where entity_id = $1 and action = 'account.recovery_codes_replaced'",
      [userId],
    );
    expect(rows).toEqual([{ new_values: null }]);
  });

  it("takes a code once, and refuses a wrong proof, none, and a person without a second factor", async () => {
    const { client, url } = await buildProtected();
    const code = codeOf(url);
    const results = await Promise.all([regenerate(client, { code }), regenerate(client, { code })]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect((await regenerate(client, { password: "wrong" })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.proof.password" }] },
    ]);
    expect((await regenerate(client, {})).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.proof.password" }] },
    ]);
    const { client: unprotected, userId } = await buildPerson();
    expect((await regenerate(unprotected, { password: DEMO_PASSWORD })).errors).toMatchObject([
      { code: "ILLEGAL_STATE" },
    ]);
    const impersonated = test.as({ ...buildViewer({ userId }), impersonatorId: randomUUID() });
    expect((await regenerate(impersonated, { password: DEMO_PASSWORD })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
  });
});

describe("switching the second factor off", () => {
  it("takes the password and makes the recovery codes worthless", async () => {
    const { email, client, recoveryCodes } = await buildProtected();
    expect((await client.run(DISABLE, { password: "wrong" })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.password" }] },
    ]);
    expect((await signIn(email)).errors).toHaveLength(1);
    expect(await client.data(DISABLE, { password: DEMO_PASSWORD })).toEqual({ disableTotp: { disabled: true } });
    expect((await signIn(email)).errors).toEqual([]);
    expect(await client.data(ME)).toEqual({ viewer: { twoFactorEnabled: false, recoveryCodesLeft: 0 } });
    expect(await client.data(DISABLE, { password: DEMO_PASSWORD })).toEqual({ disableTotp: { disabled: false } });
    const url = await begin(client);
    await client.data(CONFIRM, { code: codeOf(url) });
    expect((await signIn(email, recoveryCodes[0])).errors).toHaveLength(1);
  });
});
