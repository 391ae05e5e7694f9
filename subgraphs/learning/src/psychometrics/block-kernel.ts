import { isMainThread, parentPort, workerData } from "node:worker_threads";

/**
 * The inner loops over many papers. The items are cut into blocks of a few, and the likelihood of every possible answer
 * pattern of a block is tabulated at all nodes once: a paper then costs one multiplication per block and node instead of
 * one addition per item and node, and no exponential.
 *
 * This file imports nothing of ours, so that a worker thread can load it as it is, from the sources and when built.
 */
export interface BlockTables {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  readonly items: number;
  /** Items in a block; the last one may have fewer. */
  readonly width: number;
  /** Codes an item can have: 2, or 3 with missing ones. */
  readonly base: number;
  readonly blocks: number;
  /** base ** width. */
  readonly patterns: number;
  /** Likelihoods, by block, pattern and node; the largest of each pattern is scaled to 1. Then a row of ones. */
  readonly values: Float64Array;
  /** Logarithm of that scale, by block and pattern. */
  readonly logScales: Float64Array;
  /** ln P and ln Q by item and node, for a paper too unlikely to be multiplied. */
  readonly logRight: Float64Array;
  readonly logWrong: Float64Array;
}

/** Below this the sum over the nodes may have lost digits to underflow. */
const SMALLEST = 1e-200;
/** Blocks multiplied in one pass over the nodes; `offsets` is padded to a multiple of it. */
const PASS = 4;

/** Writes where in the tables the blocks of one row of codes are; the padding points at the ones. */
function locate(tables: BlockTables, codes: Uint8Array, row: number, offsets: Int32Array): void {
  const { items, width, base, blocks, patterns } = tables;
  const count = tables.nodes.length;
  let position = row * items;
  for (let block = 0; block < blocks; block++) {
    const end = Math.min(position + width, (row + 1) * items);
    let pattern = 0;
    for (let item = end - 1; item >= position; item--) pattern = pattern * base + (codes[item] ?? 0);
    offsets[block] = (block * patterns + pattern) * count;
    position = end;
  }
  offsets.fill(blocks * patterns * count, blocks);
}

function offsetsFor({ blocks }: BlockTables): Int32Array {
  return new Int32Array(Math.ceil(blocks / PASS) * PASS);
}

/** Multiplies weights and blocks into `product`; returns its sum. */
function multiply(tables: BlockTables, offsets: Int32Array, product: Float64Array): number {
  const { values, weights } = tables;
  const count = product.length;
  let sum = 0;
  for (let block = 0; block < offsets.length; block += PASS) {
    const first = offsets[block] ?? 0;
    const second = offsets[block + 1] ?? 0;
    const third = offsets[block + 2] ?? 0;
    const fourth = offsets[block + 3] ?? 0;
    const from = block === 0 ? weights : product;
    sum = 0;
    for (let node = 0; node < count; node++) {
      const value =
        (from[node] ?? 0) *
        ((values[first + node] ?? 0) * (values[second + node] ?? 0)) *
        ((values[third + node] ?? 0) * (values[fourth + node] ?? 0));
      product[node] = value;
      sum += value;
    }
  }
  return sum;
}

/** The same in logarithms, which no paper underflows; returns the logarithm of what `product` was divided by. */
function multiplyLogs(tables: BlockTables, codes: Uint8Array, row: number, product: Float64Array): number {
  const { items, logRight, logWrong, weights } = tables;
  const count = product.length;
  for (let node = 0; node < count; node++) product[node] = Math.log(weights[node] ?? 0);
  for (let item = 0; item < items; item++) {
    const code = codes[row * items + item] ?? 0;
    if (code === 2) continue;
    const logs = code === 1 ? logRight : logWrong;
    for (let node = 0; node < count; node++) product[node] = (product[node] ?? 0) + (logs[item * count + node] ?? 0);
  }
  let largest = -Infinity;
  for (let node = 0; node < count; node++) largest = Math.max(largest, product[node] ?? 0);
  for (let node = 0; node < count; node++) product[node] = Math.exp((product[node] ?? 0) - largest);
  return largest;
}

export interface ScoreJob {
  readonly tables: BlockTables;
  readonly codes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Two numbers for each row: mean and standard deviation of the posterior. */
  readonly estimates: Float64Array;
}

/** Mean and standard deviation of the posterior for the rows of a job. */
export function scoreRows({ tables, codes, from, to, estimates }: ScoreJob): void {
  const { nodes } = tables;
  const count = nodes.length;
  const offsets = offsetsFor(tables);
  const product = new Float64Array(count);
  for (let row = from; row < to; row++) {
    locate(tables, codes, row, offsets);
    let sum = multiply(tables, offsets, product);
    if (!(sum > SMALLEST)) {
      multiplyLogs(tables, codes, row, product);
      sum = 0;
      for (let node = 0; node < count; node++) sum += product[node] ?? 0;
    }
    let first = 0;
    let second = 0;
    for (let node = 0; node < count; node++) {
      const weighted = (product[node] ?? 0) * (nodes[node] ?? 0);
      first += weighted;
      second += weighted * (nodes[node] ?? 0);
    }
    const mean = first / sum;
    let variance = second / sum - mean * mean;
    if (variance < 1e-4) variance = centredVariance(nodes, product, mean, sum);
    estimates[2 * row] = mean;
    estimates[2 * row + 1] = Math.sqrt(variance);
  }
}

/** Without the cancellation of the difference of moments, for a posterior on hardly more than one node. */
function centredVariance(nodes: Float64Array, product: Float64Array, mean: number, sum: number): number {
  let total = 0;
  for (let node = 0; node < nodes.length; node++) total += (product[node] ?? 0) * ((nodes[node] ?? 0) - mean) ** 2;
  return total / sum;
}

/**
 * Posterior weights over the nodes for each row.
 * @param posteriors rows × nodes, written
 * @param expected by block, pattern and node: the posterior weights of the rows with that pattern, added to
 * @returns the marginal log-likelihood of all rows
 */
export function expectRows(
  tables: BlockTables,
  codes: Uint8Array,
  counts: Float64Array,
  posteriors: Float64Array,
  expected: Float64Array,
): number {
  const { blocks, logScales } = tables;
  const count = tables.nodes.length;
  const offsets = offsetsFor(tables);
  const product = new Float64Array(count);
  let logLikelihood = 0;
  for (let row = 0; row < counts.length; row++) {
    locate(tables, codes, row, offsets);
    const times = counts[row] ?? 0;
    let sum = multiply(tables, offsets, product);
    let logScale = 0;
    if (sum > SMALLEST) {
      for (let block = 0; block < blocks; block++) logScale += logScales[(offsets[block] ?? 0) / count] ?? 0;
    } else {
      logScale = multiplyLogs(tables, codes, row, product);
      sum = 0;
      for (let node = 0; node < count; node++) sum += product[node] ?? 0;
    }
    logLikelihood += times * (Math.log(sum) + logScale);
    const factor = times / sum;
    for (let node = 0; node < count; node++) product[node] = (product[node] ?? 0) * factor;
    posteriors.set(product, row * count);
    for (let block = 0; block < blocks; block++) {
      const offset = offsets[block] ?? 0;
      for (let node = 0; node < count; node++) {
        expected[offset + node] = (expected[offset + node] ?? 0) + (product[node] ?? 0);
      }
    }
  }
  return logLikelihood;
}

/** What tells this file that it was started as a scoring worker and not imported. */
export const SCORING_WORKER = "lentera-scoring-worker";

if (!isMainThread && workerData === SCORING_WORKER) {
  parentPort?.on("message", (job: ScoreJob) => {
    scoreRows(job);
    parentPort?.postMessage(null, []);
  });
}
