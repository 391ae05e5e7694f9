/** What becomes of one class when the year is over. */
export interface RolloverStep {
  readonly classId: string;
  readonly name: string;
  readonly studentCount: number;
  /** The class of the next year into which the students go; null when they graduate. */
  readonly toName: string | null;
  readonly toGradeLevel: string | null;
  readonly toCapacity: number | null;
}

interface OldClass {
  readonly id: string;
  readonly name: string;
  readonly gradeLevel: string;
  readonly capacity: number;
  readonly studentCount: number;
}

/** What the caller wants instead of the rule for one class. */
export interface RolloverWish {
  readonly classId: string;
  readonly isGraduating?: boolean | null | undefined;
  readonly toName?: string | null | undefined;
  readonly toGradeLevel?: string | null | undefined;
}

const LAST_GRADE = 12;
const ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/**
 * The rule: a class whose grade is a number below 12 goes up one grade under the same name with its own grade in it put up,
 * in digits or in Roman numerals (`XI IPA 1` -> `XII IPA 1`, `7B` -> `8B`); all others graduate.
 */
export function stepOf(old: OldClass, wish: RolloverWish | undefined): RolloverStep {
  const { id: classId, name, studentCount, capacity } = old;
  const grade = /^\d{1,2}$/.test(old.gradeLevel) ? Number(old.gradeLevel) : undefined;
  const isLast = grade === undefined || grade >= LAST_GRADE;
  const wantsClass = wish?.toName != null || wish?.toGradeLevel != null;
  if (wish?.isGraduating ?? (isLast && !wantsClass))
    return { classId, name, studentCount, toName: null, toGradeLevel: null, toCapacity: null };
  const next = grade === undefined ? undefined : grade + 1;
  return {
    classId,
    name,
    studentCount,
    toName: wish?.toName ?? (grade === undefined ? name : promoted(name, grade)),
    toGradeLevel: wish?.toGradeLevel ?? String(next ?? old.gradeLevel),
    toCapacity: capacity,
  };
}

function promoted(name: string, grade: number): string {
  const roman = ROMAN[grade];
  const written = [String(grade), ...(roman === undefined || roman === "" ? [] : [roman])].join("|");
  return name.replace(new RegExp(`(?<![0-9IVX])(${written})(?![0-9IVX])`), (found) =>
    /\d/.test(found) ? String(grade + 1) : (ROMAN[grade + 1] ?? String(grade + 1)),
  );
}

export type RolloverConflictCode = "CLASS_FULL" | "CLASS_OVER" | "TOO_MANY_CLASSES";

/** Why a rollover cannot be applied as it is. */
export interface RolloverConflict {
  readonly code: RolloverConflictCode;
  /** The class of the next year that it is about. */
  readonly className: string | null;
  readonly message: string;
}

/** A class that the next year has already. */
export interface NextClass {
  readonly name: string;
  readonly capacity: number;
  readonly isActive: boolean;
  readonly studentCount: number;
}

/** Everything that stands in the way; nothing when the rollover can be applied. */
export function conflictsOf(
  steps: readonly RolloverStep[],
  next: readonly NextClass[],
  room: { readonly maxClasses: number; readonly otherActiveClasses: number },
): RolloverConflict[] {
  const existing = new Map(next.map((each) => [each.name, each]));
  const targets = Map.groupBy(
    steps.filter(({ toName }) => toName !== null),
    ({ toName }) => toName ?? "",
  );
  const conflicts: RolloverConflict[] = [];
  for (const [className, sources] of targets) {
    const target = existing.get(className);
    const arriving = sources.reduce((sum, { studentCount }) => sum + studentCount, 0);
    const capacity = target?.capacity ?? Math.max(...sources.map(({ toCapacity }) => toCapacity ?? 0));
    const students = arriving + (target?.studentCount ?? 0);
    if (target?.isActive === false)
      conflicts.push({ code: "CLASS_OVER", className, message: `${className} is not active: choose another class.` });
    if (students > capacity) {
      const message = `${className} has ${capacity} seats for ${students} students: enlarge it or divide them.`;
      conflicts.push({ code: "CLASS_FULL", className, message });
    }
  }
  const opened = [...targets.keys()].filter((name) => !existing.has(name)).length;
  if (room.otherActiveClasses + opened > room.maxClasses) {
    const message = `The plan allows ${room.maxClasses} active classes: end some or choose a larger plan.`;
    conflicts.push({ code: "TOO_MANY_CLASSES", className: null, message });
  }
  return conflicts;
}
