import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildClass,
  buildEnrollment,
  buildGuardianLink,
  buildMembership,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const USER = `query ($id: ID!) { user(id: $id) { id fullName email viewerAccess { viewProfile viewScores setGoals } } }`;

function staffViewer(organizationId: string, role: "ADMIN" | "TEACHER" | "VIEWER" | "STAFF", userId?: string) {
  return buildViewer({
    role,
    organizationId,
    staff: true,
    permissions: permissionsOf(role),
    ...(userId && { userId }),
  });
}

describe("viewer", () => {
  it("is null for nobody", async () => {
    expect(await test.as(anonymous).data("{ viewer { id } }")).toEqual({ viewer: null });
  });

  it("is the caller with their permissions, organization and e-mail", async () => {
    const { userId, organizationId } = await buildMembership(db, { role: "ADMIN" });
    const { email } = await buildAccount(db, { userId });
    const { viewer } = await test
      .as(staffViewer(organizationId, "ADMIN", userId))
      .data<{ viewer: object }>("{ viewer { id email permissions organization { id } children { id } } }");
    expect(viewer).toEqual({
      id: userId,
      email,
      permissions: permissionsOf("ADMIN"),
      organization: { id: organizationId },
      children: [],
    });
  });
});

describe("000-44: a guardian", () => {
  it("sees verified children with the permissions of each link, and no others", async () => {
    const guardian = await buildUser(db, { role: "GUARDIAN" });
    const verified = await buildGuardianLink(db, { guardianId: guardian.id, status: "VERIFIED", viewStudyTime: false });
    await buildGuardianLink(db, { guardianId: guardian.id, status: "PENDING" });
    await buildGuardianLink(db, { status: "VERIFIED" });
    const { viewer } = await test
      .as(buildViewer({ role: "GUARDIAN", userId: guardian.id }))
      .data<{ viewer: object }>(
        "{ viewer { children { status permissions { viewScores viewStudyTime } student { id viewerAccess { viewScores viewStudyTime } } } } }",
      );
    expect(viewer).toEqual({
      children: [
        {
          status: "VERIFIED",
          permissions: { viewScores: true, viewStudyTime: false },
          student: { id: verified.studentId, viewerAccess: { viewScores: true, viewStudyTime: false } },
        },
      ],
    });
  });

  it("does not find a child whose link is pending, rejected, revoked or not there", async () => {
    const guardian = await buildUser(db, { role: "GUARDIAN" });
    for (const status of ["PENDING", "REJECTED", "REVOKED"] as const) {
      const { studentId } = await buildGuardianLink(db, { guardianId: guardian.id, status });
      const { errors } = await test.as(buildViewer({ userId: guardian.id })).run(USER, { id: studentId });
      expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    }
    const stranger = await buildUser(db);
    const { errors } = await test.as(buildViewer({ userId: guardian.id })).run(USER, { id: stranger.id });
    const missing = await test
      .as(buildViewer({ userId: guardian.id }))
      .run(USER, { id: guardian.id.replace(/.$/, "0") });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(missing.errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("row level security hides others' links without any where", async () => {
    await buildGuardianLink(db, { status: "VERIFIED" });
    const rows = await test.rowsAs(buildViewer(), ["select * from guardian_links"]);
    expect(rows).toEqual([[]]);
  });
});

describe("staff (000-50)", () => {
  it("of the organization see its students, others do not", async () => {
    const { studentId, organizationId } = await buildEnrollment(db);
    const { email } = await buildAccount(db, { userId: studentId });
    const { user } = await test
      .as(staffViewer(organizationId, "ADMIN"))
      .data<{ user: object }>(USER, { id: studentId });
    expect(user).toMatchObject({ email, viewerAccess: { viewProfile: true, viewScores: true, setGoals: true } });
    const other = await buildMembership(db, { role: "ADMIN" });
    const { errors } = await test.as(staffViewer(other.organizationId, "ADMIN")).run(USER, { id: studentId });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("a teacher sees the students of own classes only", async () => {
    const teacher = await buildUser(db, { role: "TEACHER" });
    const taught = await buildClass(db, { teacherIds: [teacher.id] });
    const untaught = await buildClass(db, { organizationId: taught.organizationId });
    const mine = await buildEnrollment(db, { classId: taught.id, organizationId: taught.organizationId });
    const theirs = await buildEnrollment(db, { classId: untaught.id, organizationId: taught.organizationId });
    const client = test.as(staffViewer(taught.organizationId, "TEACHER", teacher.id));
    expect((await client.run(USER, { id: mine.studentId })).errors).toEqual([]);
    expect((await client.run(USER, { id: theirs.studentId })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("C-05: a viewer role reads and sets nothing", async () => {
    const { studentId, organizationId } = await buildEnrollment(db);
    const { user } = await test
      .as(staffViewer(organizationId, "VIEWER"))
      .data<{ user: object }>(USER, { id: studentId });
    expect(user).toMatchObject({ viewerAccess: { viewProfile: true, viewScores: true, setGoals: false } });
    expect(permissionsOf("VIEWER").filter((permission) => !permission.endsWith(":read"))).toEqual([]);
  });

  it("of a former student see nothing", async () => {
    const { studentId, organizationId } = await buildEnrollment(db, { status: "TRANSFERRED" });
    const { errors } = await test.as(staffViewer(organizationId, "ADMIN")).run(USER, { id: studentId });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});

describe("as an entity", () => {
  const ENTITIES = `query ($people: [_Any!]!) {
    _entities(representations: $people) { ... on User { id fullName email viewerAccess { viewScores } } }
  }`;

  it("answers for any number of people with the same number of statements", async () => {
    const guardian = await buildUser(db, { role: "GUARDIAN" });
    const people = await Promise.all(
      Array.from({ length: 30 }, () => buildGuardianLink(db, { guardianId: guardian.id, status: "VERIFIED" })),
    );
    const client = test.as(buildViewer({ userId: guardian.id }));
    const references = people.map(({ studentId }) => ({ __typename: "User", id: studentId }));
    const readsFor = async (people: object[]) =>
      (await test.statementsOf(() => client.data(ENTITIES, { people }))).filter(
        (text) => !text.includes("guardian_accesses"),
      );
    const one = await readsFor(references.slice(0, 1));
    const many = await readsFor(references);
    expect(many.length).toBe(one.length);
    expect(many.length).toBeLessThanOrEqual(4);
  });

  it("tells a signed-in stranger the name and nothing else", async () => {
    const stranger = await buildUser(db, { fullName: "Sari Wulandari" });
    await buildAccount(db, { userId: stranger.id });
    const { _entities } = await test
      .as(buildViewer())
      .data<{ _entities: object[] }>(ENTITIES, { people: [{ __typename: "User", id: stranger.id }] });
    expect(_entities).toEqual([
      { id: stranger.id, fullName: "Sari Wulandari", email: null, viewerAccess: { viewScores: false } },
    ]);
  });

  it("tells nobody who is not signed in even the name", async () => {
    const stranger = await buildUser(db);
    const { errors } = await test.as(anonymous).run(ENTITIES, { people: [{ __typename: "User", id: stranger.id }] });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});
