import { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import { type BatchFacts, OBSTRUCTED, lookUpByIndex } from "./student-import.store.js";

/**
 * The next VALID rows of an update as `judged`: the active enrollment of each, found by the account's address or, for a
 * row without one, by the student number, and the key of the message that says why it cannot be changed. Earlier rows take
 * the seats of a class before later ones; seats that the same batch frees count from the next.
 */
function judgedRows(importId: string, organizationId: string, limit: number): Prisma.Sql {
  return Prisma.sql`
    batch as materialized (
      select row_number, email, student_identifier, class_id from student_import_rows
      where import_id = ${importId}::uuid and status = 'VALID' order by row_number limit ${limit}
    ),
    enrolled as materialized (
      select b.row_number, e.id, e.student_id, e.class_id, e.student_identifier
      from batch b join find_accounts(array(select email from batch where email <> '')) a on a.email = b.email
      join enrollments e on e.student_id = a.user_id and e.organization_id = ${organizationId}::uuid and e.status = 'ACTIVE'
      union all
      select b.row_number, e.id, e.student_id, e.class_id, e.student_identifier
      from batch b join enrollments e on e.student_identifier = b.student_identifier
        and e.organization_id = ${organizationId}::uuid and e.status = 'ACTIVE'
      where b.email = ''
    ),
    matched as (
      select distinct on (row_number) *, count(*) over (partition by row_number) as students from enrolled
    ),
    known as (
      select batch.*, m.id as enrollment_id, m.student_id, m.class_id as former_class_id,
        m.student_identifier as former_identifier, coalesce(batch.class_id <> m.class_id, batch.class_id is not null) as moves,
        case
          when m.id is null then 'row.no-student'
          when m.students > 1 then 'row.ambiguous'
          when coalesce(batch.class_id, m.class_id) is not distinct from m.class_id
            and coalesce(batch.student_identifier, m.student_identifier) is not distinct from m.student_identifier
            then 'row.unchanged'
        end as personal
      from batch left join matched m on m.row_number = batch.row_number
    ),
    seats as materialized (
      select c.id, c.capacity - (select count(*) from enrollments e where e.class_id = c.id and e.status = 'ACTIVE') as free
      from classes c where c.id in (select class_id from batch)
    ),
    judged as materialized (
      select known.*, coalesce(personal, case
        when moves and row_number()
          over (partition by class_id, moves and personal is null order by known.row_number) > seats.free
        then 'row.class-full' end) as obstacle
      from known left join seats on seats.id = class_id
    )`;
}

/** Marks the rows that could not be written now, and writes nothing else: the dry run. */
export async function markObstructed(
  tx: Transaction,
  importId: string,
  organizationId: string,
  _freeSeats: number,
  limit: number,
): Promise<void> {
  await lookUpByIndex(tx);
  await tx.$executeRaw`
    with ${judgedRows(importId, organizationId, limit)}
    update student_import_rows r set ${OBSTRUCTED} from judged
    where r.import_id = ${importId}::uuid and r.row_number = judged.row_number and judged.obstacle is not null`;
}

/**
 * Changes the students of the next rows in one statement, and keeps with each row what was before.
 * @returns how many rows it were, with and without an obstacle
 */
export async function writeBatch(tx: Transaction, facts: BatchFacts): Promise<number> {
  await lookUpByIndex(tx);
  const { importId, organizationId, limit } = facts;
  const [written] = await tx.$queryRaw<{ rows: number }[]>`
    with ${judgedRows(importId, organizationId, limit)},
    changed as (
      update enrollments e set class_id = coalesce(judged.class_id, e.class_id),
        student_identifier = coalesce(judged.student_identifier, e.student_identifier)
      from judged where e.id = judged.enrollment_id and judged.obstacle is null
    ),
    updated as (
      update student_import_rows r set status = 'UPDATED', student_id = judged.student_id,
        former_class_id = judged.former_class_id, former_identifier = judged.former_identifier
      from judged
      where r.import_id = ${importId}::uuid and r.row_number = judged.row_number and judged.obstacle is null
    ),
    obstructed as (
      update student_import_rows r set ${OBSTRUCTED} from judged
      where r.import_id = ${importId}::uuid and r.row_number = judged.row_number and judged.obstacle is not null
    )
    select count(*)::int as rows from judged`;
  return written?.rows ?? 0;
}

/**
 * Gives back, in one statement, the class and the number that every student had before, unless either has changed since or
 * the class has no room any more: those rows are KEPT with the reason.
 */
export async function undoRows(tx: Transaction, importId: string): Promise<void> {
  await lookUpByIndex(tx);
  await tx.$executeRaw`
    with known as (
      select r.row_number, r.former_class_id, r.former_identifier, e.id as enrollment_id,
        e.class_id is distinct from r.former_class_id and r.former_class_id is not null as moves,
        case when e.id is null or e.status <> 'ACTIVE'
          or e.class_id is distinct from coalesce(r.class_id, r.former_class_id)
          or e.student_identifier is distinct from coalesce(r.student_identifier, r.former_identifier)
          then 'kept.enrollment' end as changed
      from student_import_rows r
      left join enrollments e on e.student_id = r.student_id and e.organization_id = r.organization_id
      where r.import_id = ${importId}::uuid and r.status = 'UPDATED'
    ),
    seats as materialized (
      select c.id, c.capacity - (select count(*) from enrollments e where e.class_id = c.id and e.status = 'ACTIVE') as free
      from classes c where c.id in (select former_class_id from known)
    ),
    judged as materialized (
      select known.*, coalesce(changed, case
        when moves and row_number()
          over (partition by former_class_id, moves and changed is null order by known.row_number) > seats.free
        then 'kept.class-full' end) as obstacle
      from known left join seats on seats.id = former_class_id
    ),
    restored as (
      update enrollments e set class_id = judged.former_class_id, student_identifier = judged.former_identifier
      from judged where e.id = judged.enrollment_id and judged.obstacle is null
    )
    update student_import_rows r set
      status = case when obstacle is null then 'UNDONE' else 'KEPT' end::"StudentImportRowStatus",
      problems = case when obstacle is null then '[]'
        else jsonb_build_array(jsonb_build_object('field', null, 'key', obstacle, 'value', '')) end
    from judged where r.import_id = ${importId}::uuid and r.row_number = judged.row_number`;
}
