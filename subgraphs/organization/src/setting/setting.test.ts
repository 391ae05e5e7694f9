import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildOrganization, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";
import { settingOf } from "./setting.service.js";

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

interface Settings {
  settings: { key: string; scope: string; value: unknown; viewerCanUpdate: boolean; updatedAt: string | null }[];
}
const SETTINGS = "{ settings { key scope value defaultValue updatedAt viewerCanUpdate } }";
const HISTORY = "{ settings { key viewerCanUpdate history(first: 5) { edges { node { oldValues newValues } } } } }";
const UPDATE = `mutation ($key: String!, $value: JSON!) {
  updateSetting(input: { key: $key, value: $value }) { setting { key value updatedAt history { totalCount edges { node { oldValues newValues actorId } } } } }
}`;
const START = "organization.academic-year-start";

function staff(organizationId: string, role: "ADMIN" | "TEACHER" = "ADMIN") {
  return test.as(buildViewer({ role, organizationId, staff: true, permissions: permissionsOf(role) }));
}
const platform = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: permissionsOf("PLATFORM_ADMIN") }));
const valueOf = ({ settings }: Settings, key: string): unknown =>
  settings.find((setting) => setting.key === key)?.value;

describe("003-75: settings", () => {
  it("have a default until somebody sets them, for one organization only", async () => {
    const [mine, theirs] = [await buildOrganization(db), await buildOrganization(db)];
    expect(valueOf(await staff(mine.id).data<Settings>(SETTINGS), START)).toBe(7);
    await staff(mine.id).data(UPDATE, { key: START, value: 1 });
    expect(valueOf(await staff(mine.id).data<Settings>(SETTINGS), START)).toBe(1);
    expect(valueOf(await staff(theirs.id).data<Settings>(SETTINGS), START)).toBe(7);
    expect([await settingOf(db, START, mine.id), await settingOf(db, START, theirs.id)]).toEqual([1, 7]);
  });

  it("of the platform are set by its admins, and everybody reads them", async () => {
    await platform().data(UPDATE, { key: "platform.announcement", value: "Ujian dimulai besok." });
    const student = test.as(buildViewer());
    expect(valueOf(await student.data<Settings>(SETTINGS), "platform.announcement")).toBe("Ujian dimulai besok.");
    expect(await settingOf(db, "platform.announcement", null)).toBe("Ujian dimulai besok.");
    const { id } = await buildOrganization(db);
    for (const client of [student, staff(id)]) {
      const { errors } = await client.run(UPDATE, { key: "platform.announcement", value: "x" });
      expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
  });

  it("003-10: keep who set them to what, for those who may change them", async () => {
    const { id } = await buildOrganization(db);
    const client = staff(id);
    await client.data(UPDATE, { key: START, value: 1 });
    const { updateSetting } = await client.data<{ updateSetting: object }>(UPDATE, { key: START, value: 8 });
    expect(updateSetting).toMatchObject({
      setting: {
        value: 8,
        history: {
          totalCount: 2,
          edges: [
            { node: { oldValues: { value: 1 }, newValues: { value: 8 }, actorId: client.viewer.userId } },
            { node: { oldValues: { value: 7 }, newValues: { value: 1 } } },
          ],
        },
      },
    });
    const { errors } = await staff(id, "TEACHER").run(HISTORY);
    expect(errors.every(({ code }) => code === "INSUFFICIENT_PERMISSIONS") && errors.length > 0).toBe(true);
  });

  it("take only values of their type, and only keys of the catalogue", async () => {
    const { id } = await buildOrganization(db);
    for (const value of [0, 13, 1.5, "7", null, {}]) {
      const { errors } = await staff(id)
        .run(UPDATE.replace("JSON!", "JSON"), { key: START, value })
        .catch(() => ({ errors: [{ details: [{ path: "input.value" }] }] }));
      expect(errors).not.toEqual([]);
    }
    expect((await staff(id).run(UPDATE, { key: START, value: 13 })).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.value" }] },
    ]);
    expect((await platform().run(UPDATE, { key: "nothing", value: 1 })).errors).toMatchObject([
      { details: [{ path: "input.key", code: "NOT_FOUND" }] },
    ]);
    expect((await test.as(anonymous).run(SETTINGS)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("of a teacher's organization are the admin's to change", async () => {
    const { id } = await buildOrganization(db);
    const { errors } = await staff(id, "TEACHER").run(UPDATE, { key: START, value: 1 });
    expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const { settings } = await staff(id, "TEACHER").data<Settings>(SETTINGS);
    expect(settings.map(({ viewerCanUpdate }) => viewerCanUpdate)).not.toContain(true);
  });

  it("take the same number of statements however many are set, and row level security hides others' without any where", async () => {
    const [mine, theirs] = [await buildOrganization(db), await buildOrganization(db)];
    await staff(theirs.id).data(UPDATE, { key: START, value: 2 });
    const none = await test.statementsOf(() => staff(mine.id).data(SETTINGS));
    await staff(mine.id).data(UPDATE, { key: START, value: 2 });
    await staff(mine.id).data(UPDATE, { key: "organization.report-footer", value: "SMA 3" });
    const some = await test.statementsOf(() => staff(mine.id).data(SETTINGS));
    expect(some.length).toBe(none.length);
    const [rows] = await test.rowsAs(staff(mine.id).viewer, [
      "select distinct scope_id from settings where key like 'org%'",
    ]);
    expect(rows).toEqual([{ scope_id: mine.id }]);
  });
});
