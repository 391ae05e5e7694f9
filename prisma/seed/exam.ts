import { generalKnowledgeItems } from "./bank/general-knowledge.js";
import type { BankItem, SubtestCode } from "./bank/item.js";
import { literacyEnglishItems } from "./bank/literacy-english.js";
import { literacyIndonesianItems } from "./bank/literacy-indonesian.js";
import { mathematicsItems } from "./bank/mathematics.js";
import { quantitativeItems } from "./bank/quantitative.js";
import { createRandom, type Random } from "./bank/random.js";
import { readingWritingItems } from "./bank/reading-writing.js";
import { reasoningItems } from "./bank/reasoning.js";
import { seededId } from "./id.js";

interface Subtest {
  readonly code: SubtestCode;
  readonly name: string;
  readonly itemCount: number;
  readonly durationMinutes: number;
}

/** The seven subtests of UTBK-SNBT in their order: 155 items in 195 minutes (CHECKLIST 000-34). */
const UTBK: readonly Subtest[] = [
  { code: "PU", name: "Penalaran Umum", itemCount: 30, durationMinutes: 30 },
  { code: "PPU", name: "Pengetahuan dan Pemahaman Umum", itemCount: 20, durationMinutes: 15 },
  { code: "PBM", name: "Pemahaman Bacaan dan Menulis", itemCount: 20, durationMinutes: 25 },
  { code: "PK", name: "Pengetahuan Kuantitatif", itemCount: 15, durationMinutes: 20 },
  { code: "LBI", name: "Literasi dalam Bahasa Indonesia", itemCount: 30, durationMinutes: 45 },
  { code: "LBE", name: "Literasi dalam Bahasa Inggris", itemCount: 20, durationMinutes: 30 },
  { code: "PM", name: "Penalaran Matematika", itemCount: 20, durationMinutes: 30 },
];

/** Five items of each subtest; the minutes are in proportion to those of the examination, 40 in all. */
const PRACTICE_MINUTES: Readonly<Record<SubtestCode, number>> = { PU: 4, PPU: 4, PBM: 5, PK: 6, LBI: 7, LBE: 7, PM: 7 };
const PRACTICE: readonly Subtest[] = UTBK.map((subtest) => ({
  ...subtest,
  itemCount: 5,
  durationMinutes: PRACTICE_MINUTES[subtest.code],
}));

/** As many items as one passage carries in one tryout. */
const LARGEST_SET = 5;
const SEED = "lentera-exam";

/** An item of the bank with its id and that of its passage. */
export interface ExamItem extends BankItem {
  readonly id: string;
  readonly passageId: string | null;
}

type Passage = NonNullable<BankItem["passage"]>;

/** What a student sits: sections in order, each with its items in order. */
export interface Paper {
  readonly id: string;
  readonly title: string;
  readonly kind: "PRACTICE" | "SCHEDULED";
  readonly position: number;
  readonly durationMinutes: number;
  readonly sections: readonly (Subtest & { readonly items: readonly ExamItem[] })[];
}

export interface Exam {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly subtests: readonly Subtest[];
  readonly passages: readonly (Passage & { readonly id: string })[];
  readonly items: readonly ExamItem[];
  readonly practice: Paper;
  /** Two whole examinations that share no item as far as the bank reaches. */
  readonly tryouts: readonly Paper[];
}

/** The demo's examination type, question bank and tryouts; always the same. */
export function buildExam(): Exam {
  const bank = [
    ...reasoningItems(),
    ...generalKnowledgeItems(),
    ...readingWritingItems(),
    ...quantitativeItems(),
    ...literacyIndonesianItems(),
    ...literacyEnglishItems(),
    ...mathematicsItems(),
  ];
  const sources = new Map(bank.flatMap(({ passage }) => (passage ? [[passage.code, passage]] : [])));
  const passages = [...sources.values()].map((passage, index) => ({
    ...passage,
    id: seededId(SEED, "passage", index),
  }));
  const passageIds = new Map(passages.map(({ code, id }) => [code, id]));
  const items = bank.map((item, index) => ({
    ...item,
    id: seededId(SEED, "item", index),
    passageId: passageIds.get(item.passage?.code ?? "") ?? null,
  }));
  const used = new Set<ExamItem>();
  const paper = (position: number, title: string, kind: Paper["kind"], subtests: readonly Subtest[]): Paper => ({
    id: seededId(SEED, "tryout", position),
    title,
    kind,
    position,
    durationMinutes: subtests.reduce((sum, { durationMinutes }) => sum + durationMinutes, 0),
    sections: subtests.map((subtest) => {
      const chosen = chooseItems(items, subtest, used, createRandom(`${SEED}/${position}/${subtest.code}`));
      for (const item of chosen) used.add(item);
      return { ...subtest, items: chosen };
    }),
  });
  const tryouts = [
    paper(2, "Tryout Nasional UTBK-SNBT 1", "SCHEDULED", UTBK),
    paper(3, "Tryout Nasional UTBK-SNBT 2", "SCHEDULED", UTBK),
  ];
  return {
    id: seededId(SEED, "exam-type", 0),
    code: "UTBK-SNBT",
    name: "UTBK-SNBT",
    subtests: UTBK,
    passages,
    items,
    practice: paper(1, "Latihan Kilat UTBK", "PRACTICE", PRACTICE),
    tryouts,
  };
}

/** Items for one section: passages stay whole, what was not used before comes first. */
function chooseItems(
  bank: readonly ExamItem[],
  { code, itemCount }: Subtest,
  used: ReadonlySet<ExamItem>,
  random: Random,
): ExamItem[] {
  const items = bank.filter(({ subtest }) => subtest === code);
  const sets = [...Map.groupBy(items, (item) => item.passage?.code ?? item.code).values()];
  const isFresh = (set: readonly ExamItem[]): boolean => !set.some((item) => used.has(item));
  const shuffled = random.shuffle(sets.map((set) => set.slice(0, LARGEST_SET)));
  const chosen = fill([...shuffled.filter(isFresh), ...shuffled.filter((set) => !isFresh(set))], itemCount);
  if (chosen === undefined) throw new Error(`The bank has too few items for ${itemCount} of ${code}.`);
  return chosen.flat();
}

/** The first sets that make up `count` together; undefined when none do. */
function fill<T>(sets: readonly (readonly T[])[], count: number): (readonly T[])[] | undefined {
  const deadEnds = new Set<string>();
  const search = (index: number, left: number): (readonly T[])[] | undefined => {
    const set = sets[index];
    if (left === 0) return [];
    if (set === undefined || left < 0 || deadEnds.has(`${index}/${left}`)) return undefined;
    const rest = search(index + 1, left - set.length);
    if (rest !== undefined) return [set, ...rest];
    const without = search(index + 1, left);
    if (without === undefined) deadEnds.add(`${index}/${left}`);
    return without;
  };
  return search(0, count);
}
