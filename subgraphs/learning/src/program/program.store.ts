import { toMoney } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { ParsedProgram } from "./program.input.js";
import type { Program } from "./program.type.js";

const WHOLE = {
  years: { orderBy: { year: "desc" } },
  requirements: { orderBy: { subtest: "asc" } },
  examTypes: { orderBy: { examTypeId: "asc" } },
} as const satisfies Prisma.ProgramInclude;
type Row = Prisma.ProgramGetPayload<{ include: typeof WHOLE }>;

function programOf({ examTypes, requirements, years, ...row }: Row): Program {
  const told = years.find(({ applicants, admitted }) => applicants !== null && applicants > 0 && admitted !== null);
  const { tuitionCurrency, tuitionMinimumMinor, tuitionMaximumMinor, ...program } = row;
  return {
    ...program,
    years,
    requirements: requirements.map(({ subtest, minimum }) => ({ subtest: subtest === "" ? null : subtest, minimum })),
    examTypeIds: examTypes.map(({ examTypeId }) => examTypeId),
    acceptanceRate: told === undefined ? null : (told.admitted ?? 0) / (told.applicants ?? 1),
    tuition:
      tuitionCurrency === null || tuitionMinimumMinor === null || tuitionMaximumMinor === null
        ? null
        : {
            minimum: toMoney(tuitionMinimumMinor, tuitionCurrency),
            maximum: toMoney(tuitionMaximumMinor, tuitionCurrency),
          },
  };
}

export async function findPrograms(tx: Transaction, ids: readonly string[]): Promise<Program[]> {
  return (await tx.program.findMany({ where: { id: { in: [...ids] } }, include: WHOLE })).map(programOf);
}

export async function findProgramPage(
  tx: Transaction,
  where: object,
  orderBy: object[],
  take: number,
): Promise<Program[]> {
  return (await tx.program.findMany({ where, orderBy, take, include: WHOLE })).map(programOf);
}

export function countPrograms(tx: Transaction, where: object): Promise<number> {
  return tx.program.count({ where });
}

export async function countExamTypes(tx: Transaction, ids: readonly string[]): Promise<number> {
  return tx.examType.count({ where: { id: { in: [...ids] } } });
}

export interface Tuition {
  readonly currency: string;
  readonly minimum: bigint;
  readonly maximum: bigint;
}

/** Makes the programme of these names what it is said to be. @returns its id */
export async function saveProgram(
  tx: Transaction,
  wanted: Omit<ParsedProgram, "idempotencyKey" | "tuition"> & { readonly tuition: Tuition | null },
): Promise<string> {
  const { universityName, programName, years, requirements, examTypeIds, tuition, ...rest } = wanted;
  const facts = {
    faculty: rest.faculty ?? null,
    totalQuota: rest.totalQuota ?? null,
    accreditation: rest.accreditation ?? null,
    isActive: rest.isActive,
    tuitionCurrency: tuition?.currency ?? null,
    tuitionMinimumMinor: tuition?.minimum ?? null,
    tuitionMaximumMinor: tuition?.maximum ?? null,
  };
  const { id } = await tx.program.upsert({
    where: { universityName_programName: { universityName, programName } },
    create: { universityName, programName, ...facts },
    update: facts,
    select: { id: true },
  });
  const of = { where: { programId: id } };
  await tx.programYear.deleteMany(of);
  await tx.programRequirement.deleteMany(of);
  await tx.programExamType.deleteMany(of);
  await tx.programYear.createMany({
    data: years.map(({ applicants = null, admitted = null, ...year }) => ({
      programId: id,
      applicants,
      admitted,
      ...year,
    })),
  });
  await tx.programRequirement.createMany({
    data: requirements.map(({ subtest, minimum }) => ({ programId: id, subtest: subtest ?? "", minimum })),
  });
  await tx.programExamType.createMany({
    data: [...new Set(examTypeIds)].map((examTypeId) => ({ programId: id, examTypeId })),
  });
  return id;
}
