import { type ResponseMatrix, MISSING } from "../responses.js";
import type { Posteriors, Scores } from "./standard-errors.js";

/** Patterns of a block of items, and how many items and codes make them. */
interface Patterns {
  readonly base: number;
  readonly width: number;
  readonly count: number;
  /** Of each row, block after block. */
  readonly ofRows: Uint8Array;
}

/**
 * Adds the expected products of the scores of every two different items, to the lower half of the matrix. Rows are first
 * added up by the joint pattern of two blocks of items, which is far less work than item by item.
 */
export function addPairMoments(
  curvature: Float64Array,
  matrix: ResponseMatrix,
  posteriors: Posteriors,
  scores: Scores,
): void {
  const patterns = patternsOf(matrix);
  const blocks = Math.ceil(matrix.items / patterns.width);
  const joint = new Float64Array(patterns.count ** 2 * scores.nodes);
  for (let high = 0; high < blocks; high++) {
    for (let low = 0; low <= high; low++) {
      addUp(joint, patterns, posteriors, [high, low], matrix.rows, scores.nodes);
      const lastHigh = Math.min((high + 1) * patterns.width, matrix.items);
      const lastLow = Math.min((low + 1) * patterns.width, matrix.items);
      for (let item = high * patterns.width; item < lastHigh; item++) {
        for (let other = low * patterns.width; other < Math.min(lastLow, item); other++) {
          addPair(curvature, matrix.items, item, other, joint, patterns, scores);
        }
      }
    }
  }
}

function patternsOf({ codes, items, rows }: ResponseMatrix): Patterns {
  const [base, width] = codes.includes(MISSING) ? [3, 3] : [2, 4];
  const blocks = Math.ceil(items / width);
  const ofRows = new Uint8Array(blocks * rows);
  for (let block = 0; block < blocks; block++) {
    for (let row = 0; row < rows; row++) {
      let pattern = 0;
      for (let item = Math.min((block + 1) * width, items) - 1; item >= block * width; item--) {
        pattern = pattern * base + (codes[row * items + item] ?? 0);
      }
      ofRows[block * rows + row] = pattern;
    }
  }
  return { base, width, count: base ** width, ofRows };
}

function addUp(
  joint: Float64Array,
  { count, ofRows }: Patterns,
  { weights, ranges }: Posteriors,
  [high, low]: readonly [number, number],
  rows: number,
  nodes: number,
): void {
  joint.fill(0);
  for (let row = 0; row < rows; row++) {
    const pattern = (ofRows[high * rows + row] ?? 0) * count + (ofRows[low * rows + row] ?? 0);
    const to = pattern * nodes;
    const from = row * nodes;
    const last = ranges[2 * row + 1] ?? 0;
    for (let node = ranges[2 * row] ?? 0; node < last; node++) {
      joint[to + node] = (joint[to + node] ?? 0) + (weights[from + node] ?? 0);
    }
  }
}

function addPair(
  curvature: Float64Array,
  items: number,
  item: number,
  other: number,
  joint: Float64Array,
  { base, width, count }: Patterns,
  { perItem, nodes, byCode }: Scores,
): void {
  const digit = base ** (item % width);
  const otherDigit = base ** (other % width);
  const size = items * perItem;
  const weights = new Float64Array(4 * nodes);
  for (let pattern = 0; pattern < count * count; pattern++) {
    const code = Math.floor(Math.floor(pattern / count) / digit) % base;
    const otherCode = Math.floor((pattern % count) / otherDigit) % base;
    if (code === MISSING || otherCode === MISSING) continue;
    const to = (2 * code + otherCode) * nodes;
    for (let node = 0; node < nodes; node++) {
      weights[to + node] = (weights[to + node] ?? 0) + (joint[pattern * nodes + node] ?? 0);
    }
  }
  byCode.forEach((left, code) => {
    byCode.forEach((right, otherCode) => {
      const from = (2 * code + otherCode) * nodes;
      for (let row = item * perItem; row < (item + 1) * perItem; row++) {
        for (let column = other * perItem; column < (other + 1) * perItem; column++) {
          let sum = 0;
          for (let node = 0; node < nodes; node++) {
            sum += (weights[from + node] ?? 0) * (left[row * nodes + node] ?? 0) * (right[column * nodes + node] ?? 0);
          }
          curvature[row * size + column] = (curvature[row * size + column] ?? 0) + sum;
        }
      }
    });
  });
}
