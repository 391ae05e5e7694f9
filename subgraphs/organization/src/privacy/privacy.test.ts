import { randomUUID } from "node:crypto";
import { type EventEnvelope, anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  DEMO_PASSWORD,
  buildAccount,
  buildEnrollment,
  buildGuardianLink,
  buildMembership,
  buildPlatformAdmin,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { personErased, personExportPart, personExportRequested } from "../events.js";
import { createSubgraph } from "../subgraph.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const OTHERS = ["learning", "marketplace", "finance", "community"] as const;

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

interface DataExport {
  id: string;
  status: string;
  missing: string[];
  expiresAt: string | null;
  download: { url: string } | null;
}
interface Mine {
  viewer: { dataExports: { totalCount: number; edges: { node: DataExport }[] }; erasure: { id: string } | null };
}
const MINE = `{ viewer { erasure { id dueAt } dataExports { totalCount edges { node { id status missing expiresAt download { url } } } } } }`;
const REQUEST_EXPORT = `mutation ($key: String!) { requestDataExport(input: { idempotencyKey: $key }) { dataExport { id status } } }`;
const REQUEST_ERASURE = `mutation ($key: String!) { requestErasure(input: { idempotencyKey: $key }) { erasure { id requestedAt dueAt } } }`;
const CANCEL = `mutation ($id: ID!) { cancelErasure(input: { id: $id }) { erasure { id cancelledAt } } }`;

interface Requested {
  requestDataExport: { dataExport: DataExport };
}
interface Erasing {
  requestErasure: { erasure: { id: string; requestedAt: string; dueAt: string } };
}

async function newestExport(client: ReturnType<TestSubgraph["as"]>): Promise<DataExport> {
  return (await client.data<Mine>(MINE)).viewer.dataExports.edges[0]!.node;
}

/** What another subgraph does when it is asked: the rows in parts of one, the last part first. */
async function answer(subgraph: (typeof OTHERS)[number], { data }: EventEnvelope, rows: readonly object[]) {
  const { exportId } = personExportRequested.data.parse(data);
  const parts = [
    ...rows.map((row, position) => ({ position, isLast: false, record: "things", rows: [row] })),
    { position: rows.length, isLast: true, record: null, rows: [] },
  ];
  for (const part of parts.toReversed())
    await test.events.publish({
      id: randomUUID(),
      type: personExportPart.type,
      version: personExportPart.version,
      occurredAt: new Date().toISOString(),
      data: { exportId, subgraph, ...part },
    });
}

async function filesOf(exportId: string): Promise<Record<string, string>> {
  const { fileId } = await db.dataExport.findUniqueOrThrow({ where: { id: exportId } });
  const { rows } = await test.owner.query<{ bytes: Buffer }>(
    "select bytes from file_contents where file_id = $1 order by position",
    [fileId],
  );
  const files = unzipSync(new Uint8Array(Buffer.concat(rows.map(({ bytes }) => bytes))));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe("001-46: a person's data", () => {
  let requests: EventEnvelope[] = [];
  let silent: readonly string[] = [];
  beforeAll(async () => {
    for (const subgraph of OTHERS)
      await test.events.subscribe(subgraph, [personExportRequested.type], async (event) => {
        requests.push(event);
        if (!silent.includes(subgraph)) await answer(subgraph, event, [{ from: subgraph }, { again: subgraph }]);
      });
  });
  beforeEach(() => {
    [requests, silent] = [[], []];
  });

  it("comes as one archive over all subgraphs, with a link to fetch it and a letter", async () => {
    const { studentId: userId } = await buildEnrollment(db);
    const { email } = await buildAccount(db, { userId });
    const client = test.as(buildViewer({ userId }));
    const { requestDataExport } = await client.data<Requested>(REQUEST_EXPORT, { key: "a" });
    const ready = await eventually(async () => {
      const found = await newestExport(client);
      return found.status === "READY" ? found : undefined;
    });
    expect(ready).toMatchObject({ id: requestDataExport.dataExport.id, missing: [] });
    expect(ready.download?.url).toMatch(/^\/files\//);
    const files = await filesOf(ready.id);
    expect(Object.keys(files).toSorted()).toEqual(
      ["index.html", "organization.json", ...OTHERS.map((subgraph) => `${subgraph}.json`)].toSorted(),
    );
    expect(JSON.parse(files["organization.json"]!)).toMatchObject({
      account: { email },
      enrollments: [{ status: "ACTIVE" }],
    });
    expect(files["organization.json"]).not.toContain("passwordHash");
    expect(JSON.parse(files["finance.json"]!)).toEqual({
      things: [{ from: "finance" }, { again: "finance" }],
    });
    expect(files["index.html"]).toContain('href="learning.json"');
    expect(await db.dataExportPart.count({ where: { exportId: ready.id } })).toBe(0);
    expect(await db.file.count({ where: { ownerId: userId } })).toBe(1);
  });

  it("is asked for once under one key, and while one is in the making that is the answer", async () => {
    silent = ["finance"];
    const { userId } = await buildAccount(db);
    const client = test.as(buildViewer({ userId }));
    const first = await client.data<Requested>(REQUEST_EXPORT, { key: "a" });
    const again = await client.data<Requested>(REQUEST_EXPORT, { key: "a" });
    const other = await client.data<Requested>(REQUEST_EXPORT, { key: "b" });
    const id = first.requestDataExport.dataExport.id;
    expect([again, other].map(({ requestDataExport }) => requestDataExport.dataExport.id)).toEqual([id, id]);
    await test.subgraph.jobsDone();
    expect((await client.data<Mine>(MINE)).viewer.dataExports.totalCount).toBe(1);
    expect(await newestExport(client)).toMatchObject({ status: "COLLECTING", download: null });
  });

  it("comes after 24 hours without those who did not answer, and names them", async () => {
    silent = ["marketplace", "community"];
    const { userId } = await buildAccount(db);
    const client = test.as(buildViewer({ userId }));
    const then = now;
    now = new Date(then.getTime() - DAY_MS);
    const { requestDataExport } = await client.data<Requested>(REQUEST_EXPORT, { key: "a" });
    const { id } = requestDataExport.dataExport;
    now = then;
    await test.owner.query("select graphile_worker.add_job('privacy.finish-export', $1::json)", [
      JSON.stringify({ exportId: id }),
    ]);
    const ready = await eventually(async () => {
      const found = await newestExport(client);
      return found.status === "READY" ? found : undefined;
    });
    const files = await filesOf(id);
    for (const subgraph of ready.missing) expect(files[`${subgraph}.json`]).toBeUndefined();
    expect(ready.missing).toEqual(expect.arrayContaining(["marketplace", "community"]));
    expect(files["index.html"]).toContain("Pesanan");
    const before = await filesOf(id);
    await answer(
      "community",
      requests.find(({ data }) => JSON.stringify(data).includes(id))!,
      [{ late: 1 }],
    );
    await test.subgraph.jobsDone();
    expect(await filesOf(id)).toEqual(before);
  });

  it("waits for every part of an answer, takes each once, and leaves an unfinished answer out", async () => {
    silent = OTHERS;
    const { userId } = await buildAccount(db);
    const client = test.as(buildViewer({ userId }));
    const { requestDataExport } = await client.data<Requested>(REQUEST_EXPORT, { key: "a" });
    const { id: exportId } = requestDataExport.dataExport;
    const send = (subgraph: string, part: object) =>
      test.events.publish({
        id: randomUUID(),
        type: personExportPart.type,
        version: personExportPart.version,
        occurredAt: new Date().toISOString(),
        data: { exportId, subgraph, ...part },
      });
    const first = { position: 0, isLast: false, record: "things", rows: [{ n: 1 }] };
    for (const subgraph of OTHERS) {
      await send(subgraph, first);
      await send(subgraph, first);
      if (subgraph !== "finance") await send(subgraph, { position: 1, isLast: true, record: null, rows: [] });
    }
    await test.subgraph.jobsDone();
    expect(await newestExport(client)).toMatchObject({ status: "COLLECTING" });
    const then = now;
    now = new Date(then.getTime() + DAY_MS + 1000);
    await test.owner.query("select graphile_worker.add_job('privacy.finish-export', $1::json)", [
      JSON.stringify({ exportId }),
    ]);
    await test.subgraph.jobsDone();
    now = then;
    expect(await newestExport(client)).toMatchObject({ status: "READY", missing: ["finance"] });
    const files = await filesOf(exportId);
    expect(files["finance.json"]).toBeUndefined();
    expect(JSON.parse(files["community.json"]!)).toEqual({ things: [{ n: 1 }] });
  });

  it("can be fetched for 7 days, by nobody else", async () => {
    const { userId } = await buildAccount(db);
    const client = test.as(buildViewer({ userId }));
    await client.data<Requested>(REQUEST_EXPORT, { key: "a" });
    const { expiresAt } = await eventually(async () => {
      const found = await newestExport(client);
      return found.status === "READY" ? found : undefined;
    });
    const then = now;
    now = new Date(Date.parse(expiresAt ?? ""));
    expect((await newestExport(client)).download).toBeNull();
    now = then;
    expect((await newestExport(client)).download).not.toBeNull();
    const stranger = buildViewer();
    expect(await test.rowsAs(stranger, ["select * from data_exports", "select * from data_export_parts"])).toEqual([
      [],
      [],
    ]);
    const { _entities } = await test
      .as(stranger)
      .data<{ _entities: object[] }>(
        "query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { dataExports { totalCount } erasure { id } } } }",
        { people: [{ __typename: "User", id: userId }] },
      );
    expect(_entities).toEqual([{ dataExports: { totalCount: 0 }, erasure: null }]);
    const acting = { ...client.viewer, impersonatorId: stranger.userId };
    expect((await test.as(acting).data<Mine>(MINE)).viewer.dataExports.totalCount).toBe(0);
    expect((await test.as(anonymous).run(REQUEST_EXPORT, { key: "a" })).errors).toMatchObject([
      { code: "UNAUTHORIZED" },
    ]);
    expect((await client.run(REQUEST_EXPORT, { key: "" })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  });
});

describe("001-46, C-11: being forgotten", () => {
  const erased: unknown[] = [];
  beforeAll(() => test.events.subscribe("finance", [personErased.type], async ({ data }) => void erased.push(data)));
  const realNow = new Date();
  afterEach(() => {
    now = realNow;
  });

  /** As if the request had been made that long ago: its job is due when the days of cooling off are over. */
  async function requestedAgo(userId: string, ageMs: number) {
    now = new Date(Date.now() - ageMs);
    const { requestErasure } = await test
      .as(buildViewer({ userId }))
      .data<Erasing>(REQUEST_ERASURE, { key: randomUUID() });
    now = new Date();
    return requestErasure.erasure;
  }
  const isErased = (id: string) => async () =>
    (await db.erasure.findUniqueOrThrow({ where: { id } })).erasedAt === null ? undefined : true;

  it("happens after 7 days: who they are goes, ids and what the law keeps stay", async () => {
    const { studentId: userId, id: enrollmentId } = await buildEnrollment(db, { studentIdentifier: "9981" });
    await db.user.update({ where: { id: userId }, data: { fullName: "Kartika Anggraini" } });
    const { email } = await buildAccount(db, { userId, phone: "+628123456789", gender: "FEMALE" });
    const link = await buildGuardianLink(db, { studentId: userId, status: "VERIFIED" });
    await db.userAddress.create({
      data: {
        userId,
        label: "Rumah",
        province: "Jawa Barat",
        city: "Bandung",
        district: "Coblong",
        detail: "Jl. Dago 1",
      },
    });
    await test.owner.query(
      "insert into passkeys (user_id, name, credential_id, public_key) values ($1, 'HP', $2, decode('00', 'hex'))",
      [userId, randomUUID()],
    );
    await test.owner.query(
      "insert into passkey_challenges (user_id, challenge, expires_at) values ($1, 'challenge', now() + interval '5 minutes')",
      [userId],
    );
    await db.externalIdentity.create({ data: { userId, provider: "GOOGLE", subject: randomUUID(), email } });
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${DEMO_PASSWORD}" }) { accessToken } }`;
    await test.as(anonymous).data(signIn);
    const { id, requestedAt, dueAt } = await requestedAgo(userId, 7 * DAY_MS - 1000);
    expect(Date.parse(dueAt) - Date.parse(requestedAt)).toBe(7 * DAY_MS);
    now = new Date(Date.now() + 60_000);
    await eventually(isErased(id));
    await test.subgraph.jobsDone();

    const person = await db.user.findUniqueOrThrow({
      where: { id: userId },
      include: {
        account: true,
        addresses: true,
        sessions: true,
        enrollments: true,
        studentLinks: true,
        passkeys: true,
        externalIdentities: true,
      },
    });
    expect(JSON.stringify(person)).not.toMatch(/Kartika|9981|8123456789|Dago/);
    expect(JSON.stringify(person)).not.toContain(email);
    expect(person).toMatchObject({
      fullName: "Pengguna terhapus",
      account: { status: "DELETED", passwordHash: null, phone: null, gender: null },
      addresses: [],
      passkeys: [],
      externalIdentities: [],
      enrollments: [{ id: enrollmentId, status: "INACTIVE" }],
      studentLinks: [{ id: link.id, status: "REVOKED" }],
    });
    expect(await db.passkeyChallenge.count({ where: { userId } })).toBe(0);
    expect(person.sessions.length).toBeGreaterThan(0);
    expect(person.sessions.every(({ revokedAt, userAgent }) => revokedAt !== null && userAgent === null)).toBe(true);
    expect((await test.as(anonymous).run(signIn)).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    expect(erased).toContainEqual({ userId, erasedAt: expect.any(String) });
    const { rows } = await test.owner.query(
      "select * from app.audit_log where entity_type = 'Erasure' and entity_id = $1",
      [id],
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/Kartika/);
  });

  it("is asked for once, announced by letter, and can be cancelled until then", async () => {
    const { userId, email } = await buildAccount(db);
    const client = test.as(buildViewer({ userId }));
    const first = await client.data<Erasing>(REQUEST_ERASURE, { key: "a" });
    expect(await client.data<Erasing>(REQUEST_ERASURE, { key: "b" })).toEqual(first);
    const { id } = first.requestErasure.erasure;
    expect((await client.data<Mine>(MINE)).viewer.erasure?.id).toBe(id);
    expect((await test.as(buildViewer()).run(CANCEL, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    await client.data(CANCEL, { id });
    expect((await client.run(CANCEL, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect((await client.data<Mine>(MINE)).viewer.erasure).toBeNull();
    await test.owner.query("select graphile_worker.add_job('privacy.erase', $1::json)", [
      JSON.stringify({ erasureId: id }),
    ]);
    await test.subgraph.jobsDone();
    expect(await db.account.findUniqueOrThrow({ where: { userId } })).toMatchObject({ email, status: "ACTIVE" });
    const second = await client.data<Erasing>(REQUEST_ERASURE, { key: "c" });
    expect(second.requestErasure.erasure.id).not.toBe(id);
    const early = JSON.stringify({ erasureId: second.requestErasure.erasure.id });
    await test.owner.query("select graphile_worker.add_job('privacy.erase', $1::json)", [early]);
    await test.subgraph.jobsDone();
    expect(await db.account.findUniqueOrThrow({ where: { userId } })).toMatchObject({ email });
  });

  it("is refused to those on whom others depend: the only owner and an active platform admin", async () => {
    const { userId: owner, organizationId } = await buildMembership(db, { role: "OWNER" });
    await buildAccount(db, { userId: owner });
    const { userId: admin } = await buildPlatformAdmin(db);
    for (const userId of [owner, admin]) {
      const { errors } = await test.as(buildViewer({ userId })).run(REQUEST_ERASURE, { key: "a" });
      expect(errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    }
    await buildMembership(db, { role: "OWNER", organizationId });
    expect((await test.as(buildViewer({ userId: owner })).run(REQUEST_ERASURE, { key: "b" })).errors).toEqual([]);
  });

  it("C-11: nothing cascades: a person who is referred to cannot be deleted", async () => {
    const { studentId } = await buildEnrollment(db);
    await expect(test.owner.query("delete from users where id = $1", [studentId])).rejects.toThrow(/foreign key/);
    const { rows } = await test.owner.query(
      "select conname from pg_constraint where contype = 'f' and confrelid = 'users'::regclass and confdeltype = 'c'",
    );
    expect(rows).toEqual([]);
    const other = await buildUser(db);
    expect(await test.rowsAs(buildViewer({ userId: other.id }), ["select * from erasures"])).toEqual([[]]);
  });
});
