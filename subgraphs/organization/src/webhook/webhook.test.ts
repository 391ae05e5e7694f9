import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildAccount, buildMembership, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";
import { type SmtpForTests, startSmtp } from "../testing/smtp.js";
import { type WebhookReceiver, startWebhookReceiver, verified } from "../testing/webhook-receiver.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now: Date | undefined;
let smtp: SmtpForTests;
const receivers: WebhookReceiver[] = [];

beforeAll(async () => {
  smtp = await startSmtp();
  test = await startTestSubgraph("organization", createSubgraph, {
    clock: () => now ?? new Date(),
    environment: { WEBHOOK_PRIVATE_ADDRESSES: "allow", SMTP_URL: smtp.url },
  });
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterEach(() => {
  now = undefined;
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
  await smtp.stop();
  for (const receiver of receivers) await receiver.stop();
});

const HOUR = 60 * 60 * 1000;
const CREATE = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret webhookEndpoint { id url } } }`;
const UPDATE = `mutation ($input: UpdateWebhookEndpointInput!) { updateWebhookEndpoint(input: $input) { webhookEndpoint { disabledAt failingSince } } }`;
const REMOVE = `mutation ($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { id } }`;
const ROTATE = `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { secret } }`;
const TEST = `mutation ($id: ID!) { testWebhook(input: { id: $id }) { webhookDelivery { id eventType sequence status } } }`;
const RESEND = `mutation ($id: ID!) { resendDelivery(input: { id: $id }) { webhookDelivery { id eventId } } }`;
const REPLAY = `mutation ($input: ReplayWebhooksInput!) { replayWebhooks(input: $input) { replayedCount lastSequence } }`;
const ENDPOINT = `query ($id: ID!) { webhookEndpoint(id: $id) { disabledAt failingSince } }`;
const DELIVERIES = `query ($id: ID!) { webhookDeliveries(endpointId: $id, first: 50) { totalCount edges { node {
  id eventId eventType sequence status attempts responseCode responseBody error nextAttemptAt } } } }`;
const KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } } }`;

interface Delivery {
  id: string;
  eventId: string;
  eventType: string;
  sequence: number | null;
  status: string;
  attempts: number;
  responseCode: number | null;
  nextAttemptAt: string | null;
}
type Deliveries = { webhookDeliveries: { edges: { node: Delivery }[] } };
type Created = { createWebhookEndpoint: { secret: string; webhookEndpoint: { id: string } } };

async function receiver() {
  const started = await startWebhookReceiver();
  receivers.push(started);
  return started;
}

async function school() {
  const { userId, organizationId } = await buildMembership(db, { role: "ADMIN" });
  const { email } = await buildAccount(db, { userId });
  const viewer = buildViewer({
    role: "ADMIN",
    userId,
    organizationId,
    staff: true,
    permissions: permissionsOf("ADMIN"),
  });
  const client = test.as(viewer);
  return {
    client,
    email,
    organizationId,
    /** Makes an event of the organization. */
    happen: () =>
      client.data(KEY, {
        input: { name: "Kunci", scopes: ["students:read"], mode: "LIVE", idempotencyKey: randomUUID() },
      }),
    subscribe: async (url: string, over: object = {}) => {
      const input = { url, eventTypes: ["api-key.created"], idempotencyKey: randomUUID(), ...over };
      const { createWebhookEndpoint } = await client.data<Created>(CREATE, { input });
      return { id: createWebhookEndpoint.webhookEndpoint.id, secret: createWebhookEndpoint.secret };
    },
    deliveries: async (id: string) =>
      (await client.data<Deliveries>(DELIVERIES, { id })).webhookDeliveries.edges.map(({ node }) => node),
  };
}

/** Makes what waits for a later hour due now. */
async function hurry(): Promise<void> {
  await test.owner.query("update graphile_worker._private_jobs set run_at = now() where run_at > now()");
}

const reached = (target: WebhookReceiver, count: number) =>
  eventually(async () => (target.received.length >= count ? target.received : undefined));

describe("003-74: a webhook", () => {
  it("tells of an event, signed by the Standard Webhooks specification, and writes it down", async () => {
    const [{ subscribe, happen, deliveries }, target] = [await school(), await receiver()];
    const { id, secret } = await subscribe(target.url);
    await happen();
    const [message] = await reached(target, 1);
    expect(verified(secret, message!)).toMatchObject({
      type: "api-key.created",
      sequence: 1,
      data: { name: "Kunci", isTest: false },
    });
    expect(() => verified("whsec_bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBvbmU=", message!)).toThrow(
      "No matching signature found",
    );
    const [delivery] = await eventually(async () => {
      const all = await deliveries(id);
      return all[0]?.status === "SUCCEEDED" ? all : undefined;
    });
    expect(delivery).toMatchObject({
      attempts: 1,
      responseCode: 200,
      responseBody: "answered 200",
      sequence: 1,
      error: null,
    });
    expect(message!.headers["webhook-id"]).toBe(delivery!.eventId);
  });

  it("numbers the events of each organization from 1 without gaps, however concurrent", async () => {
    const [first, second, target] = [await school(), await school(), await receiver()];
    await first.subscribe(target.url);
    await second.subscribe(target.url);
    await Promise.all(Array.from({ length: 8 }, () => first.happen()));
    await second.happen();
    await reached(target, 9);
    const { rows } = await test.owner.query(
      "select organization_id, array_agg(sequence::int order by sequence) as numbers from webhook_events where organization_id = any($1) group by 1",
      [[first.organizationId, second.organizationId]],
    );
    const numbers = new Map(rows.map((row) => [row.organization_id, row.numbers]));
    expect(numbers.get(first.organizationId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(numbers.get(second.organizationId)).toEqual([1]);
  });

  it("that fails is tried 8 times in all, at the times that are written down, and the secret is the same event's", async () => {
    const [{ subscribe, happen, deliveries }, target] = [await school(), await receiver()];
    target.status = 503;
    const { id, secret } = await subscribe(target.url);
    await happen();
    const waits: number[] = [];
    for (let attempts = 1; attempts <= 8; attempts += 1) {
      const delivery = await eventually(async () => (await deliveries(id)).find((one) => one.attempts === attempts));
      expect(delivery).toMatchObject({ responseCode: 503, error: "The answer was 503, not 200 to 299." });
      const next = delivery.nextAttemptAt === null ? undefined : new Date(delivery.nextAttemptAt);
      expect(delivery.status).toBe(next === undefined ? "FAILED" : "PENDING");
      if (next === undefined) continue;
      waits.push(Math.round((next.getTime() - (now?.getTime() ?? Date.now())) / 5000) * 5);
      now = next;
      await hurry();
    }
    expect(waits).toEqual([expect.toBeOneOf([0, 5]), 300, 1800, 7200, 18_000, 36_000, 36_000]);
    expect(new Set(target.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(target.received).toHaveLength(8);
    expect(verified(secret, target.received[0]!)).toMatchObject({ type: "api-key.created" });
  });

  it("that has failed for 120 hours is disabled, its maker told, and it works again when enabled", async () => {
    const [{ client, email, subscribe, happen, deliveries }, target] = [await school(), await receiver()];
    target.status = 500;
    const { id } = await subscribe(target.url);
    await happen();
    await eventually(async () => (await deliveries(id)).find(({ attempts }) => attempts === 1));
    now = new Date(Date.now() + 121 * HOUR);
    await happen();
    const endpoint = () => client.data<{ webhookEndpoint: { disabledAt: string | null } }>(ENDPOINT, { id });
    await eventually(async () => ((await endpoint()).webhookEndpoint.disabledAt === null ? undefined : true));
    expect((await client.run(TEST, { id })).errors[0]?.code).toBe("ILLEGAL_STATE");
    const letter = await eventually(async () => smtp.letters.find(({ text }) => text.includes(target.url)));
    expect(letter.to).toEqual([email]);
    target.status = 200;
    expect(await client.data(UPDATE, { input: { id, isEnabled: true } })).toEqual({
      updateWebhookEndpoint: { webhookEndpoint: { disabledAt: null, failingSince: null } },
    });
    const before = target.received.length;
    await happen();
    await reached(target, before + 1);
  });

  it("signs with both secrets for 24 hours after a rotation, then with the new one", async () => {
    const [{ client, subscribe }, target] = [await school(), await receiver()];
    const { id, secret } = await subscribe(target.url);
    const rotation = { input: { id, idempotencyKey: randomUUID() } };
    const fresh = (await client.data<{ rotateWebhookSecret: { secret: string } }>(ROTATE, rotation)).rotateWebhookSecret
      .secret;
    await client.data(TEST, { id });
    const [overlap] = await reached(target, 1);
    expect([verified(secret, overlap!), verified(fresh, overlap!)]).toMatchObject([
      { type: "webhook.test" },
      { type: "webhook.test" },
    ]);
    await test.owner.query("update webhook_endpoints set previous_expires_at = now() where id = $1", [id]);
    await client.data(TEST, { id });
    const after = (await reached(target, 2))[1]!;
    expect(verified(fresh, after)).toMatchObject({ type: "webhook.test", sequence: null });
    expect(() => verified(secret, after)).toThrow("No matching signature found");
    expect(await client.data(ROTATE, rotation)).toEqual({ rotateWebhookSecret: { secret: null } });
  });

  it("can be told again: one event, or all from a sequence number on, in their order, once for each call", async () => {
    const [{ client, subscribe, happen, deliveries }, target] = [await school(), await receiver()];
    const { id } = await subscribe(target.url);
    for (let index = 0; index < 4; index += 1) await happen();
    await reached(target, 4);
    const [latest] = await deliveries(id);
    await client.data(RESEND, { id: latest!.id });
    await reached(target, 5);
    expect(target.received[4]!.headers["webhook-id"]).toBe(latest!.eventId);

    const replay = { input: { id, fromSequence: 2, idempotencyKey: randomUUID() } };
    expect(await client.data(REPLAY, replay)).toEqual({ replayWebhooks: { replayedCount: 3, lastSequence: 4 } });
    expect(await client.data(REPLAY, replay)).toEqual({ replayWebhooks: { replayedCount: 3, lastSequence: 4 } });
    await reached(target, 8);
    const sequences = target.received.slice(5).map(({ body }) => (JSON.parse(body) as { sequence: number }).sequence);
    expect(sequences).toEqual([2, 3, 4]);
    expect((await client.run(REPLAY, { input: { ...replay.input, fromSequence: 0 } })).errors).toMatchObject([
      { details: [{ path: "input.fromSequence" }] },
    ]);
  });

  it("hears only of what it subscribed to, and of nothing once it is deleted", async () => {
    const [{ client, subscribe, happen, organizationId }, target] = [await school(), await receiver()];
    const other = await subscribe(target.url, { eventTypes: ["api-key.revoked"] });
    const gone = await subscribe(target.url);
    await client.data(REMOVE, { id: gone.id });
    await happen();
    await eventually(() =>
      db.webhookEvent.findFirst({ where: { organizationId } }).then((event) => event ?? undefined),
    );
    expect(await db.webhookDelivery.count({ where: { organizationId } })).toBe(0);
    expect((await client.run(TEST, { id: gone.id })).errors[0]?.code).toBe("NOT_FOUND");
    expect((await client.run(TEST, { id: other.id })).errors).toEqual([]);
  });

  it("keeps its secret encrypted and shows it once", async () => {
    const { client } = await school();
    const input = { url: "http://hook.example.test/", eventTypes: ["api-key.created"], idempotencyKey: randomUUID() };
    const { createWebhookEndpoint } = await client.data<Created>(CREATE, { input });
    expect((await client.data<Created>(CREATE, { input })).createWebhookEndpoint).toEqual({
      ...createWebhookEndpoint,
      secret: null,
    });
    const tables = ["webhook_endpoints", "app.idempotency_keys", "app.audit_log", "graphile_worker._private_jobs"];
    const contents = await Promise.all(tables.map((table) => test.owner.query(`select * from ${table}`)));
    expect(JSON.stringify(contents.map(({ rows }) => rows))).not.toContain(createWebhookEndpoint.secret.slice(6));
  });

  it("of another organization does not exist, in the API and in the database", async () => {
    const [mine, theirs] = [await school(), await school()];
    const { id } = await mine.subscribe("http://hook.example.test/");
    const once = { id, idempotencyKey: randomUUID() };
    const operations = [
      [ENDPOINT, { id }],
      [DELIVERIES, { id }],
      [REMOVE, { id }],
      [TEST, { id }],
      [RESEND, { id }],
      [UPDATE, { input: { id, isEnabled: false } }],
      [ROTATE, { input: once }],
      [REPLAY, { input: { ...once, fromSequence: 1 } }],
    ] as const;
    for (const [operation, variables] of operations)
      expect((await theirs.client.run(operation, variables)).errors[0]?.code).toBe("NOT_FOUND");
    const tables = ["webhook_endpoints", "webhook_events", "webhook_deliveries", "webhook_sequences"];
    const rows = await test.rowsAs(
      theirs.client.viewer,
      tables.map((table) => `select * from ${table}`),
    );
    expect(rows).toEqual([[], [], [], []]);
    const teacher = buildViewer({
      role: "TEACHER",
      organizationId: mine.organizationId,
      staff: true,
      permissions: permissionsOf("TEACHER"),
    });
    expect((await test.as(teacher).run(TEST, { id })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect((await test.as(anonymous).run(TEST, { id })).errors[0]?.code).toBe("UNAUTHORIZED");
  });

  it("takes the same number of statements for one delivery and for many", async () => {
    const [{ client, subscribe, happen, deliveries }, target] = [await school(), await receiver()];
    const { id } = await subscribe(target.url);
    const succeeded = (count: number) =>
      eventually(async () => {
        const all = await deliveries(id);
        return all.filter(({ status }) => status === "SUCCEEDED").length === count ? all : undefined;
      });
    await happen();
    await succeeded(1);
    const one = await test.statementsOf(() => client.data(DELIVERIES, { id }));
    for (let index = 0; index < 4; index += 1) await happen();
    await succeeded(5);
    const many = await test.statementsOf(() => client.data(DELIVERIES, { id }));
    expect(many.length).toBe(one.length);
  });
});

describe("003-74: outside development", () => {
  it("a webhook must be on the internet; every wrong field is told at once", async () => {
    const strict = await startTestSubgraph("organization", createSubgraph);
    const { organizationId } = await school();
    const viewer = buildViewer({ role: "ADMIN", organizationId, staff: true, permissions: permissionsOf("ADMIN") });
    for (const url of ["https://10.0.0.1/", "https://[::1]/", "http://example.com/", "https://localhost/"]) {
      const input = { url, eventTypes: ["no.such"], idempotencyKey: "x" };
      const { errors } = await strict.as(viewer).run(CREATE, { input });
      const paths = (errors[0]!.details as { path: string }[]).map(({ path }) => path);
      expect(paths).toEqual(["input.url", "input.eventTypes.0", "input.idempotencyKey"]);
    }
    await strict.stop();
  });
});
