import { describe, expect, it } from "vitest";
import type { Population } from "./census.js";
import { buildBigPopulation, buildWorld, schoolSizes } from "./world.js";

const now = new Date("2026-11-20T00:00:00Z");
const world = buildWorld({ now });
const ofRole = (role: string) => world.people.filter((person) => person.role === role);

function sizes(population: Population): number[] {
  return population.classes.map(({ id }) => population.enrollments.filter(({ classId }) => classId === id).length);
}

function expectClosed(population: Population): void {
  const people = new Set(population.people.map(({ id }) => id));
  const organizations = new Set(population.organizations.map(({ id }) => id));
  const classes = new Map(population.classes.map(({ id, organizationId }) => [id, organizationId]));
  for (const { organizationId, teacherIds } of population.classes) {
    expect(organizations).toContain(organizationId);
    for (const teacherId of teacherIds) expect(people).toContain(teacherId);
  }
  for (const { organizationId, classId, studentId } of population.enrollments) {
    expect(classes.get(classId)).toBe(organizationId);
    expect(people).toContain(studentId);
  }
  for (const { organizationId, userId } of population.memberships) {
    expect(organizations).toContain(organizationId);
    expect(people).toContain(userId);
  }
  for (const { guardianId, studentId } of population.guardianLinks) {
    expect(people).toContain(guardianId);
    expect(people).toContain(studentId);
  }
}

function expectUnique(values: readonly unknown[]): void {
  expect(new Set(values).size).toBe(values.length);
}

describe("the demo world", () => {
  it("has the people and places that the demo promises", () => {
    expect(world.organizations.map(({ name, kind, status }) => [name, kind, status])).toEqual([
      ["SMA Nusantara", "SCHOOL", "ACTIVE"],
      ["Bimbel Cendekia", "TUTORING_CENTER", "TRIAL"],
    ]);
    expect(ofRole("STUDENT")).toHaveLength(240);
    expect(ofRole("GUARDIAN")).toHaveLength(60);
    expect(ofRole("TEACHER")).toHaveLength(12);
    expect(ofRole("VIEWER")).toHaveLength(1);
    expect(ofRole("TUTOR").length).toBeGreaterThanOrEqual(20);
    expect(sizes(world)).toEqual([35, 35, 35, 35, 35, 22, 21, 22]);
    expect(new Set(world.classes.map(({ academicYear }) => academicYear))).toEqual(new Set(["2026/2027"]));
  });

  it("refers only to what is in it, and has nothing twice", () => {
    expectClosed(world);
    expectUnique(world.people.map(({ id }) => id));
    expectUnique(world.people.map(({ email }) => email.toLowerCase()));
    expectUnique(world.enrollments.map(({ studentId }) => studentId));
    expectUnique(world.guardianLinks.map(({ guardianId, studentId }) => `${guardianId}/${studentId}`));
    for (const { email } of world.people) expect(email).toMatch(/^[a-z.0-9]+@[a-z.0-9-]+\.test$/);
  });

  it("names the people a visitor signs in as, and ties them together", () => {
    const { admin, principal, teacher, student, parent, tutor, owner } = world.named;
    expect([admin, principal, teacher, student, parent, tutor, owner].map(({ email, role }) => [email, role])).toEqual([
      ["admin@lentera.test", "PLATFORM_ADMIN"],
      ["principal@nusantara.test", "ADMIN"],
      ["teacher@nusantara.test", "TEACHER"],
      ["student@nusantara.test", "STUDENT"],
      ["parent@nusantara.test", "GUARDIAN"],
      ["tutor@lentera.test", "TUTOR"],
      ["owner@warung.test", "BUSINESS_OWNER"],
    ]);
    const classId = world.enrollments.find(({ studentId }) => studentId === student.id)?.classId;
    expect(world.classes.find(({ id }) => id === classId)?.teacherIds).toContain(teacher.id);
    expect(world.guardianLinks.find(({ guardianId }) => guardianId === parent.id)).toMatchObject({
      studentId: student.id,
      status: "VERIFIED",
      viewScores: true,
    });
  });

  it("has families of several shapes: two children, two guardians, hidden scores, links that wait", () => {
    const links = world.guardianLinks;
    const largest = (key: "guardianId" | "studentId") =>
      Math.max(...[...Map.groupBy(links, (link) => link[key]).values()].map(({ length }) => length));
    expect(largest("guardianId")).toBe(2);
    expect(largest("studentId")).toBe(2);
    expect(links.filter(({ viewScores }) => !viewScores).length).toBeGreaterThan(3);
    expect(links.filter(({ status }) => status === "PENDING")).toHaveLength(5);
    expect(links.every(({ status, verifiedAt }) => (status === "VERIFIED") === (verifiedAt !== null))).toBe(true);
    expect(new Set(links.map(({ guardianId }) => guardianId)).size).toBe(60);
  });

  it("lies in the past", () => {
    const dates = [
      ...world.people.map(({ createdAt }) => createdAt),
      ...world.enrollments.map(({ enrolledAt }) => enrolledAt),
      ...world.guardianLinks.flatMap(({ createdAt, verifiedAt }) => [createdAt, verifiedAt ?? createdAt]),
    ];
    for (const date of dates) expect(date.getTime()).toBeLessThan(now.getTime());
  });

  it("has varied names: no second name is held by a tenth of the students", () => {
    const students = ofRole("STUDENT");
    const held = Map.groupBy(students, ({ fullName }) => fullName.split(" ").at(-1));
    expect(Math.max(...[...held.values()].map(({ length }) => length))).toBeLessThan(24);
    expect(new Set(students.map(({ fullName }) => fullName)).size).toBeGreaterThan(200);
  });

  it("is the same whenever it is built, has the same people on another day, and others with another seed", () => {
    const { random: _random, id: _id, ...facts } = buildWorld({ now });
    expect(world).toMatchObject(facts);
    const identities = ({ people }: Population) => people.map(({ id, fullName, email }) => [id, fullName, email]);
    expect(identities(buildWorld({ now: new Date("2027-03-01T00:00:00Z") }))).toEqual(identities(world));
    expect(buildWorld({ now, seed: "other" }).people[20]?.id).not.toBe(world.people[20]?.id);
  });

  it("gives ids of version 7 that are in order and differ by purpose", () => {
    const ids = Array.from({ length: 50 }, (_, index) => world.id("wallet", index));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.toSorted()).toEqual(ids);
    expect(world.id("wallet", 1)).toBe(ids[1]);
    expect(world.id("profile", 1)).not.toBe(ids[1]);
  });

  it("takes other numbers of students", () => {
    for (const students of [1, 10, 700]) {
      const other = buildWorld({ now, students });
      expect(other.enrollments).toHaveLength(students);
      expectClosed(other);
    }
  });
});

describe("a big school", () => {
  const school = buildBigPopulation({ index: 3, students: 1_234, now });

  it("is whole, with classes of at most 36", () => {
    expectClosed(school);
    expectUnique(school.people.map(({ email }) => email));
    expect(school.enrollments).toHaveLength(1_234);
    expect(Math.max(...sizes(school))).toBeLessThanOrEqual(36);
  });

  it("shares nobody with another one or with the demo world", () => {
    const other = buildBigPopulation({ index: 4, students: 100, now });
    expectUnique([school, other, world].flatMap(({ people }) => people.flatMap(({ id, email }) => [id, email])));
    expectUnique([school, other, world].flatMap(({ organizations }) => organizations.map(({ name }) => name)));
  });

  it("is one of as many as it takes, with 1,000 to 5,000 students each", () => {
    for (const students of [1, 999, 5_000, 5_001, 6_100, 100_000]) {
      const schools = schoolSizes(students);
      expect(schools.reduce((total, size) => total + size, 0)).toBe(students);
      expect(Math.max(...schools)).toBeLessThanOrEqual(5_000);
      expect(Math.min(...schools)).toBeGreaterThanOrEqual(Math.min(students, 1_000));
    }
    expect(schoolSizes(0)).toEqual([]);
  });
});
