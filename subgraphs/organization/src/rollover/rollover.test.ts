import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { buildClass, buildEnrollment, buildOrganization, connectOrganization } from "@lentera/prisma/factories";
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

const FIELDS = `rollover {
  id appliedAt movingCount graduatingCount classes { name toName studentCount } conflicts { code className }
  moves { totalCount edges { node { toClassName student { id } } } }
}`;
const PREVIEW = `mutation ($classes: [RolloverClassInput!]) {
  previewRollover(input: { fromAcademicYear: "2026/2027", toAcademicYear: "2027/2028", classes: $classes }) { ${FIELDS} }
}`;
const APPLY = `mutation ($id: ID!) { applyRollover(input: { rolloverId: $id }) { ${FIELDS} } }`;
interface Preview {
  previewRollover: { rollover: { id: string; conflicts: object[] } };
}

/** A school with X A (2 students) and XII A (1 student, 1 former). */
async function school() {
  const { id: organizationId } = await buildOrganization(db);
  const x = await buildClass(db, { organizationId, name: "X A", gradeLevel: "10", capacity: 2 });
  const xii = await buildClass(db, { organizationId, name: "XII A", gradeLevel: "12" });
  const young = [
    await buildEnrollment(db, { organizationId, classId: x.id }),
    await buildEnrollment(db, { organizationId, classId: x.id }),
  ];
  const old = await buildEnrollment(db, { organizationId, classId: xii.id });
  const former = await buildEnrollment(db, { organizationId, classId: xii.id, status: "TRANSFERRED" });
  return { organizationId, x, xii, young, old, former, admin: test.as(staffViewer(organizationId, "ADMIN")) };
}
async function enrollmentsOf(organizationId: string) {
  const { rows } = await test.owner.query<{ id: string; status: string; name: string; year: string }>(
    `select e.id, e.status, c.name, c.academic_year as year from enrollments e join classes c on c.id = e.class_id
     where e.organization_id = $1 order by e.id`,
    [organizationId],
  );
  return rows;
}

describe("000-50: the change of the year", () => {
  it("is previewed without changing anything, and applied as previewed, once", async () => {
    const { organizationId, young, old, former, admin } = await school();
    const before = await enrollmentsOf(organizationId);
    const preview = await admin.data<Preview>(PREVIEW);
    expect(preview.previewRollover.rollover).toMatchObject({
      appliedAt: null,
      movingCount: 2,
      graduatingCount: 1,
      conflicts: [],
      moves: { totalCount: 3 },
      classes: [
        { name: "X A", toName: "XI A", studentCount: 2 },
        { name: "XII A", toName: null, studentCount: 1 },
      ],
    });
    expect(await enrollmentsOf(organizationId)).toEqual(before);
    const { id } = preview.previewRollover.rollover;
    const applied = await admin.data(APPLY, { id });
    expect(applied).toMatchObject({ applyRollover: { rollover: { appliedAt: expect.any(String) } } });
    expect(await enrollmentsOf(organizationId)).toEqual(
      [
        ...young.map((each) => ({ id: each.id, status: "ACTIVE", name: "XI A", year: "2027/2028" })),
        { id: old.id, status: "GRADUATED", name: "XII A", year: "2026/2027" },
        { id: former.id, status: "TRANSFERRED", name: "XII A", year: "2026/2027" },
      ].toSorted((one, two) => (one.id < two.id ? -1 : 1)),
    );
    expect(await admin.data(APPLY, { id })).toEqual(applied);
    const classes = await admin.data("{ classes(isActive: true) { edges { node { name academicYear } } } }");
    expect(classes).toEqual({ classes: { edges: [{ node: { name: "XI A", academicYear: "2027/2028" } }] } });
  });

  it("is refused when students or classes have changed since", async () => {
    const { organizationId, xii, x, admin } = await school();
    const changes = [
      () => buildEnrollment(db, { organizationId, classId: xii.id }),
      () => test.owner.query("update classes set capacity = 9 where id = $1", [x.id]),
      () => buildClass(db, { organizationId, academicYear: "2027/2028" }),
    ];
    for (const change of changes) {
      const { id } = (await admin.data<Preview>(PREVIEW)).previewRollover.rollover;
      await change();
      expect((await admin.run(APPLY, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    }
    const { id } = (await admin.data<Preview>(PREVIEW)).previewRollover.rollover;
    expect((await admin.run(APPLY, { id })).errors).toEqual([]);
  });

  it("names what stands in the way, and is not applied until it is solved", async () => {
    const { organizationId, x, admin } = await school();
    const second = await buildClass(db, { organizationId, name: "X B", gradeLevel: "10", capacity: 2 });
    await buildEnrollment(db, { organizationId, classId: second.id });
    const classes = [{ classId: second.id, toName: "XI A" }];
    const { id, conflicts } = (await admin.data<Preview>(PREVIEW, { classes })).previewRollover.rollover;
    expect(conflicts).toEqual([{ code: "CLASS_FULL", className: "XI A" }]);
    expect((await admin.run(APPLY, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const foreign = await buildClass(db);
    const wrong = await admin.run(PREVIEW, { classes: [{ classId: x.id }, { classId: foreign.id }] });
    expect(wrong.errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.classes.1.classId" }] }]);
  });

  it("is for the management of the school alone", async () => {
    const { organizationId, admin } = await school();
    const { id } = (await admin.data<Preview>(PREVIEW)).previewRollover.rollover;
    const teacher = test.as(staffViewer(organizationId, "TEACHER"));
    expect((await teacher.run(PREVIEW)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const stranger = staffViewer((await buildOrganization(db)).id, "ADMIN");
    expect((await test.as(stranger).run(APPLY, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await test.rowsAs(stranger, ["select * from rollovers", "select * from rollover_moves"])).toEqual([[], []]);
  });
});
