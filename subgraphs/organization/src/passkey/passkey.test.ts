import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAccount, connectOrganization } from "@lentera/prisma/factories";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { type Authenticator, buildAuthenticator } from "../testing/authenticator.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();
const HERE = { origin: "https://lentera.example.test", rpId: "lentera.example.test" };

beforeAll(async () => {
  const environment = { PUBLIC_URL: HERE.origin };
  test = await startTestSubgraph("organization", createSubgraph, { environment, clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const BEGIN_REGISTRATION = `mutation { begun: beginPasskeyRegistration { challengeId options } }`;
const BEGIN_SIGN_IN = `mutation { begun: beginPasskeySignIn { challengeId options } }`;
const REGISTER = `mutation ($input: RegisterPasskeyInput!) { registerPasskey(input: $input) { passkey { id name } } }`;
const SIGN_IN = `mutation ($input: SignInWithPasskeyInput!) { signInWithPasskey(input: $input) { refreshToken user { id } } }`;
const REMOVE = `mutation ($id: ID!) { removePasskey(input: { passkeyId: $id }) { passkeyId } }`;
const LIST = `{ viewer { passkeys { totalCount edges { node { id name lastUsedAt } } } } }`;

interface Begun {
  challengeId: string;
  challenge: string;
  options: { rp?: { id: string }; excludeCredentials?: { id: string }[] };
}
async function begin(client: TestClient, operation: string): Promise<Begun> {
  const { begun } = await client.data<{ begun: { challengeId: string; options: string } }>(operation);
  const options = JSON.parse(begun.options) as Begun["options"] & { challenge: string };
  return { challengeId: begun.challengeId, challenge: options.challenge, options };
}

async function buildPerson() {
  const { userId } = await buildAccount(db, { emailVerifiedAt: now });
  return { userId, client: test.as(buildViewer({ userId })) };
}
async function register(client: TestClient, device: Authenticator, over: object = {}) {
  const { challengeId, challenge } = await begin(client, BEGIN_REGISTRATION);
  const response = device.register({ ...HERE, challenge, ...over });
  return client.run<{ registerPasskey: { passkey: { id: string } } }>(REGISTER, {
    input: { challengeId, name: "Ponsel", response },
  });
}
async function signIn(device: Authenticator, counter: number, over: object = {}) {
  const { challengeId, challenge } = await begin(test.as(anonymous), BEGIN_SIGN_IN);
  const response = device.signIn({ ...HERE, challenge, ...over }, counter);
  return test.as(anonymous).run(SIGN_IN, { input: { challengeId, response } });
}
async function buildRegistered() {
  const person = await buildPerson();
  const device = buildAuthenticator();
  const { data } = await register(person.client, device);
  return { ...person, device, passkeyId: data!.registerPasskey.passkey.id };
}

describe("a passkey (000-62)", () => {
  it("is registered by its owner's device and signs in without e-mail, password or code", async () => {
    const { userId, client, device, passkeyId } = await buildRegistered();
    await db.totpCredential.create({ data: { userId, encryptedSecret: "x", confirmedAt: now } });
    expect((await signIn(device, 1)).data).toMatchObject({ signInWithPasskey: { user: { id: userId } } });
    expect(await client.data(LIST)).toEqual({
      viewer: {
        passkeys: {
          totalCount: 1,
          edges: [{ node: { id: passkeyId, name: "Ponsel", lastUsedAt: now.toISOString() } }],
        },
      },
    });
    expect(await db.session.count({ where: { userId } })).toBe(1);
    const { rows } = await test.owner.query("select action from app.audit_log where actor_id = $1 order by sequence", [
      userId,
    ]);
    expect(rows).toEqual([{ action: "account.passkey_registered" }, { action: "session.started" }]);
  });

  it("is not registered for another host, by a locked device, or with another challenge", async () => {
    const { client } = await buildPerson();
    const wrong = [
      { origin: "https://lentera.example.test.evil.test" },
      { rpId: "evil.test" },
      { userVerified: false },
      { challenge: "b3RoZXI" },
    ];
    for (const over of wrong)
      expect((await register(client, buildAuthenticator(), over)).errors).toMatchObject([
        { code: "INVALID_CREDENTIALS" },
      ]);
    expect(await client.data(LIST)).toMatchObject({ viewer: { passkeys: { totalCount: 0 } } });
  });

  it("does not sign in for another host, from a locked device, with another key or another challenge", async () => {
    const { device, userId } = await buildRegistered();
    for (const over of [
      { origin: "https://evil.test" },
      { rpId: "evil.test" },
      { userVerified: false },
      { challenge: "b3RoZXI" },
    ])
      expect((await signIn(device, 1, over)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    const impostor = { ...buildAuthenticator() };
    const { challengeId, challenge } = await begin(test.as(anonymous), BEGIN_SIGN_IN);
    const forged = JSON.parse(impostor.signIn({ ...HERE, challenge }, 1)) as object;
    const response = JSON.stringify({ ...forged, id: device.credentialId, rawId: device.credentialId });
    const { errors } = await test.as(anonymous).run(SIGN_IN, { input: { challengeId, response } });
    expect(errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect((await signIn(impostor, 1)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(await db.session.count({ where: { userId } })).toBe(0);
  });

  it("uses a challenge up, once, within 5 minutes; a copied device is found out by its counter", async () => {
    const { device } = await buildRegistered();
    const visitor = test.as(anonymous);
    const { challengeId, challenge } = await begin(visitor, BEGIN_SIGN_IN);
    const input = { challengeId, response: device.signIn({ ...HERE, challenge }, 5) };
    const results = await Promise.all([visitor.run(SIGN_IN, { input }), visitor.run(SIGN_IN, { input })]);
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect((await signIn(device, 5)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    const late = await begin(visitor, BEGIN_SIGN_IN);
    const answer = device.signIn({ ...HERE, challenge: late.challenge }, 6);
    const begunAt = now;
    now = new Date(begunAt.getTime() + 5 * 60 * 1000);
    const { errors } = await visitor.run(SIGN_IN, { input: { challengeId: late.challengeId, response: answer } });
    expect(errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    now = begunAt;
  });

  it("is registered with the challenge of its person only, and once", async () => {
    const [first, second] = [await buildPerson(), await buildRegistered()];
    const { challengeId, challenge } = await begin(first.client, BEGIN_REGISTRATION);
    const response = buildAuthenticator().register({ ...HERE, challenge });
    const input = { challengeId, name: "Ponsel", response };
    expect((await second.client.run(REGISTER, { input })).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect((await register(first.client, second.device)).errors).toMatchObject([{ code: "RESOURCE_ALREADY_EXISTS" }]);
    const { options } = await begin(second.client, BEGIN_REGISTRATION);
    expect(options).toMatchObject({ rp: { id: HERE.rpId }, excludeCredentials: [{ id: second.device.credentialId }] });
  });

  it("does not sign in to a suspended account", async () => {
    const { device, userId } = await buildRegistered();
    await db.account.update({ where: { userId }, data: { status: "SUSPENDED" } });
    expect((await signIn(device, 1)).errors).toMatchObject([{ code: "ACCOUNT_INACTIVE" }]);
  });

  it("is removed by its owner alone and signs in no more", async () => {
    const { client, device, passkeyId: id } = await buildRegistered();
    const { client: stranger } = await buildPerson();
    expect((await stranger.run(REMOVE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await client.data(REMOVE, { id })).toEqual({ removePasskey: { passkeyId: id } });
    expect((await client.run(REMOVE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await signIn(device, 1)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
  });

  it("is refused to nobody, to an impersonator, before the address is verified, and as anything but the browser's answer", async () => {
    const { client, userId } = await buildPerson();
    const { userId: unverified } = await buildAccount(db);
    const refused = async (asked: TestClient) => (await asked.run(BEGIN_REGISTRATION)).errors[0]?.code;
    expect(await refused(test.as(anonymous))).toBe("UNAUTHORIZED");
    expect(await refused(test.as({ ...buildViewer({ userId }), impersonatorId: randomUUID() }))).toBe(
      "INSUFFICIENT_PERMISSIONS",
    );
    expect(await refused(test.as(buildViewer({ userId: unverified })))).toBe("ILLEGAL_STATE");
    for (const response of ["", "{}", "no json", JSON.stringify({ id: 1 })]) {
      const { errors } = await client.run(REGISTER, { input: { challengeId: "x", name: "", response } });
      expect(errors).toMatchObject([
        { code: "VALIDATION_ERROR", details: [{ path: "input.name" }, { path: "input.response" }] },
      ]);
    }
  });

  it("and its challenge are hidden from others by row level security, without any where", async () => {
    const { userId, client } = await buildRegistered();
    await begin(client, BEGIN_REGISTRATION);
    const statements = ["select * from passkeys", "select * from passkey_challenges"];
    expect(await test.rowsAs(buildViewer(), statements)).toEqual([[], []]);
    const [own, challenges] = await test.rowsAs(buildViewer({ userId }), statements);
    expect([own!.length, challenges!.length]).toEqual([1, 0]);
  });
});
