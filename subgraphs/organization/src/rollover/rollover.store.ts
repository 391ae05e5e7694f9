import type { PageQuery } from "@lentera/kit";
import { z } from "zod";
import type { Transaction } from "../context.js";
import type { NextClass, RolloverConflict, RolloverStep } from "./rollover.rules.js";
import type { Rollover, RolloverMove } from "./rollover.type.js";

export interface YearClass extends NextClass {
  readonly id: string;
  readonly gradeLevel: string;
}

/** The classes of one year, by name, each with its active students. */
export function findClassesOfYear(tx: Transaction, organizationId: string, academicYear: string): Promise<YearClass[]> {
  return tx.$queryRaw`
    select c.id, c.name, c.grade_level as "gradeLevel", c.capacity, c.is_active as "isActive",
      (select count(*)::int from enrollments e where e.class_id = c.id and e.status = 'ACTIVE') as "studentCount"
    from classes c where c.organization_id = ${organizationId}::uuid and c.academic_year = ${academicYear}
    order by c.name, c.id`;
}

/** Hash of all that a preview depends on: the classes of both years, their students, and the limits. */
export async function findFingerprint(
  tx: Transaction,
  organizationId: string,
  years: readonly [string, string],
): Promise<string> {
  const [row] = await tx.$queryRaw<{ fingerprint: string }[]>`
    with class as (
      select id, name, grade_level, capacity, is_active from classes
      where organization_id = ${organizationId}::uuid and academic_year = any(${[...years]})
    )
    select encode(sha256(convert_to(concat_ws('|',
      (select string_agg(class::text, ',' order by id) from class),
      (select string_agg(concat_ws(':', e.id, e.class_id), ',' order by e.id) from enrollments e
        where e.organization_id = ${organizationId}::uuid and e.status = 'ACTIVE' and e.class_id in (select id from class)),
      (select max_classes from organizations where id = ${organizationId}::uuid)
    ), 'UTF8')), 'hex') as fingerprint`;
  return row?.fingerprint ?? "";
}

const stored = z.object({
  classes: z.array(
    z.object({
      classId: z.string(),
      name: z.string(),
      studentCount: z.number(),
      toName: z.string().nullable(),
      toGradeLevel: z.string().nullable(),
      toCapacity: z.number().nullable(),
    }),
  ),
  conflicts: z.array(
    z.object({
      code: z.enum(["CLASS_FULL", "CLASS_OVER", "TOO_MANY_CLASSES"]),
      className: z.string().nullable(),
      message: z.string(),
    }),
  ),
});

export interface StoredRollover extends Rollover {
  readonly organizationId: string;
  readonly fingerprint: string;
}

export async function findRollover(
  tx: Transaction,
  organizationId: string,
  id: string,
): Promise<StoredRollover | undefined> {
  const found = await tx.rollover.findFirst({ where: { organizationId, id } });
  return found === null ? undefined : { ...found, ...stored.parse(found.steps) };
}

/** Writes a preview down: its classes, and one row for each student whom it moves. */
export async function insertRollover(
  tx: Transaction,
  preview: {
    readonly organizationId: string;
    readonly fromAcademicYear: string;
    readonly toAcademicYear: string;
    readonly fingerprint: string;
    readonly classes: readonly RolloverStep[];
    readonly conflicts: readonly RolloverConflict[];
  },
): Promise<string> {
  const { classes, conflicts, ...rest } = preview;
  const steps = {
    classes: classes.map((step) => ({ ...step })),
    conflicts: conflicts.map((conflict) => ({ ...conflict })),
  };
  const { id } = await tx.rollover.create({ data: { ...rest, steps }, select: { id: true } });
  await tx.$executeRaw`
    insert into rollover_moves (rollover_id, organization_id, enrollment_id, student_id, from_class_id, to_class_name)
    select ${id}::uuid, e.organization_id, e.id, e.student_id, e.class_id, step."toName"
    from jsonb_to_recordset(${JSON.stringify(classes)}::jsonb) as step("classId" uuid, "toName" text)
    join enrollments e on e.class_id = step."classId" and e.status = 'ACTIVE'
    where e.organization_id = ${rest.organizationId}::uuid
    order by e.class_id, e.id`;
  return id;
}

/** Opens the classes that the next year lacks, moves and graduates the students, and ends the old classes. */
export async function applyRollover(
  tx: Transaction,
  { id, organizationId, fromAcademicYear, toAcademicYear, classes }: StoredRollover,
  now: Date,
): Promise<void> {
  const steps = JSON.stringify(classes);
  await tx.$executeRaw`
    update classes set is_active = false
    where organization_id = ${organizationId}::uuid and academic_year = ${fromAcademicYear}`;
  await tx.$executeRaw`
    insert into classes (organization_id, name, grade_level, academic_year, capacity)
    select ${organizationId}::uuid, step."toName", min(step."toGradeLevel"), ${toAcademicYear}, max(step."toCapacity")
    from jsonb_to_recordset(${steps}::jsonb) as step("toName" text, "toGradeLevel" text, "toCapacity" int)
    where step."toName" is not null
    group by step."toName"
    on conflict (organization_id, academic_year, name) do nothing`;
  await tx.$executeRaw`
    update enrollments e set class_id = c.id
    from rollover_moves m join classes c on c.organization_id = m.organization_id
      and c.academic_year = ${toAcademicYear} and c.name = m.to_class_name
    where m.rollover_id = ${id}::uuid and e.id = m.enrollment_id`;
  await tx.$executeRaw`
    update enrollments e set status = 'GRADUATED', ended_at = ${now}
    from rollover_moves m
    where m.rollover_id = ${id}::uuid and m.to_class_name is null and e.id = m.enrollment_id`;
  await tx.rollover.update({ where: { id }, data: { appliedAt: now }, select: { id: true } });
}

export function findMovePage(tx: Transaction, rolloverId: string, page: PageQuery): Promise<RolloverMove[]> {
  return tx.rolloverMove.findMany({ ...page, where: { AND: [{ rolloverId }, page.where] } });
}

export function countMoves(tx: Transaction, rolloverId: string): Promise<number> {
  return tx.rolloverMove.count({ where: { rolloverId } });
}
