import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildAccount, buildGuardianLink, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { startMailedSubgraph } from "../testing/mailed-subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now: Date | undefined;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now ?? new Date() });
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterEach(() => {
  now = undefined;
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const LINK = "guardianLink { id status relationship confirmBy endReason permissions { viewScores viewStudyTime } }";
const CREATE = `mutation ($key: String!) { createPairingCode(input: { idempotencyKey: $key }) { code expiresAt } }`;
const REDEEM = `mutation ($code: String!) { redeemPairingCode(input: { code: $code, relationship: PARENT }) { ${LINK} } }`;
const REQUEST = `mutation ($email: String!) { requestGuardianLink(input: { email: $email, relationship: GUARDIAN }) { accepted } }`;
const move = (name: string) => `mutation ($id: ID!) { ${name}(input: { id: $id }) { ${LINK} } }`;
const PERMISSIONS = `mutation ($id: ID!, $permissions: GuardianPermissionsInput!) {
  updateGuardianPermissions(input: { id: $id, permissions: $permissions }) { ${LINK} } }`;
const LINKS = "{ viewer { guardianLinks { totalCount edges { node { id status guardian { fullName } } } } } }";
const BIRTH = `mutation ($birthDate: Date!) { setBirthDate(input: { birthDate: $birthDate }) { saved } }`;

interface LinkData {
  guardianLink: { id: string; status: string; confirmBy: string | null; permissions: Record<string, boolean> };
}

let keys = 0;
const nextKey = () => `key-number-${(keys += 1)}`;

async function studentClient() {
  const { userId, email } = await buildAccount(db);
  return { userId, email, client: test.as(buildViewer({ userId, role: "STUDENT" })) };
}
async function guardianClient(fullName = "Ibu Sari") {
  const { id } = await buildUser(db, { role: "GUARDIAN", fullName });
  return { userId: id, client: test.as(buildViewer({ userId: id, role: "GUARDIAN" })) };
}
async function codeOf({ client }: Awaited<ReturnType<typeof studentClient>>): Promise<string> {
  const { createPairingCode } = await client.data<{ createPairingCode: { code: string } }>(CREATE, { key: nextKey() });
  return createPairingCode.code;
}

describe("000-44: a pairing code", () => {
  it("links a guardian at once, once, and the audit and the other subgraphs know", async () => {
    const [student, guardian, second] = [await studentClient(), await guardianClient(), await guardianClient()];
    const heard: unknown[] = [];
    await test.events.subscribe("listener", ["guardian-link.verified"], async (event) => void heard.push(event.data));
    const code = await codeOf(student);
    const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`;
    const { redeemPairingCode } = await guardian.client.data<{ redeemPairingCode: LinkData }>(REDEEM, { code: typed });
    expect(redeemPairingCode.guardianLink).toMatchObject({ status: "VERIFIED", permissions: { viewScores: true } });
    expect((await second.client.run(REDEEM, { code })).errors).toMatchObject([{ code: "INVALID_CREDENTIALS" }]);
    const linkId = redeemPairingCode.guardianLink.id;
    const { rows } = await test.owner.query("select action, actor_id from app.audit_log where entity_id = $1", [
      linkId,
    ]);
    expect(rows).toEqual([{ action: "guardian_link.verified", actor_id: guardian.userId }]);
    await eventually(async () => heard.find((data) => JSON.stringify(data).includes(linkId)));
  });

  it("redeemed by two guardians at the same moment lets one in", async () => {
    const student = await studentClient();
    const code = await codeOf(student);
    const guardians = await Promise.all(Array.from({ length: 6 }, () => guardianClient()));
    const results = await Promise.all(guardians.map(({ client }) => client.run(REDEEM, { code })));
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  });

  it("is kept as a hash only, and shown once", async () => {
    const student = await studentClient();
    const key = nextKey();
    const first = await student.client.data<{ createPairingCode: { code: string } }>(CREATE, { key });
    const again = await student.client.data<{ createPairingCode: { code: null } }>(CREATE, { key });
    expect(again.createPairingCode).toEqual({ ...first.createPairingCode, code: null });
    const { rows: codes } = await test.owner.query("select * from pairing_codes");
    const { rows: results } = await test.owner.query("select * from app.idempotency_keys");
    const { rows: audits } = await test.owner.query("select * from app.audit_log");
    expect(JSON.stringify([codes, results, audits])).not.toContain(first.createPairingCode.code);
  });

  it("is replaced by the next one and ends after 7 days", async () => {
    const [student, guardian] = [await studentClient(), await guardianClient()];
    const replaced = await codeOf(student);
    const code = await codeOf(student);
    expect((await guardian.client.run(REDEEM, { code: replaced })).errors[0]?.code).toBe("INVALID_CREDENTIALS");
    now = new Date(Date.now() + 7 * DAY + HOUR);
    expect((await guardian.client.run(REDEEM, { code })).errors[0]?.code).toBe("INVALID_CREDENTIALS");
  });

  it("cannot be guessed: 5 wrong ones within an hour, however concurrent, and even the right one waits", async () => {
    const [student, guardian] = [await studentClient(), await guardianClient()];
    const code = await codeOf(student);
    const guesses = ["22222222", "33333333", "44444444", "55555555", "66666666", "77777777", "88888888", "99999999"];
    const answers = await Promise.all(guesses.map((guess) => guardian.client.run(REDEEM, { code: guess })));
    const codes = answers.map(({ errors }) => String(errors[0]?.code)).toSorted();
    expect(codes).toEqual([...Array<string>(5).fill("INVALID_CREDENTIALS"), ...Array<string>(3).fill("RATE_LIMITED")]);
    expect((await guardian.client.run(REDEEM, { code })).errors).toMatchObject([{ code: "RATE_LIMITED" }]);
    now = new Date(Date.now() + HOUR + 1000);
    expect((await guardian.client.run(REDEEM, { code })).errors).toEqual([]);
  });

  it("is nobody's to make or to decide about while an admin acts as the student", async () => {
    const student = await studentClient();
    const { id } = await buildGuardianLink(db, { studentId: student.userId });
    const impersonated = test.as({ ...student.client.viewer, impersonatorId: (await buildUser(db)).id });
    expect((await impersonated.run(CREATE, { key: nextKey() })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    for (const command of ["verifyGuardianLink", "rejectGuardianLink", "revokeGuardianLink"])
      expect((await impersonated.run(move(command), { id })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
  });

  it("is for students to make and for others to redeem; what is no code is said so", async () => {
    const [student, guardian] = [await studentClient(), await guardianClient()];
    const code = await codeOf(student);
    expect((await guardian.client.run(CREATE, { key: nextKey() })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect((await student.client.run(REDEEM, { code })).errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect((await test.as(anonymous).run(REDEEM, { code })).errors[0]?.code).toBe("UNAUTHORIZED");
    expect((await guardian.client.run(REDEEM, { code: "O0" })).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.code" }] },
    ]);
  });

  it("for somebody who is linked already stays good for another", async () => {
    const [student, guardian, other] = [await studentClient(), await guardianClient(), await guardianClient()];
    await buildGuardianLink(db, { guardianId: guardian.userId, studentId: student.userId, status: "VERIFIED" });
    const code = await codeOf(student);
    expect((await guardian.client.run(REDEEM, { code })).errors[0]?.code).toBe("RESOURCE_ALREADY_EXISTS");
    expect((await other.client.run(REDEEM, { code })).errors).toEqual([]);
  });
});

describe("000-44: a guardian's request", () => {
  it("reaches the student, shows nothing to the guardian, and opens the data when it is verified", async () => {
    const [student, guardian] = [await studentClient(), await guardianClient("Pak Joko")];
    const access = `query ($id: ID!) { user(id: $id) { viewerAccess { viewScores } } }`;
    await guardian.client.data(REQUEST, { email: student.email.toUpperCase() });
    const { viewer } = await student.client.data<{ viewer: { guardianLinks: { edges: { node: { id: string } }[] } } }>(
      LINKS,
    );
    expect(viewer.guardianLinks).toMatchObject({
      totalCount: 1,
      edges: [{ node: { status: "PENDING", guardian: { fullName: "Pak Joko" } } }],
    });
    const { id } = viewer.guardianLinks.edges[0]!.node;
    expect(await guardian.client.data("{ viewer { children { id } guardianLinks { totalCount } } }")).toEqual({
      viewer: { children: [], guardianLinks: { totalCount: 0 } },
    });
    expect((await guardian.client.run(move("revokeGuardianLink"), { id })).errors[0]?.code).toBe("NOT_FOUND");
    expect((await guardian.client.run(access, { id: student.userId })).errors[0]?.code).toBe("NOT_FOUND");
    expect((await guardian.client.run(move("verifyGuardianLink"), { id })).errors[0]?.code).toBe("NOT_FOUND");
    await student.client.data(move("verifyGuardianLink"), { id });
    expect(await guardian.client.data(access, { id: student.userId })).toMatchObject({
      user: { viewerAccess: { viewScores: true } },
    });
  });

  it("is answered the same for an unknown address, a teacher's, and a student who refused", async () => {
    const [student, guardian] = [await studentClient(), await guardianClient()];
    const teacher = await buildAccount(db, { userId: (await buildUser(db, { role: "TEACHER" })).id });
    await buildGuardianLink(db, { guardianId: guardian.userId, studentId: student.userId, status: "REJECTED" });
    await test.owner.query("update guardian_links set ended_at = now() where student_id = $1", [student.userId]);
    for (const email of ["nobody@example.test", teacher.email, student.email])
      expect(await guardian.client.data(REQUEST, { email })).toEqual({ requestGuardianLink: { accepted: true } });
    const { rows } = await test.owner.query("select status from guardian_links where guardian_id = $1", [
      guardian.userId,
    ]);
    expect(rows).toEqual([{ status: "REJECTED" }]);
  });

  it("is told to the student in a letter that names nobody, once, and to nobody else", async () => {
    const mailed = await startMailedSubgraph();
    const world = connectOrganization(mailed.test.ownerUrl);
    const { userId, email } = await buildAccount(world);
    const teacher = await buildAccount(world, { userId: (await buildUser(world, { role: "TEACHER" })).id });
    const asker = await buildUser(world, { role: "GUARDIAN", fullName: "Menang hadiah: www.example.test" });
    const client = mailed.test.as(buildViewer({ userId: asker.id, role: "GUARDIAN" }));
    for (const address of [email, email, teacher.email]) await client.data(REQUEST, { email: address });
    const letters = await mailed.lettersTo(email);
    expect(letters.map(({ subject }) => subject)).toEqual(["Seseorang ingin mendampingi belajar Anda"]);
    expect(letters[0]!.text).not.toContain("hadiah");
    expect(await mailed.lettersTo(teacher.email)).toEqual([]);
    expect(await world.guardianLink.count({ where: { studentId: userId, status: "PENDING" } })).toBe(1);
    await world.$disconnect();
    await mailed.stop();
  });

  it("can be rejected, once", async () => {
    const student = await studentClient();
    const { id } = await buildGuardianLink(db, { studentId: student.userId });
    expect(await student.client.data(move("rejectGuardianLink"), { id })).toMatchObject({
      rejectGuardianLink: { guardianLink: { status: "REJECTED" } },
    });
    expect((await student.client.run(move("verifyGuardianLink"), { id })).errors[0]?.code).toBe("ILLEGAL_STATE");
  });

  it("is limited to 10 within an hour, and needs an address", async () => {
    const { client } = await guardianClient();
    for (let index = 0; index < 10; index += 1) await client.data(REQUEST, { email: `x${index}@example.test` });
    expect((await client.run(REQUEST, { email: "y@example.test" })).errors[0]?.code).toBe("RATE_LIMITED");
    expect((await client.run(REQUEST, { email: "y" })).errors).toMatchObject([{ details: [{ path: "input.email" }] }]);
  });
});

describe("000-44: the student decides", () => {
  it("field by field what a guardian sees, from the next request on", async () => {
    const [student, guardian] = [await studentClient(), await guardianClient()];
    const pair = { guardianId: guardian.userId, studentId: student.userId };
    const { id } = await buildGuardianLink(db, { ...pair, status: "VERIFIED" });
    const changed = await student.client.data<{ updateGuardianPermissions: LinkData }>(PERMISSIONS, {
      id,
      permissions: { viewScores: false },
    });
    expect(changed.updateGuardianPermissions.guardianLink.permissions).toEqual({
      viewScores: false,
      viewStudyTime: true,
    });
    const access = `query ($id: ID!) { user(id: $id) { viewerAccess { viewScores viewStudyTime } } }`;
    expect(await guardian.client.data(access, { id: student.userId })).toEqual({
      user: { viewerAccess: { viewScores: false, viewStudyTime: true } },
    });
    const mine = { id, permissions: { viewScores: true } };
    expect((await guardian.client.run(PERMISSIONS, mine)).errors[0]?.code).toBe("NOT_FOUND");
  });

  it.each(["student", "guardian"] as const)("and the %s can end a link, once", async (side) => {
    const parties = { student: await studentClient(), guardian: await guardianClient() };
    const pair = { guardianId: parties.guardian.userId, studentId: parties.student.userId };
    const { id } = await buildGuardianLink(db, { ...pair, status: "VERIFIED" });
    const heard: string[] = [];
    await test.events.subscribe(
      "x",
      ["guardian-link.revoked"],
      async ({ data }) => void heard.push(JSON.stringify(data)),
    );
    const revoke = move("revokeGuardianLink");
    expect((await (await guardianClient()).client.run(revoke, { id })).errors[0]?.code).toBe("NOT_FOUND");
    expect(await parties[side].client.data(revoke, { id })).toMatchObject({
      revokeGuardianLink: { guardianLink: { status: "REVOKED", endReason: side.toUpperCase() } },
    });
    expect((await parties[side].client.run(revoke, { id })).errors[0]?.code).toBe("ILLEGAL_STATE");
    expect(await parties.guardian.client.data("{ viewer { children { id } } }")).toEqual({ viewer: { children: [] } });
    await eventually(async () => heard.find((data) => data.includes(id)));
  });

  it("who knows of whom: co-guardians are names, for the student and for verified guardians", async () => {
    const [student, mother, father, asking] = [
      await studentClient(),
      await guardianClient("Ibu"),
      await guardianClient("Ayah"),
      await guardianClient("Paman"),
    ];
    const { userId: studentId } = student;
    await buildGuardianLink(db, { guardianId: mother.userId, studentId, status: "VERIFIED" });
    await buildGuardianLink(db, { guardianId: father.userId, studentId, status: "VERIFIED" });
    await buildGuardianLink(db, { guardianId: asking.userId, studentId });
    const own = "{ viewer { coGuardians { fullName relationship } } }";
    expect(await student.client.data(own)).toEqual({
      viewer: {
        coGuardians: [
          { fullName: "Ibu", relationship: "PARENT" },
          { fullName: "Ayah", relationship: "PARENT" },
        ],
      },
    });
    const childs = "{ viewer { children { student { coGuardians { fullName } } } } }";
    expect(await mother.client.data(childs)).toEqual({
      viewer: { children: [{ student: { coGuardians: [{ fullName: "Ayah" }] } }] },
    });
    const entity = `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { coGuardians { fullName } } } }`;
    expect(await asking.client.data(entity, { id: studentId })).toEqual({ _entities: [{ coGuardians: [] }] });
  });
});

describe("001-46: consent again at 18", () => {
  const today = new Date().toISOString().slice(0, 10);
  const yearsAgo = (years: number) => `${Number(today.slice(0, 4)) - years}${today.slice(4)}`.replace("02-29", "02-28");

  it("asks on the birthday of the student's own calendar", async () => {
    const { userId, client } = await studentClient();
    await test.owner.query("update users set time_zone = 'Asia/Jayapura' where id = $1", [userId]);
    await client.data(BIRTH, { birthDate: "2015-06-01" });
    const { rows } = await test.owner.query<{ run_at: Date }>(
      "select run_at from graphile_worker.jobs where key like $1",
      [`%ask-consent:${userId}`],
    );
    expect(rows.map(({ run_at }) => run_at.toISOString())).toEqual(["2033-05-31T15:00:00.000Z"]);
    expect((await client.run(BIRTH, { birthDate: "2016-06-01" })).errors[0]?.code).toBe("ILLEGAL_STATE");
  });

  it("keeps what is confirmed within 30 days and ends the rest", async () => {
    const student = await studentClient();
    const build = () =>
      buildGuardianLink(db, { studentId: student.userId, status: "VERIFIED", verifiedAt: new Date("2020-01-01") });
    const [kept, forgotten] = [await build(), await build()];
    const late = await buildGuardianLink(db, { studentId: student.userId, status: "VERIFIED" });
    await student.client.data(BIRTH, { birthDate: yearsAgo(19) });
    await eventually(
      async () => (await db.guardianLink.findUnique({ where: { id: kept.id } }))?.confirmBy ?? undefined,
    );
    expect((await db.guardianLink.findUnique({ where: { id: late.id } }))?.confirmBy).toBeNull();
    await student.client.data(move("confirmGuardianLink"), { id: kept.id });
    expect((await student.client.run(move("confirmGuardianLink"), { id: kept.id })).errors[0]?.code).toBe(
      "ILLEGAL_STATE",
    );

    now = new Date(Date.now() + 31 * DAY);
    await test.owner.query("update graphile_worker._private_jobs set run_at = now() where key like $1", [
      `%end-unconfirmed:${student.userId}`,
    ]);
    await eventually(async () => {
      const link = await db.guardianLink.findUnique({ where: { id: forgotten.id } });
      return link?.status === "REVOKED" ? link : undefined;
    });
    const links = await db.guardianLink.findMany({ where: { studentId: student.userId }, orderBy: { id: "asc" } });
    expect(links.map(({ id, status, endReason }) => [id, status, endReason])).toEqual([
      [kept.id, "VERIFIED", null],
      [forgotten.id, "REVOKED", "NOT_RECONFIRMED"],
      [late.id, "VERIFIED", null],
    ]);
  });

  it("refuses births in the future", async () => {
    const { client } = await studentClient();
    const { errors } = await client.run(BIRTH, { birthDate: yearsAgo(-1) });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.birthDate" }] }]);
  });
});

describe("row level security", () => {
  it("shows nobody codes, attempts or accesses of others, without any where", async () => {
    await codeOf(await studentClient());
    const guardian = await guardianClient();
    await guardian.client.run(REDEEM, { code: "22222222" });
    const statements = ["pairing_codes", "guardian_attempts", "guardian_accesses"].map(
      (table) => `select * from ${table}`,
    );
    expect(await test.rowsAs(guardian.client.viewer, statements)).toEqual([[], [], []]);
  });
});
