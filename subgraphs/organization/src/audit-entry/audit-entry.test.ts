import { anonymous, audit } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildOrganization, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { platformPermissionsOf } from "../platform-admin/platform-admin.permissions.js";
import { createSubgraph } from "../subgraph.js";
import { verifyAuditLog } from "./verify.js";

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

interface Entries {
  auditEntries: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { sequence: number; action: string; actorId: string; newValues: unknown; ip: string } }[];
  };
}
const ENTRIES = `query ($filter: AuditEntryFilter, $first: Int, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id sequence organizationId actorId impersonatorId action entityType entityId oldValues newValues ip occurredAt } }
  }
}`;
const EXPORT = `mutation ($input: ExportAuditLogInput!) { exportAuditLog(input: $input) { lines nextAfterSequence } }`;

function staff(organizationId: string, role: "OWNER" | "ADMIN" | "TEACHER" | "VIEWER" = "ADMIN") {
  return buildViewer({ role, organizationId, staff: true, permissions: permissionsOf(role) });
}
const platform = () => buildViewer({ role: "PLATFORM_ADMIN", permissions: platformPermissionsOf("ADMIN") });

/** Values whose text form is easy to get wrong. */
const AWKWARD = {
  name: 'Budi "Ucok"\n\u0007 \u00e9\u4e2d\ud83d\ude00 \\',
  b: 1.5e-7,
  aa: 1e21,
  a: [true, null, -0.1],
  "": {},
};

async function write(organizationId: string, count: number, over: object = {}): Promise<void> {
  const identity = {
    viewer: staff(organizationId),
    requestId: "r",
    language: "en" as const,
    ip: "10.0.0.7",
    userAgent: 'té"st',
  };
  for (let index = 1; index <= count; index++)
    await audit(db, identity, {
      action: "class.created",
      entityType: "Class",
      entityId: `class-${index}`,
      oldValues: null,
      newValues: { index, ...AWKWARD },
      ...over,
    });
}

describe("003-72: the audit log", () => {
  it("is read newest first, page by page, with what changed", async () => {
    const { id } = await buildOrganization(db);
    await write(id, 5);
    const client = test.as(staff(id));
    const { auditEntries: first } = await client.data<Entries>(ENTRIES, { first: 3 });
    const { auditEntries: second } = await client.data<Entries>(ENTRIES, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.edges, ...second.edges].map(({ node }) => node.sequence)).toEqual([5, 4, 3, 2, 1]);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([5, true, false]);
    expect(first.edges[0]!.node).toMatchObject({ ip: "10.0.0.7", newValues: { index: 5, name: AWKWARD.name } });
  });

  it("is searched by actor, impersonator, entity, action and time", async () => {
    const { id } = await buildOrganization(db);
    const actor = await buildUser(db);
    await write(id, 2);
    await write(id, 1, { actorId: actor.id, action: "class.renamed" });
    const client = test.as(staff(id));
    const count = async (filter: object): Promise<number> =>
      (await client.data<Entries>(ENTRIES, { filter })).auditEntries.totalCount;
    expect(await count({ actorId: actor.id })).toBe(1);
    expect(await count({ action: "class.renamed" })).toBe(1);
    expect(await count({ entityType: "Class", entityId: "class-1" })).toBe(2);
    expect(await count({ entityType: "User" })).toBe(0);
    expect(await count({ from: "2000-01-01T00:00:00Z", to: "2001-01-01T00:00:00Z" })).toBe(0);
    expect(await count({ from: "2000-01-01T00:00:00Z" })).toBe(3);
    expect((await client.run(ENTRIES, { filter: { actorId: "x" } })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("of another organization is out of sight, for platform admins it is not", async () => {
    const [mine, theirs] = [await buildOrganization(db), await buildOrganization(db)];
    await write(mine.id, 1);
    await write(theirs.id, 2);
    const filter = { organizationId: theirs.id };
    const { auditEntries } = await test.as(staff(mine.id)).data<Entries>(ENTRIES, { filter });
    expect(auditEntries.totalCount).toBe(1);
    expect((await test.as(platform()).data<Entries>(ENTRIES, { filter })).auditEntries.totalCount).toBe(2);
    expect((await test.as(platform()).data<Entries>(ENTRIES)).auditEntries.totalCount).toBeGreaterThanOrEqual(3);
    const rows = await test.rowsAs(staff(mine.id), ["select organization_id from app.audit_log"]);
    expect(rows).toEqual([[{ organization_id: mine.id }]]);
  });

  it("needs the permission, which owners and admins have", async () => {
    const { id } = await buildOrganization(db);
    for (const role of ["OWNER", "ADMIN"] as const)
      expect((await test.as(staff(id, role)).run(ENTRIES)).errors).toEqual([]);
    for (const role of ["TEACHER", "VIEWER"] as const)
      expect((await test.as(staff(id, role)).run(ENTRIES)).errors).toMatchObject([
        { code: "INSUFFICIENT_PERMISSIONS" },
      ]);
    expect((await test.as(anonymous).run(ENTRIES)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("takes the same number of statements for one entry and for many", async () => {
    const { id } = await buildOrganization(db);
    await write(id, 1);
    const client = test.as(staff(id));
    const one = await test.statementsOf(() => client.data(ENTRIES));
    await write(id, 20);
    expect((await test.statementsOf(() => client.data(ENTRIES, { first: 100 }))).length).toBe(one.length);
  });
});

interface Exported {
  exportAuditLog: { lines: string; nextAfterSequence: number | null };
}

/** The whole chain of one organization, fetched in parts. */
async function exportAll(organizationId: string, limit = 1000): Promise<string> {
  const client = test.as(staff(organizationId));
  const lines: string[] = [];
  let next: number | null = 0;
  // each part that is taken out adds an entry to the chain, so short parts never reach its end
  while (next !== null && lines.length < 4) {
    const part: Exported = await client.data<Exported>(EXPORT, { input: { afterSequence: next, limit } });
    lines.push(part.exportAuditLog.lines);
    next = part.exportAuditLog.nextAfterSequence;
  }
  return lines.join("");
}

describe("003-72: an exported audit log", () => {
  it("is proven by the verifier without the database, in one part or in many", async () => {
    const { id } = await buildOrganization(db);
    await write(id, 6);
    const lines = await exportAll(id);
    const { rows } = await test.owner.query<{ hash: string }>(
      "select encode(hash, 'hex') as hash from app.audit_log where organization_id = $1 and sequence = 6",
      [id],
    );
    expect(verifyAuditLog(lines)).toEqual({ entries: 6, breaks: [], head: rows[0]!.hash });
    expect(JSON.parse(lines.split("\n")[0]!)).toMatchObject({ entry: expect.arrayContaining(["class.created"]) });
    const parts = await exportAll(id, 2);
    expect(parts.startsWith(lines)).toBe(true);
    expect(verifyAuditLog(parts).breaks).toEqual([]);
  });

  it("is itself written down", async () => {
    const { id } = await buildOrganization(db);
    await write(id, 1);
    await exportAll(id);
    const { auditEntries } = await test.as(staff(id)).data<Entries>(ENTRIES);
    expect(auditEntries.edges[0]!.node).toMatchObject({ action: "audit_log.exported", newValues: { entries: 1 } });
  });

  it("betrays every change of every field", async () => {
    const { id } = await buildOrganization(db);
    await write(id, 3, { organizationId: id });
    const lines = (await exportAll(id)).trimEnd().split("\n");
    const middle = JSON.parse(lines[1]!) as { entry: unknown[] };
    expect(middle.entry).toHaveLength(13);
    const entryText = /"entry":(\[.*\])\}$/.exec(lines[1]!)![1]!;
    const spans = elementsOf(entryText);
    expect(spans).toHaveLength(13);
    for (const [index, [start, end]] of spans.entries()) {
      const other = entryText.slice(start, end) === '"changed"' ? '"x"' : '"changed"';
      const forged = entryText.slice(0, start) + other + entryText.slice(end);
      const text = [lines[0], lines[1]!.replace(entryText, () => forged), lines[2]].join("\n");
      expect(
        verifyAuditLog(text).breaks.map(({ line }) => line),
        `field ${index}`,
      ).toContain(2);
    }
    for (const field of ["hash", "previousHash"]) {
      const forged = lines[1]!.replace(
        new RegExp(`"${field}":"([0-9a-f]{2})`),
        (_all, byte: string) => `"${field}":"${byte === "00" ? "11" : "00"}`,
      );
      expect(verifyAuditLog([lines[0], forged, lines[2]].join("\n")).breaks, field).not.toEqual([]);
    }
  });

  it("betrays what is missing, doubled, exchanged or no entry at all", async () => {
    const { id } = await buildOrganization(db);
    await write(id, 4);
    const [a, b, c, d] = (await exportAll(id)).trimEnd().split("\n");
    for (const text of [
      [a, b, d],
      [a, b, b, c],
      [a, c, b, d],
      [a, b, "{}", c, d],
    ])
      expect(verifyAuditLog(text.join("\n")).breaks).not.toEqual([]);
    const whole = verifyAuditLog([a, b, c, d].join("\n"));
    const cut = verifyAuditLog([a, b, c].join("\n"));
    expect([whole.breaks, cut.breaks]).toEqual([[], []]);
    expect(cut.head).not.toBe(whole.head);
    expect(verifyAuditLog("")).toEqual({ entries: 0, breaks: [], head: null });
  });

  it("of another organization, too many at once, and without the permission, is refused", async () => {
    const [mine, theirs] = [await buildOrganization(db), await buildOrganization(db)];
    await write(theirs.id, 2);
    const stolen = await test.as(staff(mine.id)).data<Exported>(EXPORT, { input: { organizationId: theirs.id } });
    expect(stolen.exportAuditLog.lines).toBe("");
    const seen = await test.as(platform()).data<Exported>(EXPORT, { input: { organizationId: theirs.id } });
    expect(verifyAuditLog(seen.exportAuditLog.lines).entries).toBe(2);
    const bad = await test.as(staff(mine.id)).run(EXPORT, { input: { afterSequence: -1, limit: 1001 } });
    expect(bad.errors).toMatchObject([{ details: [{ path: "input.afterSequence" }, { path: "input.limit" }] }]);
    const teacher = await test.as(staff(mine.id, "TEACHER")).run(EXPORT, { input: {} });
    expect(teacher.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });
});

/** Where each element of a JSON array stands in its text. */
function elementsOf(array: string): [start: number, end: number][] {
  const spans: [number, number][] = [];
  let depth = 0;
  let inText = false;
  let start = 1;
  for (let index = 1; index < array.length; index++) {
    const character = array[index];
    if (inText) {
      if (character === "\\") index++;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (depth === 0 && (character === "," || character === "]")) {
      spans.push([start, index]);
      start = index + 2;
    } else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
  }
  return spans;
}
