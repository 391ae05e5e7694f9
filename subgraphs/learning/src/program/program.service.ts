import {
  type ConnectionArguments,
  type Page,
  asSystem,
  audit,
  invalidField,
  paginate,
  requirePermission,
  toMinorUnits,
  validate,
} from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { historyLoader, subtestRowsLoader } from "../insight/student-insight.loader.js";
import type { User } from "../stubs.js";
import { type Estimate, chanceOf, chanceOfMinimum, forecastOf, together } from "./admission.rules.js";
import { type ProgramFilter, type SaveProgramInput, saveProgramRules } from "./program.input.js";
import { programLoader } from "./program.loader.js";
import * as store from "./program.store.js";
import {
  AdmissionBasis,
  type AdmissionChance,
  type Program,
  type RequirementChance,
  type SaveProgramPayload,
} from "./program.type.js";

/** Programmes of one question. */
const MOST_PROGRAMS = 20;

/** @throws NOT_FOUND */
export function getProgram(ctx: LearningContext, id: string): Promise<Program> {
  return programLoader(ctx).load(id);
}

/** The programmes that admit at present, by university and name. */
export function listPrograms(
  ctx: LearningContext,
  filter: ProgramFilter | null | undefined,
  args: ConnectionArguments,
): Promise<Page<Program>> {
  const contains = { contains: filter?.search?.trim() ?? "", mode: "insensitive" };
  const wanted = {
    isActive: true,
    OR: [{ universityName: contains }, { programName: contains }],
    ...(filter?.examTypeId == null ? {} : { examTypes: { some: { examTypeId: filter.examTypeId } } }),
  };
  return paginate<Program>({
    args,
    orderBy: [
      { field: "universityName", direction: "asc" },
      { field: "programName", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: ({ where, orderBy, take }) => store.findProgramPage(ctx.db, { AND: [wanted, where] }, orderBy, take),
    count: () => store.countPrograms(ctx.db, wanted),
  });
}

/**
 * Makes a programme what it is said to be; the names of university and programme say which one it is.
 * @throws INSUFFICIENT_PERMISSIONS without `system:settings`, VALIDATION_ERROR for unknown examinations and bad amounts
 */
export async function saveProgram(ctx: LearningContext, input: SaveProgramInput): Promise<SaveProgramPayload> {
  requirePermission(ctx.viewer, "system:settings");
  const { idempotencyKey: key, tuition, ...wanted } = validate(saveProgramRules, input);
  const { programId } = await asSystem(() =>
    ctx.transactionOnce({ command: "saveProgram", key, input: { ...wanted, tuition } }, async (tx) => {
      if ((await store.countExamTypes(tx, wanted.examTypeIds)) < new Set(wanted.examTypeIds).size)
        throw invalidField("input.examTypeIds", "INVALID_FORMAT", "Use ids of exam types.");
      const id = await store.saveProgram(tx, { ...wanted, tuition: amountsOf(tuition) });
      await audit(tx, ctx.identity, {
        action: "program.saved",
        entityType: "Program",
        entityId: id,
        newValues: { ...wanted, tuition },
      });
      return { programId: id };
    }),
  );
  return { program: await getProgram(ctx, programId) };
}

function amountsOf(tuition: SaveProgramInput["tuition"]): store.Tuition | null {
  if (tuition == null) return null;
  const { currency } = tuition;
  const minimum = toMinorUnits(tuition.minimum, currency, "input.tuition.minimum");
  const maximum = toMinorUnits(tuition.maximum, currency, "input.tuition.maximum");
  if (minimum < 0n || maximum < minimum)
    throw invalidField("input.tuition.maximum", "INVALID_FORMAT", "Use 0 ≤ minimum ≤ maximum.");
  return { currency, minimum, maximum };
}

/**
 * The student's chances at these programmes, in their order; null when the owner of the relationship does not let the viewer
 * see detailed analytics.
 * @throws NOT_FOUND for an unknown programme, VALIDATION_ERROR for more than 20
 */
export async function listChances(
  ctx: LearningContext,
  { id, viewerAccess }: User,
  programIds: readonly string[],
): Promise<AdmissionChance[] | null> {
  if (viewerAccess?.viewDetailedAnalytics !== true) return null;
  if (programIds.length > MOST_PROGRAMS)
    throw invalidField("programIds", "INVALID_FORMAT", `Name ${MOST_PROGRAMS} programmes at most.`);
  return Promise.all(programIds.map((programId) => findChance(ctx, id, programId)));
}

/** The chance of a student whose scores the caller may read. */
export async function findChance(ctx: LearningContext, studentId: string, programId: string): Promise<AdmissionChance> {
  const [program, history] = await Promise.all([
    programLoader(ctx).load(programId),
    historyLoader(ctx).load(studentId),
  ]);
  const score = history.findLast(({ examTypeId }) => program.examTypeIds.includes(examTypeId));
  const forecast = forecastOf(program.years);
  const nothing = { probability: null, low: null, high: null };
  const known = {
    program,
    scaled: score?.scaled ?? null,
    standardError: score?.standardError ?? null,
    passingScore: forecast?.passingScore ?? null,
    passingScoreDeviation: forecast?.deviation ?? null,
  };
  if (score === undefined) return { ...known, ...nothing, basis: AdmissionBasis.NO_SCORE, requirements: [] };
  const subtests = await subtestRowsLoader(ctx).load(score.attemptId);
  const estimates = new Map<string | null, Estimate>([
    [null, score],
    ...subtests.map((row): [string, Estimate] => [row.subtest, row]),
  ]);
  const requirements = program.requirements.map(({ subtest, minimum }): RequirementChance => {
    const estimate = estimates.get(subtest);
    const probability = estimate === undefined ? 0 : chanceOfMinimum(estimate, minimum);
    return { subtest, minimum, scaled: estimate?.scaled ?? null, probability };
  });
  if (forecast === null) return { ...known, ...nothing, basis: AdmissionBasis.NO_HISTORY, requirements };
  const minimums = requirements.map(({ probability }) => probability);
  const chance = together(chanceOf(score, forecast), minimums);
  return { ...known, ...chance, basis: AdmissionBasis.ESTIMATED, requirements };
}
