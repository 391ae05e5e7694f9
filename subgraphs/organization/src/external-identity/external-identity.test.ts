import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer } from "@lentera/kit/testing";
import { buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { URI } from "otpauth";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readExternalProviders } from "../env.js";
import { type IdentityProvider, type ProviderFault, startIdentityProvider } from "../testing/identity-provider.js";
import { type MailedSubgraph, PUBLIC_URL, startMailedSubgraph } from "../testing/mailed-subgraph.js";

let mailed: MailedSubgraph;
let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let provider: IdentityProvider;
let now = new Date();

beforeAll(async () => {
  provider = await startIdentityProvider();
  mailed = await startMailedSubgraph(() => now, provider.environment);
  ({ test } = mailed);
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await mailed.stop();
  await provider.stop();
});
afterEach(async () => {
  provider.fault = undefined;
  now = new Date();
  // one address asks for everybody here
  await db.throttle.deleteMany();
});

const BEGIN = `mutation ($input: BeginExternalSignInInput!) { beginExternalSignIn(input: $input) { attemptId url } }`;
const COMPLETE = `mutation ($input: CompleteExternalSignInInput!) {
  completeExternalSignIn(input: $input) { accessToken refreshToken user { id fullName role } }
}`;
const LINK = `mutation ($input: LinkExternalIdentityInput!) { linkExternalIdentity(input: $input) { externalIdentity { id provider email } } }`;
const REMOVE = `mutation ($id: ID!) { removeExternalIdentity(input: { externalIdentityId: $id }) { externalIdentityId } }`;
const MINE = `{ viewer { externalIdentities { totalCount edges { node { id provider email lastUsedAt } } } } }`;

type Answer = { attemptId: string; state: string; code: string; issuer: string | null; otp?: string };
interface Completed {
  completeExternalSignIn: { accessToken: string; user: { id: string; fullName: string; role: string } };
}
interface Mine {
  viewer: { externalIdentities: { totalCount: number; edges: { node: { id: string; provider: string } }[] } };
}

/** Goes to the provider as `client` and comes back with its answer. */
async function goAndReturn(input: object = {}, client = test.as(anonymous)): Promise<Answer> {
  const { beginExternalSignIn } = await client.data<{ beginExternalSignIn: { attemptId: string; url: string } }>(
    BEGIN,
    {
      input: { provider: "GOOGLE", ...input },
    },
  );
  const { attemptId, url } = beginExternalSignIn;
  return { attemptId, ...(await provider.visit(url)) };
}
const complete = (input: Answer) => test.as(anonymous).run<Completed>(COMPLETE, { input });
async function signIn(input: object = {}): Promise<string> {
  const { completeExternalSignIn } = await test
    .as(anonymous)
    .data<Completed>(COMPLETE, { input: await goAndReturn(input) });
  return completeExternalSignIn.user.id;
}
const newPerson = () => {
  const sub = randomUUID();
  return { sub, email: `${sub}@example.test`, email_verified: true, name: "Dewi Lestari" };
};
const personOf = (userId: string): TestClient => test.as(buildViewer({ userId }));

describe("000-62, 001-03: signing in through Google", () => {
  it("opens an account for somebody new, verified as the provider says, and finds it again whatever their address", async () => {
    provider.person = newPerson();
    const { data } = await complete(await goAndReturn({ role: "GUARDIAN", timeZone: "Asia/Kolkata" }));
    const { user, accessToken } = data!.completeExternalSignIn;
    expect(user).toMatchObject({ fullName: "Dewi Lestari", role: "GUARDIAN" });
    expect(accessToken.split(".")).toHaveLength(3);
    expect(await db.account.findUniqueOrThrow({ where: { userId: user.id }, include: { user: true } })).toMatchObject({
      email: provider.person.email,
      emailVerifiedAt: expect.any(Date),
      passwordHash: null,
      user: { timeZone: "Asia/Kolkata" },
    });
    provider.person = { ...provider.person, email: `moved-${provider.person.email}` };
    expect(await signIn()).toBe(user.id);
    const { viewer } = await personOf(user.id).data<Mine>(MINE);
    expect(viewer.externalIdentities).toMatchObject({
      totalCount: 1,
      edges: [{ node: { provider: "GOOGLE", lastUsedAt: expect.any(String) } }],
    });
    const [letter] = await mailed.lettersTo(`${provider.person.sub}@example.test`);
    expect(letter?.subject).toContain("Google");
  });

  it("links the account of the same address when both sides have verified it", async () => {
    const { userId, email } = await buildAccount(db, { emailVerifiedAt: now });
    provider.person = { ...newPerson(), email: email.toUpperCase() };
    expect(await signIn()).toBe(userId);
  });

  it.each([
    { name: "the provider has not", emailVerifiedAt: new Date(), email_verified: false },
    { name: "the provider says nothing about it", emailVerifiedAt: new Date(), email_verified: undefined },
    { name: "the account has not: somebody may have set it as a trap", emailVerifiedAt: null, email_verified: true },
  ])("links nothing when $name verified the address", async ({ emailVerifiedAt, email_verified }) => {
    const { userId, email } = await buildAccount(db, { emailVerifiedAt });
    const { sub, name } = newPerson();
    provider.person = { sub, name, email, ...(email_verified !== undefined && { email_verified }) };
    const { errors } = await complete(await goAndReturn());
    expect(errors).toMatchObject([{ code: "ILLEGAL_STATE", details: [{ path: "input" }] }]);
    expect(await db.externalIdentity.count({ where: { userId } })).toBe(0);
  });

  it("is refused without an address, and for a suspended account", async () => {
    provider.person = { sub: randomUUID() };
    expect((await complete(await goAndReturn())).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const { email } = await buildAccount(db, { emailVerifiedAt: now, status: "SUSPENDED" });
    provider.person = { ...newPerson(), email };
    expect((await complete(await goAndReturn())).errors).toMatchObject([{ code: "ACCOUNT_INACTIVE" }]);
  });

  it.each<{ fault: ProviderFault; code: string }>([
    { fault: "WRONG_NONCE", code: "INVALID_CREDENTIALS" },
    { fault: "WRONG_AUDIENCE", code: "INVALID_CREDENTIALS" },
    { fault: "WRONG_ISSUER", code: "INVALID_CREDENTIALS" },
    { fault: "EXPIRED", code: "INVALID_CREDENTIALS" },
    { fault: "UNSIGNED", code: "INVALID_CREDENTIALS" },
    { fault: "FOREIGN_KEY", code: "INVALID_CREDENTIALS" },
    { fault: "NO_ID_TOKEN", code: "INVALID_CREDENTIALS" },
    { fault: "DOWN", code: "SERVICE_UNAVAILABLE" },
  ])("believes no id token with the fault $fault, and the answer is used up", async ({ fault, code }) => {
    provider.person = newPerson();
    const answer = await goAndReturn();
    provider.fault = fault;
    expect((await complete(answer)).errors).toMatchObject([{ code }]);
    provider.fault = undefined;
    expect((await complete(answer)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(await db.account.count({ where: { email: `${provider.person.sub}@example.test` } })).toBe(0);
  });

  it("takes an answer once, also when it comes eight times at once", async () => {
    provider.person = newPerson();
    const answer = await goAndReturn();
    const results = await Promise.all(Array.from({ length: 8 }, () => complete(answer)));
    const succeeded = results.filter(({ errors }) => errors.length === 0);
    expect(succeeded).toHaveLength(1);
    for (const { errors } of results.filter((result) => !succeeded.includes(result)))
      expect(["INVALID_CREDENTIALS", "RATE_LIMITED"]).toContain(errors[0]?.code);
    expect((await complete(answer)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(await db.externalIdentity.count({ where: { subject: provider.person.sub } })).toBe(1);
  });

  it("makes one account of two first sign-ins at once", async () => {
    provider.person = newPerson();
    const answers = await Promise.all([goAndReturn(), goAndReturn()]);
    const [one, two] = await Promise.all(answers.map(complete));
    expect([one?.errors, two?.errors]).toEqual([[], []]);
    expect(one?.data?.completeExternalSignIn.user.id).toBe(two?.data?.completeExternalSignIn.user.id);
  });

  it("refuses another's answer in this browser, this answer in another's, a wrong state and an old answer", async () => {
    provider.person = newPerson();
    const [mine, theirs] = await Promise.all([goAndReturn(), goAndReturn()]);
    const wrong = [
      { ...mine, state: theirs.state, code: theirs.code },
      { ...mine, attemptId: randomUUID() },
      { ...mine, code: theirs.code },
    ];
    for (const answer of wrong)
      expect((await complete(answer)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    const old = await goAndReturn();
    now = new Date(now.getTime() + 10 * 60_000);
    expect((await complete(old)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
  });

  it("still asks for the second factor, and takes the same answer again with it", async () => {
    const { userId, email } = await buildAccount(db, { emailVerifiedAt: now });
    const { beginTotp } = await personOf(userId).data<{ beginTotp: { url: string } }>("mutation { beginTotp { url } }");
    const code = () => URI.parse(beginTotp.url).generate({ timestamp: now.getTime() });
    await personOf(userId).data(`mutation { confirmTotp(input: { code: "${code()}" }) { recoveryCodes } }`);
    now = new Date(now.getTime() + 60_000);
    provider.person = { ...newPerson(), email };
    const answer = await goAndReturn();
    expect((await complete(answer)).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.otp", code: "REQUIRED_FIELD_MISSING" }] },
    ]);
    expect((await complete({ ...answer, otp: "000000" })).errors).toMatchObject([
      { code: "INVALID_CREDENTIALS", details: [{ path: "input.otp", code: "INVALID_CREDENTIALS" }] },
    ]);
    expect((await complete({ ...answer, otp: code() })).data?.completeExternalSignIn.user.id).toBe(userId);
    expect((await complete({ ...answer, otp: code() })).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
  });

  it("keeps secrets from the address that the browser is sent to, and from the database's readers", async () => {
    provider.person = newPerson();
    const { attemptId, state } = await goAndReturn();
    const attempt = await db.externalSignIn.findUniqueOrThrow({ where: { id: attemptId } });
    expect(JSON.stringify(attempt)).not.toContain(state);
    const reads = ["select * from external_sign_ins", "select * from external_identities"];
    expect(await test.rowsAs(buildViewer(), reads)).toEqual([[], []]);
  });

  it("names every bad field, and sends nobody to a foreign address", async () => {
    const { errors } = await test.as(anonymous).run(BEGIN, {
      input: { provider: "GOOGLE", redirectUri: `${PUBLIC_URL}.attacker.example.test/`, timeZone: "Mars" },
    });
    expect(errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.redirectUri" }, { path: "input.timeZone" }] },
    ]);
  });
});

describe("000-62, 001-03: signing in through Facebook", () => {
  it("is plain OAuth 2: the account's address is still to be verified", async () => {
    provider.person = newPerson();
    const userId = await signIn({ provider: "FACEBOOK" });
    expect(await db.account.findUniqueOrThrow({ where: { userId } })).toMatchObject({
      email: provider.person.email,
      emailVerifiedAt: null,
    });
    expect(await signIn({ provider: "FACEBOOK" })).toBe(userId);
    const letters = await mailed.lettersTo(`${provider.person.sub}@example.test`);
    expect(letters.map(({ text }) => text).join()).toContain("/account/verify-email#token=");
  });

  it("never opens an account of the same address", async () => {
    const { email } = await buildAccount(db, { emailVerifiedAt: now });
    provider.person = { ...newPerson(), email };
    const { errors } = await complete(await goAndReturn({ provider: "FACEBOOK" }));
    expect(errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });
});

describe("000-62: linked identities", () => {
  it("are linked by whoever is signed in, once, and open the account from then on", async () => {
    const { userId, email } = await buildAccount(db, { emailVerifiedAt: now });
    provider.person = newPerson();
    const client = personOf(userId);
    const answer = await goAndReturn({ provider: "FACEBOOK" }, client);
    expect((await complete(answer)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    const thief = personOf((await buildAccount(db, { emailVerifiedAt: now })).userId);
    expect((await thief.run(LINK, { input: answer })).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect((await client.run(LINK, { input: answer })).errors).toEqual([]);
    expect(await signIn({ provider: "FACEBOOK" })).toBe(userId);
    const again = await goAndReturn({ provider: "FACEBOOK" }, thief);
    expect((await thief.run(LINK, { input: again })).errors).toMatchObject([{ code: "RESOURCE_ALREADY_EXISTS" }]);
    expect((await mailed.lettersTo(email)).at(-1)?.subject).toContain("Facebook");
    const { rows } = await test.owner.query(
      "select new_values from app.audit_log where action = 'account.identity_linked' and entity_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ new_values: { provider: "FACEBOOK" } }]);
  });

  it("are nothing for an unverified account, nor for an admin who acts as the person", async () => {
    const { userId } = await buildAccount(db);
    provider.person = newPerson();
    const answer = await goAndReturn({}, personOf(userId));
    expect((await personOf(userId).run(LINK, { input: answer })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const acting = test.as({ ...buildViewer({ userId }), impersonatorId: randomUUID() });
    const refused = [{ code: "INSUFFICIENT_PERMISSIONS" }];
    expect((await acting.run(BEGIN, { input: { provider: "GOOGLE" } })).errors).toMatchObject(refused);
    expect((await acting.run(LINK, { input: answer })).errors).toMatchObject(refused);
    expect((await acting.run(REMOVE, { id: randomUUID() })).errors).toMatchObject(refused);
  });

  it("are removed by their owner, but never the last way to sign in, also not two at once", async () => {
    provider.person = newPerson();
    const userId = await signIn();
    const client = personOf(userId);
    const identityIds = async () =>
      (await client.data<Mine>(MINE)).viewer.externalIdentities.edges.map(({ node }) => node.id);
    const [first = ""] = await identityIds();
    expect((await client.run(REMOVE, { id: first })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect((await personOf(randomUUID()).run(REMOVE, { id: first })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    await client.data(LINK, { input: await goAndReturn({ provider: "FACEBOOK" }, client) });
    const ids = await identityIds();
    const results = await Promise.all(ids.map((id) => client.run(REMOVE, { id })));
    expect(results.map(({ errors }) => String(errors[0]?.code)).toSorted()).toEqual(["ILLEGAL_STATE", "undefined"]);
    expect(await identityIds()).toHaveLength(1);
  });

  it("count as a way in when the last passkey goes, and are nobody else's to see", async () => {
    provider.person = newPerson();
    const userId = await signIn();
    const passkey = async () => {
      const { rows } = await test.owner.query<{ id: string }>(
        "insert into passkeys (user_id, name, credential_id, public_key) values ($1, 'HP', $2, decode('00', 'hex')) returning id",
        [userId, randomUUID()],
      );
      return rows[0]!.id;
    };
    const removePasskey = (id: string) =>
      personOf(userId).run(`mutation { removePasskey(input: { passkeyId: "${id}" }) { passkeyId } }`);
    expect((await removePasskey(await passkey())).errors).toEqual([]);
    const lastOne = await passkey();
    await db.externalIdentity.deleteMany({ where: { userId } });
    expect((await removePasskey(lastOne)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const { _entities } = await personOf(randomUUID()).data<{ _entities: object[] }>(
      "query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { externalIdentities { totalCount } } } }",
      { people: [{ __typename: "User", id: userId }] },
    );
    expect(_entities).toEqual([{ externalIdentities: { totalCount: 0 } }]);
  });
});

describe("001-03: a provider", () => {
  it("is offered when this installation has a client there, and only then", async () => {
    const OFFERED = "{ externalProviders }";
    expect(await test.as(anonymous).data(OFFERED)).toEqual({ externalProviders: ["GOOGLE", "FACEBOOK"] });
    expect(readExternalProviders({})).toEqual([]);
    expect(() => readExternalProviders({ GOOGLE_CLIENT_ID: "a" })).toThrow("GOOGLE_CLIENT_SECRET");
    expect(() => readExternalProviders({ GOOGLE_ISSUER_URL: "http://accounts.example.test" })).toThrow("https");
  });

  it("that is away when it is asked for is SERVICE_UNAVAILABLE, and comes back by itself", async () => {
    const away = await startIdentityProvider();
    const alone = await startMailedSubgraph(() => now, away.environment);
    const begin = () => alone.test.as(anonymous).run(BEGIN, { input: { provider: "GOOGLE" } });
    away.fault = "DOWN";
    expect((await begin()).errors).toMatchObject([{ code: "SERVICE_UNAVAILABLE" }]);
    away.fault = undefined;
    expect((await begin()).errors).toEqual([]);
    await alone.stop();
    await away.stop();
  });
});
