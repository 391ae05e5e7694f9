import { randomUUID } from "node:crypto";
import { anonymous, system } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildMembership, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now: Date | undefined;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now ?? new Date() });
  db = connectOrganization(test.ownerUrl);
});
afterEach(() => {
  now = undefined;
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id prefix scopes mode } } }`;
const REROLL = `mutation ($input: RerollApiKeyInput!) { rerollApiKey(input: $input) { secret apiKey { prefix previousExpiresAt } } }`;
const REVOKE = `mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } } }`;
const KEY = `query ($id: ID!) { apiKey(id: $id) { id lastUsedAt usage(days: 2) { day requestCount errorCount } deprecatedFields { field count lastUsedOn } } }`;
const KEYS = `{ apiKeys(first: 100) { totalCount edges { node { id name usage(days: 9) { requestCount } deprecatedFields { field } } } } }`;
const AUTHENTICATE = `query ($secret: String!) { authenticateApiKey(secret: $secret) { apiKeyId organizationId permissions isTest } }`;
const RECORD = `mutation ($input: RecordApiUsageInput!) { recordApiUsage(input: $input) }`;
const HOUR = 60 * 60 * 1000;

interface Created {
  createApiKey: { secret: string; apiKey: { id: string; prefix: string } };
}
interface Claims {
  authenticateApiKey: { apiKeyId: string } | null;
}

async function admin() {
  const { userId, organizationId } = await buildMembership(db, { role: "ADMIN" });
  const viewer = buildViewer({
    role: "ADMIN",
    userId,
    organizationId,
    staff: true,
    permissions: permissionsOf("ADMIN"),
  });
  return { organizationId, userId, client: test.as(viewer) };
}
const input = (over: object = {}) => ({
  name: "SIAKAD",
  scopes: ["students:read", "classes:read"],
  mode: "LIVE",
  idempotencyKey: randomUUID(),
  ...over,
});
const authenticate = async (secret: string) =>
  (await test.as(system).data<Claims>(AUTHENTICATE, { secret })).authenticateApiKey;

describe("000-61, 003-74: an API key", () => {
  it("is shown once, kept as a hash, and lets its bearer in as the organization with the scopes alone", async () => {
    const { client, organizationId } = await admin();
    const first = input({ mode: "TEST" });
    const { createApiKey } = await client.data<Created>(CREATE, { input: first });
    expect(createApiKey.apiKey).toMatchObject({ scopes: ["classes:read", "students:read"], mode: "TEST" });
    expect(createApiKey.secret.startsWith(createApiKey.apiKey.prefix)).toBe(true);
    expect(await authenticate(createApiKey.secret)).toEqual({
      apiKeyId: createApiKey.apiKey.id,
      organizationId,
      permissions: ["classes:read", "students:read"],
      isTest: true,
    });
    const again = await client.data<Created>(CREATE, { input: first });
    expect(again.createApiKey).toEqual({ ...createApiKey, secret: null });
    const tables = ["api_keys", "app.idempotency_keys", "app.audit_log", "graphile_worker._private_jobs"];
    const contents = await Promise.all(tables.map((table) => test.owner.query(`select * from ${table}`)));
    expect(JSON.stringify(contents.map(({ rows }) => rows))).not.toContain(createApiKey.secret.slice(13));
  });

  it("gets no scope that its maker lacks or that no key may have; all errors at once", async () => {
    const { client } = await admin();
    const wrong = { name: " ", scopes: ["users:delete", "payments:refund"], expiresAt: "2020-01-01T00:00:00Z" };
    const { errors } = await client.run(CREATE, { input: input({ ...wrong, idempotencyKey: "x" }) });
    const paths = (errors[0]!.details as { path: string }[]).map(({ path }) => path);
    expect(new Set(paths)).toEqual(
      new Set(["input.name", "input.scopes.0", "input.scopes.1", "input.expiresAt", "input.idempotencyKey"]),
    );
    const { organizationId, userId } = await admin();
    const narrow = buildViewer({
      role: "ADMIN",
      userId,
      organizationId,
      staff: true,
      permissions: ["api-keys:manage"],
    });
    expect((await test.as(narrow).run(CREATE, { input: input() })).errors).toMatchObject([
      { details: [{ path: "input.scopes.0" }, { path: "input.scopes.1" }] },
    ]);
  });

  it("is for people with the permission: no teacher, no key, nobody", async () => {
    const { organizationId } = await admin();
    const teacher = buildViewer({
      role: "TEACHER",
      organizationId,
      staff: true,
      permissions: permissionsOf("TEACHER"),
    });
    expect((await test.as(teacher).run(CREATE, { input: input() })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect((await test.as(anonymous).run(CREATE, { input: input() })).errors[0]?.code).toBe("UNAUTHORIZED");
    const { client } = await admin();
    const impersonated = test.as({ ...client.viewer, impersonatorId: randomUUID() });
    expect((await impersonated.run(CREATE, { input: input() })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    const key = {
      ...anonymous,
      kind: "API_KEY" as const,
      organizationId,
      staff: true,
      permissions: ["api-keys:manage"],
    };
    expect((await test.as(key).run(CREATE, { input: input() })).errors[0]?.code).toBe("UNAUTHORIZED");
  });

  it("of another organization does not exist, in the API and in the database", async () => {
    const [mine, theirs] = [await admin(), await admin()];
    const { id } = (await mine.client.data<Created>(CREATE, { input: input() })).createApiKey.apiKey;
    const reroll = { input: { id, graceHours: 0, idempotencyKey: randomUUID() } };
    for (const [operation, variables] of [
      [KEY, { id }],
      [REVOKE, { id }],
      [REROLL, reroll],
    ] as const)
      expect((await theirs.client.run(operation, variables)).errors[0]?.code).toBe("NOT_FOUND");
    expect(await test.rowsAs(theirs.client.viewer, ["select * from api_keys"])).toEqual([[]]);
    expect(await theirs.client.data(KEYS)).toEqual({ apiKeys: { totalCount: 0, edges: [] } });
  });

  it("after a reroll works in both forms for the grace, then in the new one", async () => {
    const { client } = await admin();
    const { secret, apiKey } = (await client.data<Created>(CREATE, { input: input() })).createApiKey;
    const reroll = (graceHours: number) =>
      client.run<{ rerollApiKey: { secret: string } }>(REROLL, {
        input: { id: apiKey.id, graceHours, idempotencyKey: randomUUID() },
      });
    expect((await reroll(73)).errors).toMatchObject([{ details: [{ path: "input.graceHours" }] }]);
    const fresh = (await reroll(72)).data!.rerollApiKey.secret;
    expect([await authenticate(secret), await authenticate(fresh)]).toMatchObject([
      { apiKeyId: apiKey.id },
      { apiKeyId: apiKey.id },
    ]);
    now = new Date(Date.now() + 72 * HOUR + 1000);
    expect(await authenticate(secret)).toBeNull();
    expect(await authenticate(fresh)).not.toBeNull();
  });

  it("ends when it is revoked or expires", async () => {
    const { client, organizationId } = await admin();
    const revoked = (await client.data<Created>(CREATE, { input: input() })).createApiKey;
    await client.data(REVOKE, { id: revoked.apiKey.id });
    expect(await authenticate(revoked.secret)).toBeNull();
    expect((await client.run(REVOKE, { id: revoked.apiKey.id })).errors[0]?.code).toBe("ILLEGAL_STATE");
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    const expiring = (await client.data<Created>(CREATE, { input: input({ expiresAt }) })).createApiKey;
    expect(await authenticate(expiring.secret)).not.toBeNull();
    now = new Date(Date.now() + HOUR + 1000);
    expect(await authenticate(expiring.secret)).toBeNull();
    const { rows } = await test.owner.query(
      "select action from app.audit_log where organization_id = $1 order by sequence",
      [organizationId],
    );
    expect(rows.map(({ action }) => action)).toEqual(["api_key.created", "api_key.revoked", "api_key.created"]);
  });

  it("is looked up by the gateway alone", async () => {
    const { client } = await admin();
    const { secret } = (await client.data<Created>(CREATE, { input: input() })).createApiKey;
    expect((await client.run(AUTHENTICATE, { secret })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    const usage = { entries: [], idempotencyKey: randomUUID() };
    expect((await client.run(RECORD, { input: usage })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect(await authenticate("lnt_live_nonsense")).toBeNull();
  });

  it("notes its last use to the minute", async () => {
    const { client } = await admin();
    const { secret, apiKey } = (await client.data<Created>(CREATE, { input: input() })).createApiKey;
    const lastUse = async (seconds: number) => {
      now = new Date(Date.UTC(2026, 10, 20, 8, 0, seconds));
      await authenticate(secret);
      return (await client.data<{ apiKey: { lastUsedAt: string } }>(KEY, { id: apiKey.id })).apiKey.lastUsedAt;
    };
    expect([await lastUse(0), await lastUse(59), await lastUse(60)].map((at) => at.slice(14, 19))).toEqual([
      "00:00",
      "00:00",
      "01:00",
    ]);
  });
});

describe("003-74: usage of a key", () => {
  it("adds up by day with the deprecated fields it calls; a batch counts once", async () => {
    const { client } = await admin();
    const { id: apiKeyId } = (await client.data<Created>(CREATE, { input: input() })).createApiKey.apiKey;
    now = new Date("2026-11-20T10:00:00Z");
    const entry = (day: string, fields: string[]) => ({
      apiKeyId,
      day,
      requests: 5,
      errors: 1,
      deprecatedFields: fields.map((field) => ({ field, count: 2 })),
    });
    const batch = {
      entries: [entry("2026-11-20", ["User.name"]), entry("2026-11-19", ["User.name", "Query.old"])],
      idempotencyKey: randomUUID(),
    };
    const unknown = { ...entry("2026-11-20", ["User.name"]), apiKeyId: randomUUID() };
    await test.as(system).data(RECORD, { input: batch });
    await test.as(system).data(RECORD, { input: batch });
    await test.as(system).data(RECORD, {
      input: { entries: [entry("2026-11-20", []), unknown, entry("2026-11-10", [])], idempotencyKey: randomUUID() },
    });
    expect(await client.data(KEY, { id: apiKeyId })).toMatchObject({
      apiKey: {
        usage: [
          { day: "2026-11-20", requestCount: 10, errorCount: 2 },
          { day: "2026-11-19", requestCount: 5, errorCount: 1 },
        ],
        deprecatedFields: [
          { field: "User.name", count: 4, lastUsedOn: "2026-11-20" },
          { field: "Query.old", count: 2, lastUsedOn: "2026-11-19" },
        ],
      },
    });
  });

  it("takes the same number of statements for one key and for many", async () => {
    const { client } = await admin();
    await client.data(CREATE, { input: input() });
    const one = await test.statementsOf(() => client.data(KEYS));
    for (let index = 0; index < 5; index += 1) await client.data(CREATE, { input: input() });
    const many = await test.statementsOf(() => client.data(KEYS));
    expect(many.length).toBe(one.length);
  });
});
