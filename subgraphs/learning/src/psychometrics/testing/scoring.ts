import { readFileSync } from "node:fs";
import { type ItemBank, createBank } from "../model.js";
import { type Policies, rowOf, scorePapers } from "../responses.js";

interface Columns {
  a: number[];
  b: number[];
  c: number[];
}

export interface PointReference {
  /** null for a blank paper. */
  theta: number | null;
  status: string;
  se: number;
  info_at_theta: number;
  ambiguous?: boolean;
}

export interface ScoringCase extends Policies {
  id: string;
  bank: string;
  D: number;
  label: string;
  responses: string;
  /** 1, 0, or - for an item that does not count. */
  scored: string;
  /** Ability, posterior deviation and information there. */
  eap: [number, number, number];
  grids: Record<string, [number, number]>;
  /** Mode, expected and observed standard error, information. */
  map: [number, number, number, number];
  mle: PointReference;
  wle: PointReference;
  fit: { loglik: number; lz: number; outfit_ms: number; infit_ms: number; expected_raw_score: number } | null;
}

interface Fixture {
  banks: Record<string, Columns>;
  information: Record<string, { theta: number[]; information: number[]; expected: number[] }>;
  cases: ScoringCase[];
}

export const scoring = JSON.parse(
  readFileSync(new URL("../fixtures/scoring-cases.json", import.meta.url), "utf8"),
) as Fixture;

export function bankFrom({ a, b, c }: Columns, D: number): ItemBank {
  return createBank(
    a.map((discrimination, index) => ({ discrimination, difficulty: b[index]!, guessing: c[index]! })),
    D,
  );
}

const banks = new Map<string, ItemBank>();
export function bankOf(name: string, D: number): ItemBank {
  const key = `${name}|${D}`;
  const bank = banks.get(key) ?? bankFrom(scoring.banks[name]!, D);
  banks.set(key, bank);
  return bank;
}

export function codesOf(one: ScoringCase): Uint8Array {
  return rowOf(scorePapers([one.responses], one.responses.length, one), 0);
}
