import { anonymous } from "@lentera/kit";
import { buildViewer } from "@lentera/kit/testing";
import { DEMO_PASSWORD, buildAccount, buildUser, connectOrganization } from "@lentera/prisma/factories";
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

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { email } }`;
const VERIFY = `mutation ($token: String!) { verifyEmail(input: { token: $token }) { email } }`;
const RESEND = `mutation { resendEmailVerification { sent } }`;
const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { user { id role emailVerified } }
}`;
const ME = `{ viewer { fullName email emailVerified phone language timeZone } }`;
const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { user { fullName phone language timeZone } }
}`;
const PASSWORD = "kopi susu tiga gelas";

let people = 0;
function signUpInput(over: object = {}) {
  people += 1;
  return {
    email: `baru${people}@example.test`,
    password: PASSWORD,
    fullName: "Dewi Lestari",
    role: "STUDENT",
    language: "en",
    timeZone: "Asia/Kolkata",
    idempotencyKey: randomUUID(),
    ...over,
  };
}
const visitor = () => mailed.test.as(anonymous);
const verify = (token: string) => visitor().run<{ verifyEmail: { email: string } }>(VERIFY, { token });

async function signedUp(over: object = {}): Promise<{ email: string; userId: string }> {
  const input = signUpInput(over);
  await visitor().data(SIGN_UP, { input });
  const { userId } = await db.account.findUniqueOrThrow({ where: { email: input.email } });
  return { email: input.email, userId };
}
const personally = (userId: string) => mailed.test.as(buildViewer({ userId }));

describe("signing up (001-02)", () => {
  it("makes an account that works at once and whose letter verifies it", async () => {
    const email = "dewi@example.test";
    await visitor().data(SIGN_UP, { input: signUpInput({ email: " Dewi@Example.test " }) });
    const { userId } = await db.account.findUniqueOrThrow({ where: { email } });
    const { signIn } = await visitor().data<{ signIn: object }>(SIGN_IN, { email, password: PASSWORD });
    expect(signIn).toMatchObject({ user: { id: userId, role: "STUDENT" } });
    const viewer = { email, emailVerified: false, language: "en", timeZone: "Asia/Kolkata", phone: null };
    expect(await personally(userId).data(ME)).toMatchObject({ viewer });
    expect((await verify(await mailed.tokenFor(email))).data).toEqual({ verifyEmail: { email } });
    expect(await personally(userId).data(ME)).toMatchObject({ viewer: { emailVerified: true } });
  });

  it("001-01: gives a person no role that others have to give", async () => {
    for (const role of ["PLATFORM_ADMIN", "OWNER", "ADMIN", "TEACHER", "STAFF"]) {
      const { errors } = await visitor().run(SIGN_UP, { input: signUpInput({ role }) });
      expect(errors).toHaveLength(1);
      expect(errors[0]!.message).toContain("SignUpRole");
    }
  });

  it("answers the same for an address that is taken, and tells only its holder", async () => {
    const { email, userId } = await buildAccount(db);
    const taken = await visitor().run(SIGN_UP, { input: signUpInput({ email: email.toUpperCase() }) });
    expect(taken).toEqual({ data: { signUp: { email } }, errors: [] });
    expect((await mailed.lettersTo(email)).map(({ subject }) => subject)).toEqual(["Anda sudah memiliki akun Lentera"]);
    await expect(db.account.findUniqueOrThrow({ where: { email } })).resolves.toMatchObject({ userId });
    await visitor().data(SIGN_UP, { input: signUpInput({ email }) });
    expect(await mailed.lettersTo(email)).toHaveLength(1);
    await visitor().data(SIGN_IN, { email, password: DEMO_PASSWORD });
  });

  it("at the same moment with one address makes one account", async () => {
    const inputs = Array.from({ length: 5 }, () => signUpInput({ email: "serentak@example.test" }));
    const results = await Promise.all(inputs.map((input) => visitor().run(SIGN_UP, { input })));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(await db.user.count({ where: { account: { email: "serentak@example.test" } } })).toBe(1);
    expect(await db.user.count({ where: { fullName: "Dewi Lestari", account: null } })).toBe(0);
  });

  it("twice with one key signs up once; with one key and other input it is refused", async () => {
    const input = signUpInput();
    await visitor().data(SIGN_UP, { input });
    expect(await visitor().run(SIGN_UP, { input })).toEqual({ data: { signUp: { email: input.email } }, errors: [] });
    expect(await mailed.lettersTo(input.email)).toHaveLength(1);
    const other = signUpInput({ idempotencyKey: input.idempotencyKey });
    expect((await visitor().run(SIGN_UP, { input: other })).errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("names every bad field at once", async () => {
    const input = signUpInput({
      email: "no address",
      password: "short",
      fullName: " ",
      language: "fr",
      timeZone: "+07:00",
      idempotencyKey: "",
    });
    const { errors } = await visitor().run(SIGN_UP, { input });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    const paths = (errors[0]!.details as { path: string }[]).map(({ path }) => path);
    expect(new Set(paths)).toEqual(
      new Set(
        ["email", "password", "fullName", "language", "timeZone", "idempotencyKey"].map((name) => `input.${name}`),
      ),
    );
  });

  it.each(["baru.sekali@example.test", "baru.sekali1", "password12345"])(
    "refuses the password %s",
    async (password) => {
      const { errors } = await visitor().run(SIGN_UP, {
        input: signUpInput({ email: "baru.sekali@example.test", password }),
      });
      expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.password" }] }]);
    },
  );

  it("tells the other subgraphs and the audit log, without secrets", async () => {
    const heard: unknown[] = [];
    await mailed.test.events.subscribe("test", ["user.created"], async ({ version, data }) => {
      heard.push({ version, data });
    });
    const { email, userId } = await signedUp({ role: "TUTOR" });
    await mailed.lettersTo(email);
    expect(heard).toEqual([{ version: 1, data: { userId, emailVerified: false, role: "TUTOR", language: "en" } }]);
    const { rows } = await mailed.test.owner.query("select * from app.audit_log where entity_id = $1", [userId]);
    expect(rows).toMatchObject([{ action: "account.created", entity_type: "User", actor_id: userId }]);
    const stored = await mailed.test.owner.query("select * from app.idempotency_keys");
    expect(JSON.stringify([rows, stored.rows])).not.toContain(PASSWORD);
  });
});

describe("verifying an address (003-40)", () => {
  it("works once, for 24 hours, and only with what was sent", async () => {
    const { email } = await signedUp();
    const token = await mailed.tokenFor(email);
    expect((await verify("made up")).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    const signedUpAt = now;
    now = new Date(signedUpAt.getTime() + 24 * 60 * 60 * 1000);
    expect((await verify(token)).errors).toMatchObject([{ code: "TOKEN_EXPIRED" }]);
    now = new Date(now.getTime() - 1);
    expect((await verify(token)).errors).toEqual([]);
    expect((await verify(token)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    now = signedUpAt;
  });

  it("at the same moment twice works once", async () => {
    const { email } = await signedUp();
    const token = await mailed.tokenFor(email);
    const results = await Promise.all([verify(token), verify(token), verify(token)]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  });

  it("cannot be done with the token of another letter", async () => {
    const { email } = await buildAccount(db);
    await visitor().data(`mutation { requestPasswordReset(input: { email: "${email}" }) { email } }`);
    expect((await verify(await mailed.tokenFor(email))).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
  });

  it("keeps only hashes of tokens", async () => {
    const { email } = await signedUp();
    const token = await mailed.tokenFor(email);
    const { rows } = await mailed.test.owner.query("select * from account_tokens");
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("sends the letter again once a minute, and the older link stops working", async () => {
    const { email, userId } = await signedUp();
    const older = await mailed.tokenFor(email);
    const client = personally(userId);
    expect((await client.run(RESEND)).errors).toMatchObject([{ code: "RATE_LIMITED" }]);
    const signedUpAt = now;
    now = new Date(signedUpAt.getTime() + 60_000);
    expect(await client.data(RESEND)).toEqual({ resendEmailVerification: { sent: true } });
    const newer = await mailed.tokenFor(email);
    expect((await verify(older)).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await verify(newer)).errors).toEqual([]);
    expect(await client.data(RESEND)).toEqual({ resendEmailVerification: { sent: false } });
    expect((await visitor().run(RESEND)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    now = signedUpAt;
  });
});

describe("the profile (003-40)", () => {
  it("changes what is given and leaves the rest; null removes the phone", async () => {
    const { userId } = await signedUp();
    const client = personally(userId);
    const update = (input: object) => client.data<{ updateProfile: { user: object } }>(UPDATE, { input });
    const first = await update({ phone: "+6281234567890", timeZone: "Asia/Makassar" });
    expect(first.updateProfile.user).toEqual({
      fullName: "Dewi Lestari",
      phone: "+6281234567890",
      language: "en",
      timeZone: "Asia/Makassar",
    });
    const second = await update({ fullName: "Dewi L.", language: "id" });
    expect(second.updateProfile.user).toMatchObject({ fullName: "Dewi L.", phone: "+6281234567890", language: "id" });
    expect((await update({ phone: null })).updateProfile.user).toMatchObject({ phone: null, fullName: "Dewi L." });
    const { rows } = await mailed.test.owner.query(
      "select old_values, new_values from app.audit_log where entity_id = $1 and action = 'account.profile_updated' order by sequence",
      [userId],
    );
    expect(rows[1]).toMatchObject({ old_values: { fullName: "Dewi Lestari" }, new_values: { fullName: "Dewi L." } });
  });

  it("C-21: takes IANA time zones only, and names every bad field at once", async () => {
    const { userId } = await signedUp();
    const input = { fullName: "", language: "xx", timeZone: "Mars/Olympus", phone: "0812" };
    const { errors } = await personally(userId).run(UPDATE, { input });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{}, {}, {}, {}] }]);
  });

  it("002-01: says a gender only to the person, who gives it or takes it back", async () => {
    const { userId } = await signedUp();
    const client = personally(userId);
    const GENDER = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { gender } } }`;
    for (const [input, gender] of [
      [{ fullName: "Dewi" }, null],
      [{ gender: "FEMALE" }, "FEMALE"],
      [{ fullName: "Dewi L." }, "FEMALE"],
      [{ gender: null }, null],
      [{ gender: "OTHER" }, "OTHER"],
    ] as const)
      expect(await client.data(GENDER, { input })).toEqual({ updateProfile: { user: { gender } } });
    const entity = `{ _entities(representations: [{ __typename: "User", id: "${userId}" }]) { ... on User { gender } } }`;
    const { data } = await personally(randomUUID()).run(entity);
    expect(data).toEqual({ _entities: [{ gender: null }] });
  });

  it("002-01: a phone number belongs to one account", async () => {
    const [first, second] = [await signedUp(), await signedUp()];
    await personally(first.userId).data(UPDATE, { input: { phone: "+919876543210" } });
    const { errors } = await personally(second.userId).run(UPDATE, {
      input: { phone: "+919876543210", fullName: "Changed" },
    });
    expect(errors).toMatchObject([{ details: [{ path: "input.phone", code: "DUPLICATE_ENTRY" }] }]);
    expect(await db.user.findUniqueOrThrow({ where: { id: second.userId } })).toMatchObject({
      fullName: "Dewi Lestari",
    });
  });

  it("is refused to nobody and to an admin who acts as the person", async () => {
    const { userId } = await signedUp();
    const input = { fullName: "X" };
    expect((await visitor().run(UPDATE, { input })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const impersonated = { ...buildViewer({ userId }), impersonatorId: randomUUID() };
    expect((await mailed.test.as(impersonated).run(UPDATE, { input })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
  });

  it("shows nobody else's phone, language, zone, verification, sessions or addresses", async () => {
    const { userId } = await signedUp();
    await personally(userId).data(UPDATE, { input: { phone: "+6281111111111" } });
    const admin = mailed.test.as(
      buildViewer({ role: "PLATFORM_ADMIN", permissions: ["students:read"], userId: (await buildUser(db)).id }),
    );
    const { user } = await admin.data<{ user: object }>(
      `query ($id: ID!) { user(id: $id) { phone language timeZone emailVerified twoFactorEnabled recoveryCodesLeft
        sessions { totalCount edges { node { id } } } addresses { edges { node { id } } } } }`,
      { id: userId },
    );
    expect(user).toEqual({
      phone: null,
      language: null,
      timeZone: null,
      emailVerified: null,
      twoFactorEnabled: null,
      recoveryCodesLeft: null,
      sessions: { totalCount: 0, edges: [] },
      addresses: { edges: [] },
    });
  });

  it("asks the database no more often for many people than for one", async () => {
    const { userId } = await signedUp();
    const others = await Promise.all(Array.from({ length: 20 }, () => buildUser(db)));
    const client = personally(userId);
    const run = (ids: string[]) =>
      client.data(
        `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User {
          emailVerified phone language timeZone twoFactorEnabled recoveryCodesLeft
          sessions { edges { node { id } } } addresses { edges { node { id } } } } } }`,
        { people: ids.map((id) => ({ __typename: "User", id })) },
      );
    const one = await mailed.test.statementsOf(() => run([userId]));
    const many = await mailed.test.statementsOf(() => run([userId, ...others.map(({ id }) => id)]));
    expect(many.length).toBe(one.length);
  });
});

describe("row level security", () => {
  it("shows nobody a token, a throttle, or another person's address or second factor, without any where", async () => {
    const { userId } = await signedUp();
    await db.userAddress.create({
      data: { userId, label: "Rumah", province: "Bali", city: "Denpasar", district: "Sanur", detail: "Jl. Pantai 1" },
    });
    await db.totpCredential.create({ data: { userId, encryptedSecret: "x" } });
    await db.recoveryCode.create({ data: { userId, codeHash: new Uint8Array(32) } });
    const tables = ["account_tokens", "throttles", "user_addresses", "totp_credentials", "recovery_codes"];
    const statements = tables.map((table) => `select * from ${table}`);
    expect(await mailed.test.rowsAs(buildViewer(), statements)).toEqual([[], [], [], [], []]);
    const [tokens, throttles, addresses] = await mailed.test.rowsAs(buildViewer({ userId }), statements);
    expect([tokens, throttles]).toEqual([[], []]);
    expect(addresses).toHaveLength(1);
    const { rows } = await mailed.test.owner.query("select 1 from throttles");
    expect(rows.length).toBeGreaterThan(0);
  });
});
