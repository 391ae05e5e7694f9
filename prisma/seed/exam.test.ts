import { describe, expect, it } from "vitest";
import { buildExam, type Paper } from "./exam.js";

const exam = buildExam();
const [first, second] = exam.tryouts;
if (first === undefined || second === undefined) throw new Error("There are two tryouts.");
const papers = [exam.practice, first, second];
const itemsOf = (paper: Paper) => paper.sections.flatMap(({ items }) => items);
const shapeOf = (paper: Paper) =>
  paper.sections.map(({ code, items, durationMinutes }) => `${code} ${items.length}/${durationMinutes}`).join(", ");

describe("the demo examination", () => {
  it("000-34: has the seven subtests of UTBK-SNBT, 155 items in 195 minutes", () => {
    for (const paper of [first, second]) {
      expect(shapeOf(paper)).toBe("PU 30/30, PPU 20/15, PBM 20/25, PK 15/20, LBI 30/45, LBE 20/30, PM 20/30");
      expect([itemsOf(paper).length, paper.durationMinutes]).toEqual([155, 195]);
    }
  });

  it("offers a practice of five items of each subtest in 40 minutes", () => {
    expect(exam.practice.sections.map(({ code, items }) => [code, items.length])).toEqual(
      exam.subtests.map(({ code }) => [code, 5]),
    );
    expect(exam.practice.durationMinutes).toBe(40);
  });

  it("asks no item twice in a paper, none of the first tryout in the second, and each in its subtest", () => {
    for (const paper of papers) {
      expect(new Set(itemsOf(paper)).size).toBe(itemsOf(paper).length);
      for (const { code, items } of paper.sections) for (const { subtest } of items) expect(subtest).toBe(code);
    }
    expect(new Set([...itemsOf(first), ...itemsOf(second)]).size).toBe(310);
  });

  it("asks the items of a passage one after the other", () => {
    for (const paper of papers) {
      const passages = itemsOf(paper).flatMap(({ passageId }) => (passageId === null ? [] : [passageId]));
      const runs = itemsOf(paper).filter(
        ({ passageId }, index, items) => passageId !== null && passageId !== items[index - 1]?.passageId,
      );
      expect(runs).toHaveLength(new Set(passages).size);
    }
  });

  it("is the same whenever it is built", () => {
    expect(buildExam()).toEqual(exam);
  });
});
