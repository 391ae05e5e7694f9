import type { ItemKind } from "@lentera/prisma/learning";

/** What a response to an item may say. */
export interface AnswerableItem {
  readonly kind: ItemKind;
  /** Keys of its options; of a true/false table, of its statements. */
  readonly optionKeys: readonly string[];
}

export interface ResponseKey {
  readonly kind: ItemKind;
  /** As a response that is all right would be. */
  readonly correct: readonly string[];
  /** How far a numeric answer may lie from the right one, at most. */
  readonly tolerance: number;
}

export interface Mark {
  readonly isRight: boolean;
  /** The share of the item's points, from 0 to 1; 1 exactly when it is right. */
  readonly credit: number;
}

const NUMBER = /^[+-]?\d{1,15}(?:[.,]\d{1,15})?(?:[eE][+-]?\d{1,2})?$/;

/** A number as a student writes it, with a decimal point or comma; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed.replace(",", ".")) : undefined;
}

/**
 * Whether a response could be an answer to an item at all, right or wrong. Empty takes an answer back.
 *
 * SINGLE_CHOICE one key, MULTIPLE_CHOICE several, TRUE_FALSE_TABLE `A:TRUE` or `A:FALSE` for each statement that was
 * judged, NUMERIC one number.
 */
export function isValidResponse({ kind, optionKeys }: AnswerableItem, response: readonly string[]): boolean {
  if (response.length === 0) return true;
  switch (kind) {
    case "SINGLE_CHOICE":
      return response.length === 1 && areDistinctKeys(response, optionKeys);
    case "MULTIPLE_CHOICE":
      return areDistinctKeys(response, optionKeys);
    case "TRUE_FALSE_TABLE":
      return (
        response.every((part) => /:(?:TRUE|FALSE)$/.test(part)) &&
        areDistinctKeys(response.map(statementOf), optionKeys)
      );
    case "NUMERIC":
      return response.length === 1 && parseNumber(response[0] ?? "") !== undefined;
  }
}

function statementOf(part: string): string {
  return part.slice(0, part.lastIndexOf(":"));
}

function areDistinctKeys(chosen: readonly string[], keys: readonly string[]): boolean {
  return new Set(chosen).size === chosen.length && chosen.every((key) => keys.includes(key));
}

/**
 * Marks a valid response. The ability is estimated from right and wrong alone; `credit` is what raw and weighted scoring
 * add up: for several choices the right ones less the wrong ones, for a table the share of statements judged right.
 */
export function markResponse({ kind, correct, tolerance }: ResponseKey, response: readonly string[]): Mark {
  const hits = response.filter((part) => correct.includes(part)).length;
  const isExact = response.length === correct.length && hits === correct.length;
  switch (kind) {
    case "SINGLE_CHOICE":
      return markOf(isExact ? 1 : 0);
    case "MULTIPLE_CHOICE":
      return isExact ? markOf(1) : markOf(Math.max(0, (2 * hits - response.length) / correct.length));
    case "TRUE_FALSE_TABLE":
      return markOf(hits / correct.length);
    case "NUMERIC":
      return markOf(isNear(response[0], correct[0], tolerance) ? 1 : 0);
  }
}

function markOf(credit: number): Mark {
  return { isRight: credit === 1, credit };
}

function isNear(given: string | undefined, right: string | undefined, tolerance: number): boolean {
  const value = parseNumber(given ?? "");
  const wanted = parseNumber(right ?? "");
  if (value === undefined || wanted === undefined) return false;
  // 0.3 is within 0.1 of 0.2, whatever binary fractions make of it
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(value), Math.abs(wanted));
  return Math.abs(value - wanted) <= tolerance + rounding;
}
