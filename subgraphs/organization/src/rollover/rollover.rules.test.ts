import { describe, expect, it } from "vitest";
import { conflictsOf, stepOf } from "./rollover.rules.js";

const old = (name: string, gradeLevel: string) => ({ id: "1", name, gradeLevel, capacity: 30, studentCount: 3 });

describe("000-50: at the end of the year", () => {
  it.each([
    ["XI IPA 1", "11", "XII IPA 1", "12"],
    ["X-IX", "9", "X-X", "10"],
    ["7B", "7", "8B", "8"],
    ["Kelas 10 A1", "10", "Kelas 11 A1", "11"],
    ["Merah", "4", "Merah", "5"],
    ["VII I", "7", "VIII I", "8"],
  ])("%s of grade %s goes up to %s of grade %s", (name, grade, toName, toGradeLevel) => {
    expect(stepOf(old(name, grade), undefined)).toMatchObject({ toName, toGradeLevel, toCapacity: 30 });
  });

  it.each(["12", "alumni", "gap_year"])("grade %s graduates, unless somebody wishes otherwise", (grade) => {
    expect(stepOf(old("A", grade), undefined)).toMatchObject({ toName: null });
    expect(stepOf(old("A", grade), { classId: "1", toName: "B" })).toMatchObject({ toName: "B" });
  });

  it("two classes that become one have to fit into it, and into the plan", () => {
    const steps = ["a", "b"].map((name) =>
      stepOf({ ...old(name, "10"), studentCount: 20 }, { classId: "1", toName: "B" }),
    );
    expect(conflictsOf(steps, [], { maxClasses: 0, otherActiveClasses: 0 }).map(({ code }) => code)).toEqual([
      "CLASS_FULL",
      "TOO_MANY_CLASSES",
    ]);
    const roomy = { name: "B", capacity: 41, isActive: true, studentCount: 1 };
    expect(conflictsOf(steps, [roomy], { maxClasses: 0, otherActiveClasses: 0 })).toEqual([]);
    const over = conflictsOf(steps, [{ ...roomy, isActive: false }], { maxClasses: 0, otherActiveClasses: 0 });
    expect(over.map(({ code }) => code)).toEqual(["CLASS_OVER"]);
  });
});
