import { createRandom, type Random } from "./random.js";

/** One item of the demo question bank. Original text; parameters are assigned, not calibrated. */
export type SubtestCode = "PU" | "PPU" | "PBM" | "PK" | "LBI" | "LBE" | "PM";
export type OptionKey = "A" | "B" | "C" | "D" | "E";
export interface BankItem {
  /** Stable and unique, e.g. "PK-0001". */
  readonly code: string;
  readonly subtest: SubtestCode;
  /** Path in the category tree, e.g. "Aljabar/Persamaan linear". */
  readonly topic: string;
  readonly language: "id" | "en";
  /** Passage shared by several items (same object), if any. */
  readonly passage?: { readonly code: string; readonly title: string; readonly text: string };
  readonly stem: string;
  readonly options: readonly { readonly key: OptionKey; readonly text: string }[]; // exactly five, A..E
  readonly correct: OptionKey;
  /** Shown after review is allowed: why the key is right. */
  readonly explanation: string;
  readonly cognitiveLevel: "REMEMBER" | "UNDERSTAND" | "APPLY" | "ANALYZE" | "EVALUATE" | "CREATE";
  /** 3PL, logistic metric D = 1: discrimination 0.6..2.4, difficulty -2.5..2.5, guessing 0.1..0.25. */
  readonly parameters: { readonly discrimination: number; readonly difficulty: number; readonly guessing: number };
}

/*
 * What follows turns drafts into items: it chooses the distractors, places the
 * key, and assigns the parameters. Everything is deterministic.
 */

interface ValueText {
  readonly value: number;
  readonly text: string;
}

/** The choices of a draft, before the key has been given its place. */
export type Choices =
  | { readonly kind: "sorted"; readonly key: ValueText; readonly wrong: readonly ValueText[] }
  | { readonly kind: "shuffled"; readonly key: string; readonly wrong: readonly string[] }
  | { readonly kind: "fixed"; readonly key: string; readonly texts: readonly string[] };

/** An item without code, key letter and parameters. */
export interface Draft {
  readonly topic: string;
  readonly stem: string;
  readonly choices: Choices;
  readonly explanation: string;
  readonly level: BankItem["cognitiveLevel"];
  readonly passage?: NonNullable<BankItem["passage"]>;
  /** Difficulty aimed at; the group's own when left out. */
  readonly hardness?: number;
}

/** A generator and how often to run it. `make` may return undefined to draw again. */
export interface Group {
  readonly name: string;
  readonly hardness: number;
  readonly variants: number;
  readonly make: (random: Random, variant: number) => Draft | readonly Draft[] | undefined;
}

const KEYS: readonly OptionKey[] = ["A", "B", "C", "D", "E"];
const MAX_ATTEMPTS = 2000;

/** The element at `index`; throws when there is none. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`No element at ${index}`);
  return value;
}

/** Indonesian number: thousands dot, decimal comma, at most two decimals. */
export function num(value: number): string {
  const [whole = "0", decimals = ""] = Math.abs(value).toFixed(2).split(".");
  const tail = decimals.replace(/0+$/, "");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ".");
  return `${value < 0 ? "-" : ""}${grouped}${tail && `,${tail}`}`;
}

/** Number inside LaTeX: the comma in braces, so that no space follows it. */
export const tex = (value: number): string => num(value).replace(",", "{,}");
/** Number as a LaTeX formula of its own. */
export const math = (value: number): string => `$${tex(value)}$`;
export const rupiah = (value: number): string => `Rp${num(value)}`;
/** Formatter for numbers followed by a unit. */
export const unit =
  (name: string) =>
  (value: number): string =>
    `${num(value)} ${name}`;
/** Signed term for a LaTeX sum: "+ 3" or "- 3". */
export const plus = (value: number): string => (value < 0 ? `- ${tex(-value)}` : `+ ${tex(value)}`);

/** Only values that look like an answer: clean decimals, whole if the key is whole, same magnitude. */
function plausible(value: number, key: number, floor: number): boolean {
  const scale = Number.isInteger(key) ? 1 : 100;
  if (!Number.isFinite(value) || value <= floor) return false;
  if (Math.abs(value * scale - Math.round(value * scale)) > 1e-6) return false;
  return floor !== 0 || (value <= key * 12 && value >= key / 12);
}

/**
 * Numeric choices in ascending order. `errors` names the typical mistake behind
 * each distractor; values that do not look like an answer, or repeat one, are
 * left out. Values must exceed `floor` (use -Infinity for signed answers).
 */
export function numeric(
  key: number,
  format: (value: number) => string,
  errors: Readonly<Record<string, number>>,
  floor = 0,
): Choices {
  const seen = new Set([format(key)]);
  const wrong: ValueText[] = [];
  for (const value of Object.values(errors)) {
    if (!plausible(value, key, floor)) continue;
    const text = format(value);
    if (text === "" || seen.has(text)) continue;
    seen.add(text);
    wrong.push({ value, text });
  }
  return { kind: "sorted", key: { value: key, text: format(key) }, wrong };
}

/** Greatest common divisor of two positive whole numbers. */
export const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

type Ratio = readonly [numerator: number, denominator: number];

/** Fraction choices in lowest terms, between 0 and 1, in ascending order. */
export function fractions(key: Ratio, errors: Readonly<Record<string, Ratio>>): Choices {
  const entry = ([n, d]: Ratio): ValueText => {
    const g = gcd(n, d);
    return { value: n / d, text: `$\\frac{${n / g}}{${d / g}}$` };
  };
  const seen = new Set([entry(key).text]);
  const wrong: ValueText[] = [];
  for (const ratio of Object.values(errors)) {
    const candidate = entry(ratio);
    if (candidate.value <= 0 || candidate.value >= 1 || seen.has(candidate.text)) continue;
    seen.add(candidate.text);
    wrong.push(candidate);
  }
  return { kind: "sorted", key: entry(key), wrong };
}

/** Choices without natural order; the array may hold more than four distractors. */
export function verbal(key: string, wrong: readonly string[]): Choices {
  return { kind: "shuffled", key, wrong: [...new Set(wrong)].filter((text) => text !== key) };
}

/** Choices whose order is part of the question. */
export const fixed = (texts: readonly string[], key: string): Choices => ({ kind: "fixed", texts, key });

const isUsable = ({ choices }: Draft): boolean =>
  choices.kind === "fixed" ? choices.texts.includes(choices.key) : choices.wrong.length >= 4;

/**
 * Positions the key can take, given how many distractors lie below and above it.
 * The distractor named first is the most typical mistake and always keeps a place.
 */
function positions(choices: Choices): number[] {
  if (choices.kind === "fixed") return [choices.texts.indexOf(choices.key)];
  if (choices.kind === "shuffled") return [0, 1, 2, 3, 4];
  const { key, wrong } = choices;
  const below = wrong.filter(({ value }) => value < key.value).length;
  const [least, most] = at(wrong, 0).value < key.value ? [1, 4] : [0, 3];
  return [0, 1, 2, 3, 4].filter(
    (place) => place >= least && place <= most && place <= below && 4 - place <= wrong.length - below,
  );
}

/** The five texts in order, with the key at `place`. Distractors named first win. */
function arrange(choices: Choices, place: number, random: Random): readonly string[] {
  if (choices.kind === "fixed") return choices.texts;
  if (choices.kind === "shuffled") {
    const wrong = random.shuffle(choices.wrong).slice(0, 4);
    return [...wrong.slice(0, place), choices.key, ...wrong.slice(place)];
  }
  const { key, wrong } = choices;
  const below = wrong.filter(({ value }) => value < key.value).slice(0, place);
  const above = wrong.filter(({ value }) => value >= key.value).slice(0, 4 - place);
  return [key, ...below, ...above].toSorted((a, b) => a.value - b.value).map(({ text }) => text);
}

const clamp = (value: number, min: number, max: number): number =>
  Number(Math.min(max, Math.max(min, value)).toFixed(2));

function parameters(hardness: number, random: Random): BankItem["parameters"] {
  return {
    discrimination: clamp(1.2 * Math.exp(random.normal(0, 0.28)), 0.6, 2.4),
    difficulty: clamp(hardness + random.normal(0, 0.5), -2.5, 2.5),
    guessing: clamp(0.1 + 0.15 * random.next(), 0.1, 0.25),
  };
}

/** Runs one generator until it gives drafts that can be used and stems not seen before. */
function draw(group: Group, variant: number, random: Random, stems: ReadonlySet<string>): readonly Draft[] {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const made = group.make(random.fork(`${group.name}/${variant}/${attempt}`), variant);
    const drafts: readonly Draft[] = made === undefined ? [] : [made].flat();
    if (drafts.length > 0 && drafts.every((draft) => isUsable(draft) && !stems.has(draft.stem))) return drafts;
  }
  throw new Error(`Generator ${group.name} found no usable draft`);
}

/** Builds the items of one subtest; keys are kept even by always taking the least used place. */
export function buildBank(subtest: SubtestCode, groups: readonly Group[]): BankItem[] {
  const random = createRandom(`bank/${subtest}`);
  const stems = new Set<string>();
  const used = [0, 0, 0, 0, 0];
  const items: BankItem[] = [];
  const add = (draft: Draft, group: Group): void => {
    const code = `${subtest}-${String(items.length + 1).padStart(4, "0")}`;
    const own = random.fork(code);
    const [place = 0] = own.shuffle(positions(draft.choices)).toSorted((a, b) => at(used, a) - at(used, b));
    used[place] = at(used, place) + 1;
    stems.add(draft.stem);
    items.push({
      code,
      subtest,
      topic: draft.topic,
      language: "id",
      ...(draft.passage && { passage: draft.passage }),
      stem: draft.stem,
      options: arrange(draft.choices, place, own).map((text, i) => ({ key: at(KEYS, i), text })),
      correct: at(KEYS, place),
      explanation: draft.explanation,
      cognitiveLevel: draft.level,
      parameters: parameters(draft.hardness ?? group.hardness, own),
    });
  };
  for (const group of groups) {
    for (let variant = 0; variant < group.variants; variant += 1) {
      for (const draft of draw(group, variant, random, stems)) add(draft, group);
    }
  }
  return items;
}
