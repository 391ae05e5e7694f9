import type { PageQuery } from "@lentera/kit";
import { Prisma, type StudentImportRowStatus } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import { lockOrganization } from "../organization/organization.store.js";
import type { CheckedRow } from "./student-import.rules.js";

export type ImportRecord = NonNullable<Awaited<ReturnType<typeof findImport>>>;
export type RowRecord = Awaited<ReturnType<typeof findRowPage>>[number];

export async function findImport(tx: Transaction, id: string) {
  return await tx.studentImport.findFirst({ where: { id } });
}

export async function findImports(tx: Transaction, ids: readonly string[]) {
  return await tx.studentImport.findMany({ where: { id: { in: [...ids] } } });
}

export async function findImportPage(tx: Transaction, organizationId: string, page: PageQuery) {
  return await tx.studentImport.findMany({ ...page, where: { AND: [{ organizationId }, page.where] } });
}

export function countImports(tx: Transaction, organizationId: string): Promise<number> {
  return tx.studentImport.count({ where: { organizationId } });
}

/** The import, locked until the transaction ends: its steps happen one after the other. */
export async function lockImport(tx: Transaction, id: string) {
  await tx.$queryRaw`select 1 from student_imports where id = ${id}::uuid for update`;
  return await findImport(tx, id);
}

/** The import that is not undone and has the same source, if there is one. */
export async function findSameSource(tx: Transaction, organizationId: string, sourceHash: Uint8Array<ArrayBuffer>) {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(encode(${sourceHash}, 'hex'), 0))`;
  return await tx.studentImport.findFirst({ where: { organizationId, sourceHash, status: { not: "UNDONE" } } });
}

export async function insertImport(tx: Transaction, data: Prisma.StudentImportUncheckedCreateInput): Promise<string> {
  const { id } = await tx.studentImport.create({ data, select: { id: true } });
  return id;
}

export async function updateImport(
  tx: Transaction,
  id: string,
  data: Prisma.StudentImportUncheckedUpdateInput,
): Promise<void> {
  await tx.studentImport.update({ where: { id }, data, select: { id: true } });
}

export async function deleteRows(tx: Transaction, importId: string): Promise<void> {
  await tx.studentImportRow.deleteMany({ where: { importId } });
}

/** Writes all rows in one statement: those with problems as FAILED, the others as VALID. */
export async function insertRows(
  tx: Transaction,
  importId: string,
  organizationId: string,
  rows: readonly CheckedRow[],
): Promise<void> {
  await tx.$executeRaw`
    insert into student_import_rows (import_id, organization_id, row_number, full_name, email, student_identifier,
      class_name, class_id, problems, status)
    select ${importId}::uuid, ${organizationId}::uuid, "rowNumber", "fullName", email, "studentIdentifier",
      "className", "classId", problems, case when problems = '[]' then 'VALID' else 'FAILED' end::"StudentImportRowStatus"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row("rowNumber" int, "fullName" text, email citext,
      "studentIdentifier" text, "className" text, "classId" uuid, problems jsonb)`;
}

/** Ids of the classes of an academic year by name in lower case; of the latest year when none is given. */
export async function findClassIds(tx: Transaction, organizationId: string, academicYear: string | null) {
  const classes = await tx.$queryRaw<{ id: string; name: string; academicYear: string }[]>`
    select id, lower(name) as name, academic_year as "academicYear" from classes
    where organization_id = ${organizationId}::uuid and academic_year = coalesce(${academicYear},
      (select max(academic_year) from classes where organization_id = ${organizationId}::uuid))`;
  return {
    academicYear: academicYear ?? classes[0]?.academicYear ?? null,
    classIds: new Map(classes.map(({ id, name }) => [name, id])),
  };
}

export async function findClass(tx: Transaction, organizationId: string, id: string) {
  return await tx.class.findFirst({ where: { id, organizationId }, select: { id: true, name: true } });
}

/**
 * Locks the organization, whose row whoever adds an active enrollment holds.
 * @returns how many more active students it may have
 */
export async function lockSeats(tx: Transaction, organizationId: string): Promise<number> {
  const organization = await lockOrganization(tx, organizationId);
  const taken = await tx.enrollment.count({ where: { organizationId, status: "ACTIVE" } });
  return (organization?.maxStudents ?? 0) - taken;
}

/**
 * The next VALID rows of an import as `judged`: what is known of each person, and the key of the message that says why
 * the row cannot be written (`obstacle`, null when it can). Earlier rows take the seats before later ones; whoever has an
 * account is asked first, and takes a seat when they accept.
 */
function judgedRows(importId: string, organizationId: string, freeSeats: number, limit: number): Prisma.Sql {
  return Prisma.sql`
    batch as materialized (
      select row_number, full_name, email, student_identifier, class_id from student_import_rows
      where import_id = ${importId}::uuid and status = 'VALID' order by row_number limit ${limit}
    ),
    seats as materialized (
      select c.id, c.capacity - (select count(*) from enrollments e where e.class_id = c.id and e.status = 'ACTIVE') as free
      from classes c where c.id in (select class_id from batch)
    ),
    known as (
      select batch.*, a.user_id,
        case
          when e.status in ('ACTIVE', 'INVITED') then 'row.enrolled'
          when e.id is not null then 'row.former'
          when u.role <> 'STUDENT' or a.status <> 'ACTIVE' then 'row.not-a-student'
        end as personal
      from batch
      left join find_accounts(array(select email from batch)) a on a.email = batch.email
      left join users u on u.id = a.user_id
      left join enrollments e on e.student_id = a.user_id and e.organization_id = ${organizationId}::uuid
    ),
    seated as (
      select known.*, coalesce(personal, case
        when user_id is null
          and row_number() over (partition by class_id, user_id is null order by known.row_number) > seats.free
        then 'row.class-full' end) as seatless
      from known left join seats on seats.id = class_id
    ),
    judged as materialized (
      select seated.*, coalesce(seatless, case
        when user_id is null and row_number()
          over (partition by user_id is null and seatless is null order by seated.row_number) > ${freeSeats}
        then 'row.quota' end) as obstacle
      from seated
    )`;
}

/** What becomes of a row with an obstacle. */
export const OBSTRUCTED = Prisma.sql`
  status = case when judged.obstacle in ('row.enrolled', 'row.unchanged') then 'SKIPPED' else 'FAILED' end::"StudentImportRowStatus",
  problems = jsonb_build_array(jsonb_build_object('key', judged.obstacle, 'value', '', 'field',
    case when judged.obstacle = 'row.class-full' then 'CLASS_NAME' when judged.obstacle in ('row.quota', 'row.unchanged') then null
      when r.email = '' then 'STUDENT_IDENTIFIER' else 'EMAIL' end))`;

/** Marks the rows that could not be written now, and writes nothing else: the dry run. */
export async function markObstructed(
  tx: Transaction,
  importId: string,
  organizationId: string,
  freeSeats: number,
  limit: number,
): Promise<void> {
  await lookUpByIndex(tx);
  await tx.$executeRaw`
    with ${judgedRows(importId, organizationId, freeSeats, limit)}
    update student_import_rows r set ${OBSTRUCTED} from judged
    where r.import_id = ${importId}::uuid and r.row_number = judged.row_number and judged.obstacle is not null`;
}

/**
 * Until the transaction ends: every row is looked up by its key. The rows of an import are younger than the statistics
 * about them, and a planner that takes them for few reads whole tables once for each.
 */
export async function lookUpByIndex(tx: Transaction): Promise<void> {
  await tx.$executeRaw`set local enable_seqscan = off`;
}

export interface BatchFacts {
  readonly importId: string;
  readonly organizationId: string;
  readonly freeSeats: number;
  readonly limit: number;
  readonly language: string;
  readonly now: Date;
}

/**
 * Writes the next rows in one statement: people without an account get one and an enrollment, those with one an
 * invitation to enroll, and rows that do not fit or may not be enrolled the reason.
 * @returns how many rows it were, with and without an obstacle
 */
export async function writeBatch(tx: Transaction, facts: BatchFacts): Promise<number> {
  await lookUpByIndex(tx);
  const { importId, organizationId, freeSeats, limit, language, now } = facts;
  const [written] = await tx.$queryRaw<{ rows: number }[]>`
    with ${judgedRows(importId, organizationId, freeSeats, limit)},
    accepted as materialized (
      select judged.*, coalesce(user_id, uuidv7()) as student_id, user_id is null as is_new
      from judged where obstacle is null
    ),
    new_users as (
      insert into users (id, full_name, role, language, created_at)
      select student_id, full_name, 'STUDENT', ${language}, ${now} from accepted where is_new
    ),
    new_accounts as (
      insert into accounts (user_id, email) select student_id, email from accepted where is_new
    ),
    new_enrollments as (
      insert into enrollments (organization_id, class_id, student_id, student_identifier, enrolled_at, status)
      select ${organizationId}::uuid, class_id, student_id, student_identifier, ${now},
        case when is_new then 'ACTIVE' else 'INVITED' end::"EnrollmentStatus" from accepted
    ),
    invited as (
      update student_import_rows r set status = 'INVITED', student_id = accepted.student_id, is_new_student = is_new
      from accepted where r.import_id = ${importId}::uuid and r.row_number = accepted.row_number
    ),
    obstructed as (
      update student_import_rows r set ${OBSTRUCTED} from judged
      where r.import_id = ${importId}::uuid and r.row_number = judged.row_number and judged.obstacle is not null
    )
    select count(*)::int as rows from judged`;
  return written?.rows ?? 0;
}

/** Counts the rows of an import anew. */
export async function refreshCounts(tx: Transaction, importId: string): Promise<void> {
  await tx.$executeRaw`
    update student_imports set processed_count = processed, invited_count = case when mode = 'ENROLL' then written else 0 end,
      updated_count = case when mode = 'UPDATE' then written else 0 end, skipped_count = skipped,
      failed_count = failed, kept_count = kept
    from (
      select count(*) filter (where status <> 'VALID') as processed,
        count(*) filter (where status in ('INVITED', 'UPDATED', 'UNDONE', 'KEPT')) as written,
        count(*) filter (where status = 'SKIPPED') as skipped, count(*) filter (where status = 'FAILED') as failed,
        count(*) filter (where status = 'KEPT') as kept
      from student_import_rows where import_id = ${importId}::uuid
    ) counted
    where id = ${importId}::uuid`;
}

interface Invited {
  readonly rowNumber: number;
  readonly studentId: string;
  readonly fullName: string;
  readonly email: string;
  readonly language: string;
  readonly isNew: boolean;
  readonly organizationName: string;
}

/** The next people whom an import has invited, with what a letter to them needs. */
export async function findInvited(tx: Transaction, importId: string, after: number, limit: number): Promise<Invited[]> {
  return await tx.$queryRaw<Invited[]>`
    select r.row_number as "rowNumber", r.student_id as "studentId", u.full_name as "fullName", a.email::text, u.language, r.is_new_student as "isNew",
      o.name as "organizationName"
    from student_import_rows r
    join users u on u.id = r.student_id
    join accounts a on a.user_id = r.student_id
    join organizations o on o.id = r.organization_id
    where r.import_id = ${importId}::uuid and r.row_number > ${after} and r.status = 'INVITED'
    order by r.row_number
    limit ${limit}`;
}

export async function findRowPage(
  tx: Transaction,
  where: { importId: string; status?: StudentImportRowStatus },
  page: PageQuery,
) {
  return await tx.studentImportRow.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countRows(
  tx: Transaction,
  where: { importId: string; status?: StudentImportRowStatus },
): Promise<number> {
  return tx.studentImportRow.count({ where });
}

/**
 * Takes back, in one statement, every row that nothing has happened to since: the enrollment goes, and an account that the
 * import made is closed, its address freed and its name removed (nothing is deleted that others may refer to). The other
 * rows are KEPT with the reason.
 */
export async function undoRows(tx: Transaction, importId: string): Promise<void> {
  await lookUpByIndex(tx);
  await tx.$executeRaw`
    with judged as materialized (
      select r.row_number, r.student_id, r.is_new_student, e.id as enrollment_id,
        case
          when e.id is null or e.status <> (case when r.is_new_student then 'ACTIVE' else 'INVITED' end)::"EnrollmentStatus"
            or e.target_university is not null or e.target_major is not null or e.class_id is distinct from r.class_id
            or e.student_identifier is distinct from r.student_identifier then 'kept.enrollment'
          when r.is_new_student and (a.status <> 'ACTIVE' or a.last_signed_in_at is not null or a.email <> r.email
            or u.full_name <> r.full_name or u.role <> 'STUDENT'
            or exists (select from sessions s where s.user_id = r.student_id)
            or exists (select from memberships m where m.user_id = r.student_id)
            or exists (select from enrollments o where o.student_id = r.student_id and o.id <> e.id)
            or exists (select from guardian_links l where r.student_id in (l.student_id, l.guardian_id)))
            then 'kept.account'
        end as obstacle
      from student_import_rows r
      left join enrollments e on e.student_id = r.student_id and e.organization_id = r.organization_id
      join users u on u.id = r.student_id
      join accounts a on a.user_id = r.student_id
      where r.import_id = ${importId}::uuid and r.status = 'INVITED'
    ),
    unenrolled as (
      delete from enrollments e using judged where e.id = judged.enrollment_id and judged.obstacle is null
    ),
    closed as (
      update accounts a set status = 'DELETED', email = a.user_id || '@deleted.invalid'
      from judged where a.user_id = judged.student_id and judged.obstacle is null and judged.is_new_student
    ),
    unnamed as (
      update users u set full_name = '-'
      from judged where u.id = judged.student_id and judged.obstacle is null and judged.is_new_student
    )
    update student_import_rows r set
      status = case when obstacle is null then 'UNDONE' else 'KEPT' end::"StudentImportRowStatus",
      problems = case when obstacle is null then '[]'
        else jsonb_build_array(jsonb_build_object('field', null, 'key', obstacle, 'value', '')) end
    from judged where r.import_id = ${importId}::uuid and r.row_number = judged.row_number`;
}
