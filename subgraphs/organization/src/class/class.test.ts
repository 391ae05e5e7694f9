import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildClass,
  buildEnrollment,
  buildOrganization,
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

interface Classes {
  classes: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: {
      node: { id: string; name: string; students: { totalCount: number; edges: { node: { fullName: string } }[] } };
    }[];
  };
}
const CLASSES = `query ($first: Int, $after: String) {
  classes(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id name studentCount students(first: 2) { totalCount edges { node { fullName } } } } }
  }
}`;
const CLASS = `query ($id: ID!) { class(id: $id) { id } }`;

function staff(organizationId: string, role: "ADMIN" | "TEACHER", userId?: string) {
  return buildViewer({
    role,
    organizationId,
    staff: true,
    permissions: permissionsOf(role),
    ...(userId && { userId }),
  });
}

describe("000-50: classes", () => {
  it("are listed by name, page by page, each with its students by name", async () => {
    const { id: organizationId } = await buildOrganization(db);
    for (const name of ["XII IPA 2", "XII IPA 1", "XII IPS 1"]) {
      const { id: classId } = await buildClass(db, { organizationId, name });
      for (const fullName of ["Citra", "Agus", "Bayu"]) {
        const student = await buildUser(db, { fullName });
        await buildEnrollment(db, { organizationId, classId, studentId: student.id });
      }
    }
    const client = test.as(staff(organizationId, "ADMIN"));
    const first = (await client.data<Classes>(CLASSES, { first: 2 })).classes;
    const second = (await client.data<Classes>(CLASSES, { first: 2, after: first.pageInfo.endCursor })).classes;
    expect([...first.edges, ...second.edges].map(({ node }) => node.name)).toEqual([
      "XII IPA 1",
      "XII IPA 2",
      "XII IPS 1",
    ]);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([3, true, false]);
    expect(first.edges[0]!.node).toMatchObject({
      studentCount: 3,
      students: { totalCount: 3, edges: [{ node: { fullName: "Agus" } }, { node: { fullName: "Bayu" } }] },
    });
  });

  it("take the same number of statements for one class and for many", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const client = test.as(staff(organizationId, "ADMIN"));
    const countWith = async (classes: number): Promise<number> => {
      for (let index = 0; index < classes; index++) {
        const { id: classId } = await buildClass(db, { organizationId });
        await buildEnrollment(db, { organizationId, classId });
      }
      return (await test.statementsOf(() => client.data(CLASSES, { first: 100 }))).length;
    };
    const few = await countWith(1);
    expect(await countWith(12)).toBe(few);
  });

  it("a teacher sees only those they teach", async () => {
    const teacher = await buildUser(db, { role: "TEACHER" });
    const taught = await buildClass(db, { teacherIds: [teacher.id] });
    const other = await buildClass(db, { organizationId: taught.organizationId });
    const client = test.as(staff(taught.organizationId, "TEACHER", teacher.id));
    expect((await client.data<Classes>(CLASSES)).classes.edges.map(({ node }) => node.id)).toEqual([taught.id]);
    expect((await client.run(CLASS, { id: other.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("of another school are not found, and row level security hides them without any where", async () => {
    const theirs = await buildClass(db);
    await buildEnrollment(db, { classId: theirs.id, organizationId: theirs.organizationId });
    const mine = await buildOrganization(db);
    const viewer = staff(mine.id, "ADMIN");
    expect((await test.as(viewer).run(CLASS, { id: theirs.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const rows = await test.rowsAs(viewer, [
      "select * from classes",
      "select * from enrollments",
      "select * from class_teachers",
    ]);
    expect(rows).toEqual([[], [], []]);
  });

  it("a student sees their own class and not who else is in it", async () => {
    const { studentId, classId, organizationId } = await buildEnrollment(db);
    const client = test.as(buildViewer({ userId: studentId, organizationId }));
    expect((await client.run(CLASS, { id: classId })).errors).toEqual([]);
    const { errors } = await client.run("query ($id: ID!) { class(id: $id) { students(first: 1) { totalCount } } }", {
      id: classId,
    });
    expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("have no malformed ids and no made-up cursors", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const client = test.as(staff(organizationId, "ADMIN"));
    expect((await client.run(CLASS, { id: "x" })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const after = Buffer.from(JSON.stringify(["XII", "x"])).toString("base64url");
    expect((await client.run(CLASSES, { after })).errors[0]!.code).not.toBeUndefined();
  });

  it("need signing in", async () => {
    expect((await test.as(anonymous).run(CLASSES)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });
});

describe("organizations", () => {
  it("are all visible to the platform's admins, and to others only their own", async () => {
    const mine = await buildOrganization(db);
    await buildOrganization(db);
    const query = "{ organizations(first: 100) { totalCount edges { node { id memberCount studentCount } } } }";
    const platform = buildViewer({ role: "PLATFORM_ADMIN", permissions: permissionsOf("PLATFORM_ADMIN") });
    const all = await test.as(platform).data<{ organizations: { totalCount: number } }>(query);
    expect(all.organizations.totalCount).toBeGreaterThanOrEqual(2);
    const own = await test
      .as(staff(mine.id, "ADMIN"))
      .data<{ organizations: { edges: { node: { id: string } }[] } }>(query);
    expect(own.organizations.edges.map(({ node }) => node.id)).toEqual([mine.id]);
  });

  it("in numbers are for the platform's admins", async () => {
    const query = "{ platformOverview { organizationCount userCount studentCount } }";
    const { errors } = await test.as(buildViewer({ role: "ADMIN", permissions: permissionsOf("ADMIN") })).run(query);
    expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const platform = buildViewer({ role: "PLATFORM_ADMIN", permissions: permissionsOf("PLATFORM_ADMIN") });
    const { rows } = await test.owner.query<{ count: number }>("select count(*)::int from organizations");
    expect(await test.as(platform).data(query)).toMatchObject({
      platformOverview: { organizationCount: rows[0]!.count },
    });
  });
});
