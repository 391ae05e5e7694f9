import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";

/** An organization with at least one row in every table, all of whose texts carry a marker. */
export interface ForeignWorld {
  /** In every text; `<marker>-name` only in people's names. */
  readonly marker: string;
  readonly organizationId: string;
  readonly classId: string;
  readonly studentId: string;
  readonly studentEmail: string;
  /** Ids of the rows by table. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly labels: readonly string[] | null;
  readonly target: string | null;
}

const COLUMNS = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, null) as type,
    a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = '' as "isRequired",
    (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid) as labels,
    (select f.confrelid::regclass::text from pg_constraint f where f.contype = 'f' and f.conrelid = c.oid
      and f.conkey @> array[a.attnum] order by cardinality(f.conkey) limit 1) as target
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
  order by c.relname, a.attnum`;

/** What tables want to know beside what their columns say. */
const VALUES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  memberships: { role: "OWNER" },
  invitations: { role: "ADMIN" },
  guardian_links: { status: "PENDING" },
  data_export_parts: { is_last: false, record: "things", rows: "[]" },
  rollovers: { from_academic_year: "2026/2027", to_academic_year: "2027/2028" },
  onboarding_applications: { organization_id: null },
  impersonations: { started_at: "2026-11-20T00:00:00Z", expires_at: "2026-11-20T00:20:00Z" },
  report_schedules: { frequency: "WEEKLY", day_of_week: 1, local_time: "07:00", time_zone: "Asia/Jakarta" },
};

/** Fills every table for one organization. @throws naming the tables for which VALUES has to say more */
export async function buildForeignWorld(
  owner: pg.Pool,
  status: "ACTIVE" | "SUSPENDED" = "ACTIVE",
): Promise<ForeignWorld> {
  const marker = `foreign${randomBytes(6).toString("hex")}`;
  const studentEmail = `${marker}@example.test`;
  const organizationId = await insert(owner, "organizations", {
    name: `${marker}-text`,
    kind: "SCHOOL",
    contact_email: `${marker}-office@example.test`,
    address: `${marker}-text`,
    status,
    max_students: 100,
    max_staff: 100,
    max_classes: 100,
  });
  const person = async (email: string): Promise<string> => {
    const id = await insert(owner, "users", { full_name: `${marker}-name`, role: "STUDENT" });
    await insert(owner, "accounts", { user_id: id, email, password_hash: "!" });
    return id;
  };
  const studentId = await person(studentEmail);
  const staffId = await person(`${marker}-staff@example.test`);
  const known: Record<string, unknown> = {
    organization_id: organizationId,
    ...Object.fromEntries(["guardian_id", "teacher_id", "admin_id"].map((column) => [column, staffId])),
  };
  const { rows: columns } = await owner.query<Column>(COLUMNS);
  const tables = Map.groupBy(columns, ({ table }) => table);
  const waiting = new Set(
    [...tables.keys()].filter((table) => !["organizations", "users", "accounts"].includes(table)),
  );
  const firstOf = new Map<string, string>([
    ["organizations", organizationId],
    ["users", studentId],
    ["accounts", studentId],
  ]);
  const problems = new Map<string, string>();
  for (let before = -1; before !== waiting.size;) {
    before = waiting.size;
    for (const table of waiting) {
      const values: Record<string, unknown> = {};
      for (const column of tables.get(table) ?? []) {
        const isKnown = column.name in known && column.name !== "id";
        const target = column.target === table ? null : column.target;
        if (isKnown) values[column.name] = known[column.name];
        else if (target !== null && column.name !== "id") values[column.name] = firstOf.get(target) ?? null;
        else if (column.isRequired) values[column.name] = valueOf(column, { marker, studentId });
      }
      try {
        firstOf.set(table, await insert(owner, table, { ...values, ...VALUES[table] }));
        waiting.delete(table);
        problems.delete(table);
      } catch (error) {
        // a row of the platform, which an earlier world has made
        if (error instanceof Error && /duplicate key/.test(error.message)) {
          waiting.delete(table);
          problems.delete(table);
          continue;
        }
        problems.set(table, error instanceof Error ? error.message : String(error));
      }
    }
  }
  if (problems.size > 0)
    throw new Error(`Say in VALUES how these tables get a row: ${JSON.stringify(Object.fromEntries(problems))}`);
  const ids = new Map<string, string[]>();
  for (const [table, of] of tables) {
    if (!of.some(({ name, type }) => name === "id" && type === "uuid")) continue;
    const { rows } = await owner.query<{ id: string }>(
      `select id from "${table}" t where t::text like $1 or t::text like $2 or t::text like $3`,
      [`%${marker}%`, `%${organizationId}%`, `%${studentId}%`],
    );
    ids.set(
      table,
      rows.map(({ id }) => id),
    );
  }
  const classId = firstOf.get("classes") ?? "";
  return { marker, organizationId, classId, studentId, studentEmail, ids };
}

async function insert(owner: pg.Pool, table: string, values: Record<string, unknown>): Promise<string> {
  const names = Object.keys(values);
  const { rows } = await owner.query<{ id?: string }>(
    `insert into "${table}" (${names.map((name) => `"${name}"`).join(", ")})
     values (${names.map((_, index) => `$${index + 1}`).join(", ")}) returning *`,
    Object.values(values),
  );
  return rows[0]?.id ?? "";
}

const TOMORROW_MS = 24 * 60 * 60 * 1000;

function valueOf(
  { name, type, labels }: Column,
  { marker, studentId }: { marker: string; studentId: string },
): unknown {
  if (labels !== null) return labels[0];
  if (type.endsWith("[]")) return [];
  if (type.startsWith("timestamp")) return new Date(Date.now() + TOMORROW_MS);
  switch (type) {
    case "uuid":
      return name === "user_id" || name === "owner_id" ? studentId : randomUUID();
    case "citext":
      return `${marker}-${randomBytes(3).toString("hex")}@example.test`;
    case "bytea":
      return randomBytes(32);
    case "boolean":
      return true;
    case "date":
      return "2026-11-20";
    case "jsonb":
      return "{}";
    case "inet":
      return "192.0.2.1";
    case "text":
    case "character varying":
      return name === "language" ? "id" : `${marker}-text`;
    default:
      return 1;
  }
}
