import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandOf } from "../question/question.rules.js";
import { type Blueprint, type Candidate, type SectionBlueprint, compose, informationOf } from "./blueprint.rules.js";

const TOPICS = ["Aljabar", "Geometri", "Peluang"];
const BANDS = ["EASY", "MEDIUM", "HARD"] as const;
const DIFFICULTY = { EASY: -1.5, MEDIUM: 0, HARD: 1.5 };

function candidate(index: number, over: Partial<Candidate> = {}): Candidate {
  const defaults = { subtest: "PK", topic: "Aljabar", passageId: null, exposureCount: 0 };
  return { itemId: `item-${index}`, ...defaults, discrimination: 1, difficulty: 0, guessing: 0.2, ...over };
}
const section = (over: Partial<SectionBlueprint>): SectionBlueprint => ({
  subtest: "PK",
  itemCount: 1,
  itemIds: [],
  topics: [],
  difficulties: [],
  ...over,
});
const blueprint = (sections: SectionBlueprint[], over: Partial<Blueprint> = {}): Blueprint => ({
  sections,
  targetInformation: null,
  maximumExposure: null,
  ...over,
});
const bank = fc
  .array(fc.tuple(fc.constantFrom(...TOPICS), fc.constantFrom(...BANDS), fc.nat(9), fc.integer({ min: 5, max: 20 })), {
    minLength: 3,
    maxLength: 12,
  })
  .map((cells) =>
    cells.map(([topic, band, exposureCount, slope], index) =>
      candidate(index, { topic, difficulty: DIFFICULTY[band], exposureCount, discrimination: slope / 10 }),
    ),
  );
const sharesOf = <Of extends string>(items: readonly Candidate[], of: (item: Candidate) => Of) =>
  [...Map.groupBy(items, of)].map(([of, group]) => ({ of, count: group.length }));

function* subsets(items: readonly Candidate[], size: number, from = 0): Generator<Candidate[]> {
  if (size === 0) yield [];
  else
    for (let index = from; index <= items.length - size; index++)
      for (const rest of subsets(items, size - 1, index + 1)) yield [items[index]!, ...rest];
}

describe("000-52: composing from a blueprint", () => {
  it("meets every count exactly and finds the most informative choice that there is", () => {
    fc.assert(
      fc.property(bank, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (items, picks) => {
        const wanted = items.filter((_, index) => picks[index]).slice(0, 5);
        fc.pre(wanted.length > 0);
        const topics = sharesOf(wanted, ({ topic }) => topic);
        const difficulties = sharesOf(wanted, ({ difficulty }) => bandOf(difficulty));
        const plan = blueprint([section({ itemCount: wanted.length, topics, difficulties })], {
          targetInformation: { ability: 0.5, minimum: 0 },
        });
        const composed = compose(plan, items);
        const chosen = "sections" in composed ? composed.sections[0]!.items : [];
        const counts = (of: readonly Candidate[]) =>
          [...sharesOf(of, ({ topic }) => topic), ...sharesOf(of, ({ difficulty }) => bandOf(difficulty))]
            .map(({ of, count }) => `${of} ${count}`)
            .toSorted();
        expect(counts(chosen)).toEqual(counts(wanted));
        const information = (of: readonly Candidate[]) => of.reduce((sum, item) => sum + informationOf(item, 0.5), 0);
        const best = Math.max(
          ...[...subsets(items, wanted.length)]
            .filter((some) => counts(some).join() === counts(wanted).join())
            .map(information),
        );
        expect(information(chosen)).toBeCloseTo(best, 9);
      }),
      { numRuns: 60 },
    );
  });

  it("without a target takes what was shown least, and nothing at or above the cap", () => {
    const items = [5, 1, 3, 0, 9].map((exposureCount, index) => candidate(index, { exposureCount }));
    const composed = compose(blueprint([section({ itemCount: 2 })]), items);
    expect(composed).toMatchObject({ sections: [{ items: [{ exposureCount: 1 }, { exposureCount: 0 }] }] });
    const capped = compose(blueprint([section({ itemCount: 3 })], { maximumExposure: 3 }), items);
    expect(capped).toEqual({
      shortages: [
        { path: "sections.0.itemCount", message: "Subtest PK: 3 items are wanted and 2 are there, so 1 are lacking." },
      ],
    });
  });

  it("says which constraint lacks how many, all at once", () => {
    const items = [candidate(0), candidate(1, { topic: "Geometri", difficulty: 2 })];
    const topics = [
      { of: "Aljabar", count: 1 },
      { of: "Peluang", count: 2 },
    ];
    const difficulties = [{ of: "EASY" as const, count: 3 }];
    expect(compose(blueprint([section({ itemCount: 3, topics, difficulties })]), items)).toMatchObject({
      shortages: [
        { path: "sections.0.itemCount", message: expect.stringContaining("1 are lacking") },
        {
          path: "sections.0.topics.1",
          message: expect.stringContaining("Peluang: 2 items are wanted and 0 are there"),
        },
        { path: "sections.0.difficulties.0", message: expect.stringContaining("EASY: 3 items are wanted and 0") },
      ],
    });
  });

  it("notices what only topics and difficulties together lack, and information that is too little", () => {
    const items = [candidate(0), candidate(1, { topic: "Geometri", difficulty: 2 })];
    const both = section({
      itemCount: 1,
      topics: [{ of: "Aljabar", count: 1 }],
      difficulties: [{ of: "HARD", count: 1 }],
    });
    expect(compose(blueprint([both]), items)).toMatchObject({
      shortages: [{ path: "sections.0", message: expect.stringContaining("together lack 1 of 1") }],
    });
    const demanding = blueprint([section({ itemCount: 2 })], { targetInformation: { ability: 0, minimum: 5 } });
    expect(compose(demanding, items)).toMatchObject({ shortages: [{ path: "targetInformation" }] });
  });

  it("fills up what was chosen by hand, which counts towards the shares, and keeps a passage together", () => {
    const items = [
      candidate(0, { passageId: "p" }),
      candidate(1, { topic: "Geometri" }),
      candidate(2, { passageId: "p" }),
      candidate(3, { topic: "Geometri" }),
    ];
    const topics = [
      { of: "Aljabar", count: 2 },
      { of: "Geometri", count: 1 },
    ];
    const mixed = compose(blueprint([section({ itemCount: 3, itemIds: ["item-0", "item-3"], topics })]), items);
    expect("sections" in mixed && mixed.sections[0]!.items.map(({ itemId }) => itemId)).toEqual([
      "item-0",
      "item-2",
      "item-3",
    ]);
    const tooMany = section({
      itemCount: 2,
      itemIds: ["item-1", "item-3"],
      topics: [
        { of: "Geometri", count: 1 },
        { of: "Aljabar", count: 1 },
      ],
    });
    expect(compose(blueprint([tooMany]), items)).toMatchObject({
      shortages: expect.arrayContaining([
        { path: "sections.0.topics.0", message: expect.stringContaining("1 too many") },
      ]),
    });
  });

  it("knows the information of an item", () => {
    // a = 1, b = 0, c = 0 at its difficulty: P·Q = 1/4; c = 0.2 there: (0.4 / 0.6) · 0.25 = 1/6
    expect(informationOf({ discrimination: 1, difficulty: 0, guessing: 0 }, 0)).toBeCloseTo(1 / 4, 12);
    expect(informationOf({ discrimination: 1, difficulty: 0, guessing: 0.2 }, 0)).toBeCloseTo(1 / 6, 12);
  });
});
