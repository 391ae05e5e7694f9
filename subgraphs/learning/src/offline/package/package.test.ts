import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { anonymous, createEncryption } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSubgraph } from "../../subgraph.js";
import { MAXIMUM_DEVICES } from "../device/device.service.js";
import { PACKAGE_LIFE_MS } from "../offline.rules.js";
import { generateKeys, isSignedBy, readToken, sha256 } from "../signed-token.js";
import { Clocks, type OfflineStudent, buildOfflineStudent, removeTemporaryStorages } from "../testing/student.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
const clocks = new Clocks();

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: clocks.serverClock });
  db = connectLearning(test.ownerUrl);
});
beforeEach(() => {
  clocks.server = Date.parse("2026-11-20T03:00:00.000Z");
});
afterAll(async () => {
  await removeTemporaryStorages();
  await db.$disconnect();
  await test.stop();
});

const REGISTER = `mutation ($input: RegisterOfflineDeviceInput!) { registerOfflineDevice(input: $input) { device { id name revokedAt } } }`;
const REVOKE = `mutation ($id: ID!) { revokeOfflineDevice(input: { deviceId: $id }) { device { id revokedAt } } }`;
const CREATE = `mutation ($input: CreateOfflinePackageInput!) { createOfflinePackage(input: $input) {
  tryout { id accessLevel }
  package { id deviceId version contentHash sizeBytes sizeMegabytes issuedAt expiresAt isActive manifest content }
} }`;
const KEYS = `{ offlineSigningKeys { id publicKey } }`;
const PACKAGES = `query ($first: Int) { offlinePackages(first: $first) { totalCount edges { node { id version sizeBytes isActive content tryout { title } } } } }`;

interface Package {
  id: string;
  version: number;
  contentHash: string;
  sizeBytes: number;
  sizeMegabytes: number;
  issuedAt: string;
  expiresAt: string;
  manifest: string;
  content: string;
}

function inputFor(student: OfflineStudent, tryoutId: string, over: object = {}) {
  const deviceTime = new Date(clocks.server).toISOString();
  return { input: { tryoutId, deviceId: student.deviceId, deviceTime, idempotencyKey: randomUUID(), ...over } };
}

async function create(student: OfflineStudent, tryoutId: string, over: object = {}): Promise<Package> {
  const variables = inputFor(student, tryoutId, over);
  const data = await student.client.data<{ createOfflinePackage: { package: Package } }>(CREATE, variables);
  return data.createOfflinePackage.package;
}

async function refusal(student: OfflineStudent, tryoutId: string, over: object = {}) {
  return (await student.client.run(CREATE, inputFor(student, tryoutId, over))).errors.map(({ code }) => code);
}

const unpacked = ({ content }: Package): string => gunzipSync(Buffer.from(content, "base64url")).toString();

describe("000-01: an offline package", () => {
  it("lives for 7 days by the server's clock and states its size, hash and version", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const tryout = await buildTryout(db, { itemCount: 30 });
    const given = await create(student, tryout.id, { deviceTime: "2001-01-01T00:00:00.000Z" });
    expect(Date.parse(given.issuedAt)).toBe(clocks.server);
    expect(Date.parse(given.expiresAt)).toBe(clocks.server + 7 * 24 * 60 * 60 * 1000);
    const compressed = Buffer.from(given.content, "base64url");
    expect(given.sizeBytes).toBe(compressed.length);
    expect(given.sizeMegabytes).toBeCloseTo(compressed.length / 1024 / 1024, 10);
    expect(compressed.length).toBeLessThan(unpacked(given).length / 3);
    expect(given.contentHash).toBe(await sha256(unpacked(given)));
    expect(given).toMatchObject({ version: 1, isActive: true, deviceId: student.deviceId });
  });

  it("is signed by a published key over what it is bound to", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const tryout = await buildTryout(db);
    const given = await create(student, tryout.id);
    const { offlineSigningKeys: keys } = await test
      .as(anonymous)
      .data<{ offlineSigningKeys: { id: string; publicKey: string }[] }>(KEYS);
    const read = readToken("lentera-package", given.manifest)!;
    const key = keys.find(({ id }) => id === read.keyId)!;
    expect(await isSignedBy(key.publicKey, given.manifest)).toBe(true);
    expect(read.payload).toMatchObject({
      packageId: given.id,
      studentId: student.userId,
      deviceId: student.deviceId,
      tryoutId: tryout.id,
      contentHash: given.contentHash,
      expiresAt: given.expiresAt,
      isGraded: false,
    });
    const { rows } = await test.owner.query("select encrypted_private_key, public_key from offline_signing_keys");
    expect(rows).toHaveLength(1);
    expect(rows[0].encrypted_private_key).toMatch(/^[0-9a-f]{8}\./);
  });

  it.each(["PRACTICE", "SCHEDULED"] as const)("withholds every answer key: %s", async (kind) => {
    const student = await buildOfflineStudent(test, clocks);
    const tryout = await buildTryout(db, { kind });
    const text = unpacked(await create(student, tryout.id));
    const content = JSON.parse(text) as { items: object[] };
    expect(content.items).toHaveLength(4);
    for (const item of content.items)
      expect(Object.keys(item)).toEqual([
        "id",
        "position",
        "subtest",
        "passageId",
        "kind",
        "stem",
        "options",
        "imageIds",
        "translations",
      ]);
    expect(text).not.toMatch(/Kunci|correct|explanation|discrimination|difficulty|guessing/);
  });

  it("gets a new version when its content changes, and only then", async () => {
    const tryout = await buildTryout(db);
    const versionFor = async () => (await create(await buildOfflineStudent(test, clocks), tryout.id)).version;
    expect([await versionFor(), await versionFor()]).toEqual([1, 1]);
    await db.tryoutItem.delete({
      where: { tryoutId_itemId: { tryoutId: tryout.id, itemId: tryout.items[0]!.itemId } },
    });
    expect(await versionFor()).toBe(2);
    expect(await db.offlineContent.count({ where: { tryoutId: tryout.id } })).toBe(2);
  });

  it("is one package however often and however concurrently it is asked for with the same key", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const tryout = await buildTryout(db);
    const idempotencyKey = randomUUID();
    const given = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        create(student, tryout.id, { idempotencyKey, deviceTime: new Date(clocks.server + index).toISOString() }),
      ),
    );
    expect(new Set(given.map(({ id }) => id)).size).toBe(1);
    expect(await db.offlinePackage.count({ where: { studentId: student.userId } })).toBe(1);
  });

  it("of one content is stored once, also when many download it at the same moment", async () => {
    const tryout = await buildTryout(db);
    const students = await Promise.all(Array.from({ length: 5 }, () => buildOfflineStudent(test, clocks)));
    await Promise.all(students.map((student) => create(student, tryout.id)));
    expect(await db.offlineContent.count({ where: { tryoutId: tryout.id } })).toBe(1);
  });

  it("is refused for premium content without an entitlement, and given with one from finance's event", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const tryout = await buildTryout(db, { accessLevel: "PREMIUM" });
    expect(await refusal(student, tryout.id)).toEqual(["INSUFFICIENT_PERMISSIONS"]);

    await test.subgraph.startWorkers();
    const tell = (revision: number, validUntil: string | null) =>
      test.events.publish({
        id: randomUUID(),
        type: "entitlement.changed",
        version: 1,
        occurredAt: new Date().toISOString(),
        data: { userId: student.userId, code: "PREMIUM", validFrom: "2026-11-01T00:00:00Z", validUntil, revision },
      });
    const untilRevision = (revision: number) =>
      eventually(async () => {
        const where = { userId_code: { userId: student.userId, code: "PREMIUM" } };
        const row = await db.entitlement.findUnique({ where });
        return row?.revision === revision ? row : undefined;
      });
    await tell(2, "2026-12-01T00:00:00Z");
    await untilRevision(2);
    expect((await create(student, tryout.id)).version).toBe(1);
    clocks.server = Date.parse("2026-12-01T00:00:00Z");
    expect(await refusal(student, tryout.id)).toEqual(["SUBSCRIPTION_EXPIRED"]);

    // What was said earlier and arrives later changes nothing.
    await tell(1, null);
    await tell(3, "2026-12-02T00:00:00Z");
    await untilRevision(3);
    expect((await create(student, tryout.id)).version).toBe(1);
  });

  it("is refused when its tryout is not open, is hidden, or is sat once and was", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const later = new Date(clocks.server + 60_000);
    const notOpen = await buildTryout(db, { kind: "SCHEDULED", opensAt: later });
    const hidden = await buildTryout(db, { organizationId: randomUUID() });
    const sat = await buildTryout(db, { kind: "SCHEDULED" });
    await buildAttempt(db, { tryoutId: sat.id, studentId: student.userId, status: "SCORED" });
    expect(await refusal(student, notOpen.id)).toEqual(["ILLEGAL_STATE"]);
    expect(await refusal(student, hidden.id)).toEqual(["NOT_FOUND"]);
    expect(await refusal(student, sat.id)).toEqual(["ILLEGAL_STATE"]);
    for (const over of [{ hasSectionClocks: true }, { randomizeItems: true }])
      expect(await refusal(student, (await buildTryout(db, over)).id)).toEqual(["ILLEGAL_STATE"]);
  });

  it("of a tryout with an access code is given for that code alone", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const { encryptionKeys } = test.configuration;
    const { id } = await buildTryout(db);
    const accessCode = createEncryption(encryptionKeys).encrypt("LENTERA7", `tryout-access-code:${id}`);
    await db.tryout.update({ where: { id }, data: { accessCode } });
    expect(await refusal(student, id)).toEqual(["VALIDATION_ERROR"]);
    expect(await refusal(student, id, { accessCode: "LENTERA8" })).toEqual(["VALIDATION_ERROR"]);
    expect((await create(student, id, { accessCode: "lentera7" })).version).toBe(1);
  });

  it("is refused to who is no student, for other people's devices and revoked ones, and with bad input", async () => {
    const [student, other] = [await buildOfflineStudent(test, clocks), await buildOfflineStudent(test, clocks)];
    const tryout = await buildTryout(db);
    const teacher = { ...student, client: test.as(buildViewer({ role: "TEACHER" })) };
    expect(await refusal(teacher, tryout.id)).toEqual(["INSUFFICIENT_PERMISSIONS"]);
    expect(await refusal({ ...student, client: test.as(anonymous) }, tryout.id)).toEqual(["UNAUTHORIZED"]);
    expect(await refusal(student, tryout.id, { deviceId: other.deviceId })).toEqual(["NOT_FOUND"]);
    const { errors } = await student.client.run(CREATE, inputFor(student, "x", { deviceId: "y", idempotencyKey: "" }));
    const paths = ["input.tryoutId", "input.deviceId", "input.idempotencyKey"];
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: paths.map((path) => ({ path })) }]);
    await student.client.data(REVOKE, { id: student.deviceId });
    expect(await refusal(student, tryout.id)).toEqual(["ILLEGAL_STATE"]);
  });

  it("is listed by page with as many statements for many as for one, and to nobody else", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const list = () =>
      student.client.data<{ offlinePackages: { totalCount: number; edges: object[] } }>(PACKAGES, { first: 10 });
    await create(student, (await buildTryout(db)).id);
    const one = await test.statementsOf(list);
    for (let index = 0; index < 4; index++) await create(student, (await buildTryout(db)).id);
    const five = await test.statementsOf(list);
    expect(five.length).toBe(one.length);
    expect((await list()).offlinePackages).toMatchObject({ totalCount: 5, edges: { length: 5 } });
    clocks.pass(PACKAGE_LIFE_MS);
    expect((await list()).offlinePackages.edges[0]).toMatchObject({ node: { isActive: false } });

    const stranger = buildViewer();
    const own = await db.offlinePackage.findFirstOrThrow({ where: { studentId: student.userId } });
    const one_ = await test.as(stranger).run(`query ($id: ID!) { offlinePackage(id: $id) { id } }`, { id: own.id });
    expect(one_.errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const tables = ["offline_packages", "offline_contents", "offline_devices", "offline_signing_keys", "entitlements"];
    const statements = tables.map((table) => `select * from ${table}`);
    expect(await test.rowsAs(stranger, statements)).toEqual([[], [], [], [], []]);
  });
});

describe("a device", () => {
  const register = async (client: OfflineStudent["client"], over: object = {}) => {
    const { publicKey } = await generateKeys();
    return client.run<{ registerOfflineDevice: { device: { id: string } } }>(REGISTER, {
      input: { name: "Tablet", publicKey, idempotencyKey: randomUUID(), ...over },
    });
  };

  it("is one device for one key, and at most five at a time even at the same moment", async () => {
    const client = test.as(buildViewer());
    const { publicKey } = await generateKeys();
    const same = await Promise.all(Array.from({ length: 4 }, () => register(client, { publicKey })));
    expect(new Set(same.map(({ data }) => data?.registerOfflineDevice.device.id)).size).toBe(1);
    const more = await Promise.all(Array.from({ length: MAXIMUM_DEVICES }, () => register(client)));
    expect(more.filter(({ errors }) => errors.length === 0)).toHaveLength(MAXIMUM_DEVICES - 1);
    expect(more.flatMap(({ errors }) => errors)).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  });

  it("is refused with anything but a key of 32 bytes", async () => {
    const { errors } = await register(test.as(buildViewer()), { publicKey: "short", name: " " });
    expect(errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.name" }, { path: "input.publicKey" }] },
    ]);
  });

  it("can be ended by its owner alone, with an entry in the audit log", async () => {
    const student = await buildOfflineStudent(test, clocks);
    const { deviceId: id } = student;
    expect((await test.as(buildViewer()).run(REVOKE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const { revokeOfflineDevice } = await student.client.data<{ revokeOfflineDevice: object }>(REVOKE, { id });
    expect(revokeOfflineDevice).toEqual({ device: { id, revokedAt: new Date(clocks.server).toISOString() } });
    const { rows } = await test.owner.query("select action from app.audit_log where entity_id = $1 order by sequence", [
      id,
    ]);
    expect(rows.map(({ action }) => action)).toEqual(["offline_device.registered", "offline_device.revoked"]);
  });
});
