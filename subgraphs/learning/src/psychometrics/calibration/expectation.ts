import { type BlockTables, expectRows } from "../block-kernel.js";
import { type BlockShape, buildTables } from "../block-tables.js";
import type { ItemBank } from "../model.js";
import type { Quadrature } from "../quadrature.js";
import { type ResponseMatrix, RIGHT, WRONG } from "../responses.js";

/** What the data are expected to look like at each node, given the current parameters (Bock & Aitkin 1981). */
export interface Expectation {
  readonly logLikelihood: number;
  /** Expected right answers, items × nodes. */
  readonly right: Float64Array;
  /** Expected wrong answers, items × nodes. */
  readonly wrong: Float64Array;
  /** Posterior weight of each node times the row's count, rows × nodes. Overwritten by the next expectation. */
  readonly posteriors: Float64Array;
}

export interface ExpectationMemory {
  readonly counts: Float64Array;
  readonly posteriors: Float64Array;
}

export function createMemory(matrix: ResponseMatrix, nodes: number): ExpectationMemory {
  return {
    counts: matrix.counts ?? new Float64Array(matrix.rows).fill(1),
    posteriors: new Float64Array(matrix.rows * nodes),
  };
}

export function expectation(
  bank: ItemBank,
  quadrature: Quadrature,
  matrix: ResponseMatrix,
  shape: BlockShape,
  { counts, posteriors }: ExpectationMemory,
): Expectation {
  const tables = buildTables(bank, quadrature, shape);
  const expected = new Float64Array(tables.blocks * tables.patterns * tables.nodes.length);
  const logLikelihood = expectRows(tables, matrix.codes, counts, posteriors, expected);
  return { logLikelihood, ...byItem(tables, expected), posteriors };
}

/** From weights by pattern to weights by item and answer. */
function byItem(tables: BlockTables, expected: Float64Array): { right: Float64Array; wrong: Float64Array } {
  const { items, width, base, patterns } = tables;
  const count = tables.nodes.length;
  const right = new Float64Array(items * count);
  const wrong = new Float64Array(items * count);
  for (let item = 0; item < items; item++) {
    const block = Math.floor(item / width);
    const digit = base ** (item % width);
    const used = base ** Math.min(width, items - block * width);
    for (let pattern = 0; pattern < used; pattern++) {
      const code = Math.floor(pattern / digit) % base;
      if (code !== RIGHT && code !== WRONG) continue;
      const target = code === RIGHT ? right : wrong;
      const from = (block * patterns + pattern) * count;
      const to = item * count;
      for (let node = 0; node < count; node++) {
        target[to + node] = (target[to + node] ?? 0) + (expected[from + node] ?? 0);
      }
    }
  }
  return { right, wrong };
}
