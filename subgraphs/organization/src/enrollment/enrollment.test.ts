import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildClass,
  buildEnrollment,
  buildMembership,
  buildOrganization,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { staffViewer } from "../testing/viewers.js";

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

const ENROLL = `mutation ($input: EnrollStudentInput!) {
  enrollStudent(input: $input) { enrollment { id status class { id } student { id fullName email } } }
}`;
const ANSWER = `mutation ($id: ID!, $yes: Boolean!) { answerEnrollment(input: { enrollmentId: $id, isAccepted: $yes }) { enrollment { status } } }`;
const TRANSFER = `mutation ($id: ID!, $classId: ID!) { transferStudent(input: { enrollmentId: $id, classId: $classId }) { enrollment { class { id } } } }`;
const END = `mutation ($id: ID!, $status: EnrollmentStatus!) { endEnrollment(input: { enrollmentId: $id, status: $status }) { enrollment { status endedAt } } }`;
const RESUME = `mutation ($id: ID!) { resumeEnrollment(input: { enrollmentId: $id }) { enrollment { status } } }`;
const STUDENTS = `query ($filter: StudentFilter, $orderBy: StudentOrder! = NAME, $first: Int, $after: String) {
  students(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id status class { name } student { fullName email } } }
  }
}`;
interface Students {
  students: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { id: string; status: string; student: { fullName: string; email: string } | null } }[];
  };
}
interface Enrolled {
  enrollStudent: { enrollment: { id: string; status: string; student: { id: string } | null } };
}
let made = 0;
const input = (over: object = {}) => {
  const number = (made += 1);
  const defaults = { email: `siswa${number}@example.test`, fullName: `Siswa ${number}`, idempotencyKey: `${number}` };
  return { input: { ...defaults, ...over } };
};

describe("000-50: classes", () => {
  const CREATE = `mutation ($input: CreateClassInput!) { createClass(input: $input) { class { id name capacity isActive teachers { id } } } }`;
  const UPDATE = `mutation ($input: UpdateClassInput!) { updateClass(input: $input) { class { name capacity isActive } } }`;
  const ASSIGN = `mutation ($input: AssignTeachersInput!) { assignTeachers(input: $input) { class { teachers { id } } } }`;
  const xii = { name: "XII IPA 1", gradeLevel: "12", academicYear: "2026/2027" };

  it("are created once per key and name, with teachers of the staff only", async () => {
    const { userId, organizationId } = await buildMembership(db);
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const first = { input: { ...xii, teacherIds: [userId], idempotencyKey: "1" } };
    const created = await admin.data<{ createClass: { class: { id: string } } }>(CREATE, first);
    expect(created).toMatchObject({
      createClass: { class: { capacity: 40, isActive: true, teachers: [{ id: userId }] } },
    });
    expect(await admin.data(CREATE, first)).toEqual(created);
    const same = await admin.run(CREATE, { input: { ...xii, idempotencyKey: "2" } });
    expect(same.errors).toMatchObject([{ code: "RESOURCE_ALREADY_EXISTS", details: [{ path: "input.name" }] }]);
    const stranger = await buildMembership(db);
    const wrong = await admin.run(CREATE, {
      input: { ...xii, name: "B", teacherIds: [stranger.userId], idempotencyKey: "3" },
    });
    expect(wrong.errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.teacherIds.0" }] }]);
    const bad = await admin.run(CREATE, {
      input: { ...xii, name: " ", academicYear: "2026", capacity: 0, idempotencyKey: "4" },
    });
    expect((bad.errors[0]!.details as { path: string }[]).map(({ path }) => path)).toEqual([
      "input.name",
      "input.academicYear",
      "input.capacity",
    ]);
    const teacher = await test.as(staffViewer(organizationId, "TEACHER")).run(CREATE, first);
    expect(teacher.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("get other teachers, who see them from then on, and never fewer seats than students", async () => {
    const old = await buildMembership(db);
    const { organizationId } = old;
    const next = await buildMembership(db, { organizationId });
    const { id: classId } = await buildClass(db, { organizationId, teacherIds: [old.userId] });
    await buildEnrollment(db, { organizationId, classId });
    await buildEnrollment(db, { organizationId, classId });
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    await admin.data(ASSIGN, { input: { classId, teacherIds: [next.userId] } });
    const query = "query ($id: ID!) { class(id: $id) { teachers { id } } }";
    const before = await test.as(staffViewer(organizationId, "TEACHER", old.userId)).run(query, { id: classId });
    expect(before.errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await test.as(staffViewer(organizationId, "TEACHER", next.userId)).data(query, { id: classId })).toEqual({
      class: { teachers: [{ id: next.userId }] },
    });
    const small = await admin.run(UPDATE, { input: { classId, capacity: 1 } });
    expect(small.errors).toMatchObject([{ code: "LIMIT_EXCEEDED", details: [{ path: "class.capacity" }] }]);
    expect(await admin.data(UPDATE, { input: { classId, capacity: 2, isActive: false } })).toMatchObject({
      updateClass: { class: { capacity: 2, isActive: false } },
    });
    const strangers = test.as(staffViewer((await buildOrganization(db)).id, "ADMIN"));
    expect((await strangers.run(UPDATE, { input: { classId, name: "x" } })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    const taken = { input: { classId, teacherIds: [] } };
    expect((await strangers.run(ASSIGN, taken)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});

describe("000-51: enrollment", () => {
  it("003-47: of somebody new is active at once, once per key", async () => {
    const { id: classId, organizationId } = await buildClass(db);
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const variables = input({ classId, email: "Dewi.Lestari@Example.test", fullName: "Dewi Lestari" });
    const first = await admin.data<Enrolled>(ENROLL, variables);
    expect(first.enrollStudent.enrollment).toMatchObject({
      status: "ACTIVE",
      class: { id: classId },
      student: { fullName: "Dewi Lestari", email: "dewi.lestari@example.test" },
    });
    expect(await admin.data(ENROLL, variables)).toEqual(first);
    const again = await admin.run(ENROLL, { input: { ...variables.input, idempotencyKey: "other" } });
    expect(again.errors).toMatchObject([{ code: "RESOURCE_ALREADY_EXISTS" }]);
    const { rows } = await test.owner.query("select 1 from accounts where email = 'dewi.lestari@example.test'");
    expect(rows).toHaveLength(1);
  });

  it("of somebody with an account waits for their answer, and tells the organization nothing of them until then", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const student = await buildUser(db, { fullName: "Rahasia Sekali" });
    const { email } = await buildAccount(db, { userId: student.id });
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const invited = await admin.data<Enrolled>(ENROLL, input({ email }));
    const { id, status } = invited.enrollStudent.enrollment;
    expect(status).toBe("INVITED");
    const seen = [invited, await admin.data(STUDENTS), await admin.data(STUDENTS, { filter: { search: "Rahasia" } })];
    expect(JSON.stringify(seen)).not.toMatch(/Rahasia/);
    expect(await test.rowsAs(admin.viewer, [`select email from accounts where user_id = '${student.id}'`])).toEqual([
      [],
    ]);
    const self = test.as(buildViewer({ userId: student.id }));
    const query =
      "{ enrollmentInvitations { totalCount edges { node { id organizationName student { fullName } } } } }";
    expect(await self.data(query)).toMatchObject({
      enrollmentInvitations: { totalCount: 1, edges: [{ node: { id } }] },
    });
    const stranger = await test.as(buildViewer()).run(ANSWER, { id, yes: true });
    expect(stranger.errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await self.data(ANSWER, { id, yes: true })).toEqual({
      answerEnrollment: { enrollment: { status: "ACTIVE" } },
    });
    expect((await self.run(ANSWER, { id, yes: false })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect(JSON.stringify(await admin.data(STUDENTS))).toMatch(/Rahasia/);
  });

  it("that was declined is gone, and does not come back without being asked", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const { userId, email } = await buildAccount(db);
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const { enrollStudent } = await admin.data<Enrolled>(ENROLL, input({ email }));
    const declined = { id: enrollStudent.enrollment.id, yes: false };
    expect(await test.as(buildViewer({ userId })).data(ANSWER, declined)).toEqual({
      answerEnrollment: { enrollment: null },
    });
    expect((await admin.run(RESUME, { id: declined.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const second = await admin.data<Enrolled>(ENROLL, input({ email }));
    expect(second.enrollStudent.enrollment.status).toBe("INVITED");
    expect(await admin.data(END, { id: second.enrollStudent.enrollment.id, status: "INACTIVE" })).toEqual({
      endEnrollment: { enrollment: null },
    });
  });

  it("for the last seat of a class: of 20 at once exactly one wins", async () => {
    const { id: classId, organizationId } = await buildClass(db, { capacity: 3 });
    for (let index = 0; index < 2; index++) await buildEnrollment(db, { organizationId, classId });
    await expectOneWinner(organizationId, { classId }, "class.capacity");
    const seated = await test.owner.query("select 1 from enrollments where class_id = $1", [classId]);
    expect(seated.rowCount).toBe(3);
  });

  it("for the last place of the quota: of 20 at once exactly one wins, and only active students count", async () => {
    const { id: organizationId } = await buildOrganization(db, { maxStudents: 3 });
    for (const status of ["ACTIVE", "ACTIVE", "GRADUATED", "TRANSFERRED", "INACTIVE"] as const)
      await buildEnrollment(db, { organizationId, status });
    await expectOneWinner(organizationId, {}, "organization.maxStudents");
  });

  async function expectOneWinner(organizationId: string, over: object, path: string): Promise<void> {
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const results = await Promise.all(Array.from({ length: 20 }, () => admin.run(ENROLL, input(over))));
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    const refused = results.filter(({ errors }) => errors.length > 0);
    expect(refused.map(({ errors: [error] }) => error)).toMatchObject(
      Array.from({ length: 19 }, () => ({ code: "LIMIT_EXCEEDED", details: [{ path }] })),
    );
  }

  it("beyond quota and capacity is refused by the database, too, whoever writes", async () => {
    const { id: organizationId } = await buildOrganization(db, { maxStudents: 1 });
    await buildEnrollment(db, { organizationId });
    await expect(buildEnrollment(db, { organizationId })).rejects.toThrow("quota");
    const { id: classId, organizationId: other } = await buildClass(db, { capacity: 1 });
    await buildEnrollment(db, { organizationId: other, classId });
    const left = await buildEnrollment(db, { organizationId: other, classId, status: "INACTIVE" });
    await expect(test.owner.query("update enrollments set status = 'ACTIVE' where id = $1", [left.id])).rejects.toThrow(
      "more active students than fit",
    );
  });

  it("moves to another class with a free seat, ends, and resumes", async () => {
    const from = await buildClass(db);
    const { organizationId } = from;
    const to = await buildClass(db, { organizationId, capacity: 1 });
    const one = await buildEnrollment(db, { organizationId, classId: from.id });
    const two = await buildEnrollment(db, { organizationId, classId: from.id });
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    expect(await admin.data(TRANSFER, { id: one.id, classId: to.id })).toEqual({
      transferStudent: { enrollment: { class: { id: to.id } } },
    });
    expect((await admin.run(TRANSFER, { id: two.id, classId: to.id })).errors).toMatchObject([
      { code: "LIMIT_EXCEEDED" },
    ]);
    const foreign = await buildClass(db);
    expect((await admin.run(TRANSFER, { id: two.id, classId: foreign.id })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    await admin.data(END, { id: one.id, status: "INACTIVE" });
    expect((await admin.run(END, { id: one.id, status: "GRADUATED" })).errors).toMatchObject([
      { code: "ILLEGAL_STATE" },
    ]);
    expect((await admin.run(END, { id: two.id, status: "ACTIVE" })).errors).toMatchObject([
      { code: "VALIDATION_ERROR" },
    ]);
    await admin.data(TRANSFER, { id: two.id, classId: to.id });
    expect((await admin.run(RESUME, { id: one.id })).errors).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
    await admin.data(END, { id: two.id, status: "TRANSFERRED" });
    expect(await admin.data(RESUME, { id: one.id })).toEqual({
      resumeEnrollment: { enrollment: { status: "ACTIVE" } },
    });
  });

  it("needs permission, and the feature STUDENT_MANAGEMENT", async () => {
    const { id } = await buildOrganization(db, { features: { STUDENT_MANAGEMENT: false } });
    const off = await test.as(staffViewer(id, "ADMIN")).run(ENROLL, input());
    expect(off.errors).toMatchObject([
      { code: "LIMIT_EXCEEDED", details: [{ path: "organization.features.STUDENT_MANAGEMENT" }] },
    ]);
    for (const role of ["VIEWER", "TEACHER"] as const) {
      const { errors } = await test.as(staffViewer(id, role)).run(ENROLL, input());
      expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
  });
});

describe("000-55: the list of students", () => {
  it("is filtered, searched, sorted and paged", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const { id: classId } = await buildClass(db, { organizationId, name: "XII A" });
    for (const fullName of ["Citra 50%", "Agus", "Bayu"]) {
      const student = await buildUser(db, { fullName });
      await buildAccount(db, { userId: student.id });
      await buildEnrollment(db, { organizationId, classId, studentId: student.id });
    }
    const former = await buildUser(db, { fullName: "Zaki" });
    await buildEnrollment(db, { organizationId, studentId: former.id, status: "GRADUATED" });
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const names = async (variables: object): Promise<(string | undefined)[]> =>
      (await admin.data<Students>(STUDENTS, { ...variables })).students.edges.map(({ node }) => node.student?.fullName);
    expect(await names({})).toEqual(["Agus", "Bayu", "Citra 50%", "Zaki"]);
    expect(await names({ orderBy: "NEWEST" })).toEqual(["Zaki", "Bayu", "Agus", "Citra 50%"]);
    expect(await names({ filter: { classId } })).toEqual(["Agus", "Bayu", "Citra 50%"]);
    expect(await names({ filter: { status: "GRADUATED" } })).toEqual(["Zaki"]);
    expect(await names({ filter: { search: "a%" } })).toEqual([]);
    expect(await names({ filter: { search: "50%" } })).toEqual(["Citra 50%"]);
    for (const orderBy of ["NAME", "NEWEST"]) {
      const all: unknown[] = [];
      let after: string | null = null;
      for (let page = 0; page < 4; page++) {
        const { students }: Students = await admin.data<Students>(STUDENTS, { first: 1, after, orderBy });
        all.push(students.edges[0]!.node.student?.fullName);
        expect([students.totalCount, students.pageInfo.hasNextPage]).toEqual([4, page < 3]);
        after = students.pageInfo.endCursor;
      }
      expect(all).toEqual(await names({ orderBy }));
    }
  });

  it("takes the same number of statements for few and for many", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const admin = test.as(staffViewer(organizationId, "ADMIN"));
    const countWith = async (more: number): Promise<number> => {
      for (let index = 0; index < more; index++) await buildEnrollment(db, { organizationId });
      return (await test.statementsOf(() => admin.data(STUDENTS, { first: 100 }))).length;
    };
    const few = await countWith(1);
    expect(await countWith(6)).toBe(few);
  });

  it("shows a teacher the own classes, and students and strangers nothing", async () => {
    const { userId, organizationId } = await buildMembership(db);
    const { id: classId } = await buildClass(db, { organizationId, teacherIds: [userId] });
    const mine = await buildEnrollment(db, { organizationId, classId });
    const theirs = await buildEnrollment(db, { organizationId });
    const teacher = test.as(staffViewer(organizationId, "TEACHER", userId));
    const { students } = await teacher.data<Students>(STUDENTS);
    expect([students.totalCount, students.edges.map(({ node }) => node.id)]).toEqual([1, [mine.id]]);
    const student = await test.as(buildViewer({ userId: theirs.studentId, organizationId })).run(STUDENTS);
    expect(student.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const strangers = test.as(staffViewer((await buildOrganization(db)).id, "ADMIN"));
    expect(await strangers.data(STUDENTS, { filter: { classId } })).toMatchObject({ students: { edges: [] } });
  });
});
