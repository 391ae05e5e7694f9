import { type Viewer, anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildClass,
  buildGuardianLink,
  buildMembership,
  buildOrganization,
  buildPlatformAdmin,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { platformPermissionsOf } from "./platform-admin/platform-admin.permissions.js";
import { createSubgraph } from "./subgraph.js";
import { type ForeignWorld, buildForeignWorld } from "./testing/foreign-world.js";
import { type Operation, operationsOf } from "./testing/operations.js";
import { staffViewer } from "./testing/viewers.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let world: ForeignWorld;
let operations: Operation[];

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
  world = await buildForeignWorld(test.owner);
  operations = operationsOf(test.subgraph.schema, world);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

/** Tables whose rows are nobody's: how often somebody has tried something is counted for everybody. */
const NOBODYS_TABLES = ["throttles"];
/** Whoever forgot a password is not signed in, and a new letter ends the one before. */
const CHANGES_BY_DESIGN: Readonly<Record<string, readonly string[]>> = {
  requestPasswordReset: ["account_tokens"],
};
/** Who shares with staff says with whom, and the person of the foreign world is staff too. */
const NAMES_STAFF_BY_DESIGN = ["createReportSchedule"];
const TIMEOUT_MS = 180_000;
const detailRules = z.array(z.object({ path: z.string(), code: z.string(), message: z.string() }));

interface Finding {
  readonly operation: string;
  readonly what: string;
}

/** What the person may not learn of the foreign organization, and which of its rows are theirs anyway. */
interface Actor {
  readonly viewer: Viewer;
  readonly secrets: readonly string[];
  /** Whoever works there may read: then only changes count. */
  readonly mayRead?: boolean;
  /** The viewer's own organization is no exception: nothing of it may change. */
  readonly isSuspended?: boolean;
}

async function allRows(): Promise<Map<string, string[]>> {
  const { rows: tables } = await test.owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'",
  );
  const each = tables.map(({ name }) => `select '${name}' as "table", t::text as row from "${name}" t`);
  const { rows } = await test.owner.query<{ table: string; row: string }>(each.join(" union all "));
  const groups = Map.groupBy(rows, ({ table }) => table);
  return new Map([...groups].map(([table, found]) => [table, found.map(({ row }) => row)]));
}

function isSaying(operation: Operation): boolean {
  return JSON.stringify(operation.variables()).includes(world.studentEmail);
}

/** Calls everything as one actor. */
async function findingsOf(actor: Actor, called = operations): Promise<Finding[]> {
  const { viewer, secrets, mayRead = false, isSuspended = false } = actor;
  const findings: Finding[] = [];
  const isMine = !isSuspended && viewer.organizationId !== world.organizationId;
  const own = [viewer.userId, isMine ? viewer.organizationId : null];
  const isOwn = (row: string): boolean => own.some((id) => id !== null && row.includes(id));
  const client = test.as(viewer);
  let before = await allRows();
  for (const operation of called) {
    const { data, errors } = await client.run(operation.text, operation.variables());
    // The address that the caller has just said themselves is no news.
    const answer = JSON.stringify([data, errors.filter(({ code }) => code !== undefined)]).replaceAll(
      `"${world.studentEmail}"`,
      isSaying(operation) ? "" : "$&",
    );
    for (const { message } of errors.filter(({ code }) => code === undefined)) {
      const summary = message.split("\n").filter((line) => /Invalid `|Argument/.test(line));
      findings.push({ operation: operation.name, what: `not in the catalogue: ${summary.join(" ") || message}` });
    }
    // Names of people are no secret to whoever has their id (see User), which is what an entity is asked by.
    const staff = NAMES_STAFF_BY_DESIGN.includes(operation.name) ? [world.studentId] : [];
    const known = operation.name === "_entities" ? [...world.ids.values()].flat() : staff;
    const said = operation.name === "_entities" ? answer.replaceAll(`${world.marker}-name`, "") : answer;
    const leaked = mayRead ? [] : secrets.filter((secret) => !known.includes(secret) && said.includes(secret));
    if (leaked.length > 0) findings.push({ operation: operation.name, what: `tells ${leaked.join(", ")}` });
    // What the caller may not name is refused by policy, only said by the field that names it.
    const badInput = errors.flatMap(({ code, details }) => (code === "VALIDATION_ERROR" ? details : []));
    for (const { path, message } of detailRules.parse(badInput).filter(({ code }) => code !== "NOT_FOUND"))
      findings.push({ operation: operation.name, what: `refused for its input, not by policy: ${path} ${message}` });
    const byDesign = CHANGES_BY_DESIGN[operation.name] ?? [];
    const after = operation.kind === "query" ? before : await allRows();
    for (const [table, rows] of before) {
      const left = new Set(after.get(table));
      const lost = rows.filter((row) => !left.has(row) && !isOwn(row));
      if (lost.length > 0 && !NOBODYS_TABLES.includes(table) && !byDesign.includes(table))
        findings.push({ operation: operation.name, what: `changes ${table}: ${lost[0]}` });
    }
    before = after;
  }
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** All ids of the foreign organization's rows, and the marker that is in its texts. */
function everySecret(): string[] {
  return [world.marker, world.organizationId, ...[...world.ids.values()].flat()];
}

describe("003-21, C-12: no query and no mutation of this subgraph", () => {
  it(
    "is left out",
    () => {
      const names = new Set(operations.map(({ name }) => name));
      const { schema } = test.subgraph;
      const all = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
        Object.keys(type?.getFields() ?? {}),
      );
      expect(all.filter((name) => name !== "_service" && !names.has(name))).toEqual([]);
      expect(names.size).toBeGreaterThan(40);
    },
    TIMEOUT_MS,
  );

  it(
    "tells or changes anything for somebody who is not signed in",
    async () => {
      expect(await findingsOf({ viewer: anonymous, secrets: everySecret() })).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "tells or changes anything for another tenant's owner",
    async () => {
      const { organizationId, userId } = await buildMembership(db, { role: "OWNER" });
      expect(
        await findingsOf({ viewer: staffViewer(organizationId, "OWNER", userId), secrets: everySecret() }),
      ).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "changes anything for the role VIEWER (C-05)",
    async () => {
      const { organizationId } = world;
      const { userId } = await buildMembership(db, { organizationId, role: "VIEWER" });
      const viewer = staffViewer(organizationId, "VIEWER", userId);
      expect(await findingsOf({ viewer, secrets: [], mayRead: true })).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.each(["SUPPORT", "ANALYST"] as const)(
    "003-25, C-06: changes anything for the platform's %s, who only reads; an analyst reads of no person and no tenant",
    async (role) => {
      const { userId } = await buildPlatformAdmin(db, { role });
      const viewer = buildViewer({ role: "PLATFORM_ADMIN", permissions: platformPermissionsOf(role), userId });
      const reading = role === "SUPPORT" ? { secrets: [], mayRead: true } : { secrets: everySecret() };
      expect(await findingsOf({ viewer, ...reading })).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "tells a teacher of another class of its students (000-50)",
    async () => {
      const { organizationId } = world;
      const { userId } = await buildMembership(db, { organizationId, role: "TEACHER" });
      await buildClass(db, { organizationId, teacherIds: [userId] });
      const of = (table: string): readonly string[] => world.ids.get(table) ?? [];
      const secrets = [
        world.classId,
        world.studentId,
        world.studentEmail,
        ...of("enrollments"),
        ...of("guardian_links"),
      ];
      expect(await findingsOf({ viewer: staffViewer(organizationId, "TEACHER", userId), secrets })).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "tells a guardian whom the student has not verified of the student (000-44)",
    async () => {
      const guardian = await buildUser(db, { role: "GUARDIAN" });
      await buildGuardianLink(db, { guardianId: guardian.id, studentId: world.studentId, status: "PENDING" });
      const viewer = buildViewer({ role: "GUARDIAN", userId: guardian.id });
      expect(await findingsOf({ viewer, secrets: everySecret() })).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "tells or changes anything for a suspended tenant's admin",
    async () => {
      const { id } = await buildOrganization(db, { status: "SUSPENDED" });
      const { userId } = await buildMembership(db, { organizationId: id, role: "ADMIN" });
      expect(await findingsOf({ viewer: staffViewer(id, "ADMIN", userId), secrets: everySecret() })).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "changes anything of a suspended tenant for its own owner (C-14)",
    async () => {
      const suspended = await buildForeignWorld(test.owner, "SUSPENDED");
      const { organizationId } = suspended;
      const { userId } = await buildMembership(db, { organizationId, role: "OWNER" });
      const viewer = staffViewer(organizationId, "OWNER", userId);
      const mutations = operationsOf(test.subgraph.schema, suspended).filter(({ kind }) => kind === "mutation");
      const findings = await findingsOf({ viewer, secrets: [], mayRead: true, isSuspended: true }, mutations);
      // Closing a door stays possible.
      const doors = ["revokeApiKey", "deleteWebhookEndpoint"];
      expect(findings.filter(({ operation }) => !doors.includes(operation))).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    "would do so unnoticed: without row level security the matrix finds something",
    async () => {
      const { id } = await buildOrganization(db);
      const actor = { viewer: staffViewer(id, "ADMIN"), secrets: everySecret() };
      const entities = operations.filter(({ name }) => name === "_entities");
      expect(await findingsOf(actor, entities)).toEqual([]);
      await test.owner.query("create policy leak on organizations for select using (true)");
      expect(await findingsOf(actor, entities)).not.toEqual([]);
      await test.owner.query("drop policy leak on organizations");
    },
    TIMEOUT_MS,
  );
});
