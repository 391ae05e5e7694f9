import type { BlockTables } from "./block-kernel.js";
import { type ItemBank, logTables } from "./model.js";
import type { Quadrature } from "./quadrature.js";

/** How items are cut into blocks. */
export interface BlockShape {
  readonly width: number;
  readonly base: number;
}

const LARGEST_BLOCK = 65_536;

/**
 * Wide blocks make papers cheap and tables dear: as wide as the number of papers pays for, and no wider than the
 * processor's cache likes.
 */
export function shapeFor({
  rows,
  nodes,
  hasMissing,
}: {
  rows: number;
  nodes: number;
  hasMissing: boolean;
}): BlockShape {
  const width = Math.max(1, Math.floor(Math.log2(Math.min(rows / 8, LARGEST_BLOCK / nodes))));
  return hasMissing ? { base: 3, width: Math.min(5, Math.ceil(width / 1.6)) } : { base: 2, width: Math.min(8, width) };
}

/** Tabulates the likelihood of every pattern of every block in memory that threads can share. */
export function buildTables(bank: ItemBank, { nodes, weights }: Quadrature, { width, base }: BlockShape): BlockTables {
  const count = nodes.length;
  const blocks = Math.ceil(bank.size / width);
  const patterns = base ** width;
  const { right, wrong } = logTables(bank, nodes);
  const values = shared(blocks * patterns * count + count);
  values.fill(1, blocks * patterns * count);
  const logScales = shared(blocks * patterns);
  for (let block = 0; block < blocks; block++) {
    const start = block * patterns * count;
    values.fill(1, start, start + count);
    let filled = 1;
    for (let item = block * width; item < Math.min((block + 1) * width, bank.size); item++) {
      appendItem(values, start, filled * count, item * count, right, wrong, { count, base });
      filled *= base;
    }
    for (let pattern = 0; pattern < filled; pattern++) {
      logScales[block * patterns + pattern] = rescale(values, start + pattern * count, count);
    }
  }
  return {
    nodes: copy(nodes),
    weights: copy(weights),
    items: bank.size,
    width,
    base,
    blocks,
    patterns,
    values,
    logScales,
    logRight: copy(right),
    logWrong: copy(wrong),
  };
}

/** Extends the patterns so far, which answer the item wrong, by those that answer it right and those that miss it. */
function appendItem(
  values: Float64Array,
  start: number,
  size: number,
  logs: number,
  right: Float64Array,
  wrong: Float64Array,
  { count, base }: { readonly count: number; readonly base: number },
): void {
  const rightCurve = right.subarray(logs, logs + count).map(Math.exp);
  const wrongCurve = wrong.subarray(logs, logs + count).map(Math.exp);
  if (base === 3) values.copyWithin(start + 2 * size, start, start + size);
  for (let offset = 0; offset < size; offset += count) {
    for (let node = 0; node < count; node++) {
      const at = start + offset + node;
      const value = values[at] ?? 0;
      values[at + size] = value * (rightCurve[node] ?? 0);
      values[at] = value * (wrongCurve[node] ?? 0);
    }
  }
}

/** Divides by the largest value; returns its logarithm. A pattern that is impossible in double precision stays so. */
function rescale(values: Float64Array, start: number, count: number): number {
  let largest = 0;
  for (let node = start; node < start + count; node++) largest = Math.max(largest, values[node] ?? 0);
  if (largest < 1e-200) {
    values.fill(0, start, start + count);
    return 0;
  }
  for (let node = start; node < start + count; node++) values[node] = (values[node] ?? 0) / largest;
  return Math.log(largest);
}

function shared(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

function copy(values: Float64Array): Float64Array {
  const result = shared(values.length);
  result.set(values);
  return result;
}
