/**
 * Psychometrics: `npm run bench -- irt`.
 *
 * 1. EAP ability and posterior deviation of 100,000 papers of 90 items on 61 nodes, as a ratio to the plain loop over
 *    typed arrays that its definition says, in the same run and on the same papers.
 * 2. The same of 500 of the papers, as a ratio to `@bdelab/jscat` on the same nodes.
 * 3. Calibration of 10,000 papers of 90 items under the three-parameter model, in seconds, with its distance from the
 *    parameters that the papers were drawn from.
 *
 * Medians of several runs, one after the other, because a shared machine is never equally busy.
 */
import { availableParallelism } from "node:os";
import { estimateAbility, normal } from "@bdelab/jscat";
import {
  type BatchEstimates,
  type ItemParameters,
  type Quadrature,
  type ResponseMatrix,
  ScoringPool,
  calibrate,
  createBank,
  normalGrid,
  scoreBatch,
} from "@lentera/learning/psychometrics";

const RUNS = 7;
const CALIBRATION_RUNS = 3;
const PEER_PAPERS = 500;
const LARGEST_DIFFERENCE = 1e-9;
const WANTED_RATIO = 4;
const WANTED_CALIBRATION_MS = 4_000;

/** A small generator of random numbers that is the same everywhere (mulberry32). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Items and papers drawn from them. */
function simulate(rows: number, items: number, seed: number): { items: ItemParameters[]; matrix: ResponseMatrix } {
  const uniform = uniformFrom(seed);
  const normal = () => {
    let first = uniform();
    while (first === 0) first = uniform();
    return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * uniform());
  };
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
  const bank = Array.from({ length: items }, () => ({
    discrimination: rounded(Math.exp(0.1 + 0.3 * normal())),
    difficulty: rounded(Math.max(-3, Math.min(3, 1.1 * normal()))),
    guessing: rounded(0.1 + 0.2 * uniform()),
  }));
  const codes = new Uint8Array(new SharedArrayBuffer(rows * items));
  for (let row = 0; row < rows; row++) {
    const ability = normal();
    bank.forEach(({ discrimination, difficulty, guessing }, item) => {
      const right = guessing + (1 - guessing) / (1 + Math.exp(-discrimination * (ability - difficulty)));
      codes[row * items + item] = uniform() < right ? 1 : 0;
    });
  }
  return { items: bank, matrix: { rows, items, codes } };
}

/** The definition, over typed arrays: logarithms tabulated once, then item by item and node by node. */
function plainLoop(items: readonly ItemParameters[], { rows, codes }: ResponseMatrix, grid: Quadrature): Float64Array {
  const nodes = grid.nodes;
  const count = nodes.length;
  const size = items.length;
  const logRight = new Float64Array(size * count);
  const logWrong = new Float64Array(size * count);
  items.forEach(({ discrimination, difficulty, guessing }, item) => {
    nodes.forEach((node, index) => {
      const right = guessing + (1 - guessing) / (1 + Math.exp(-discrimination * (node - difficulty)));
      logRight[item * count + index] = Math.log(right);
      logWrong[item * count + index] = Math.log(1 - right);
    });
  });
  const logWeights = grid.weights.map(Math.log);
  const posterior = new Float64Array(count);
  const estimates = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    posterior.set(logWeights);
    for (let item = 0; item < size; item++) {
      const logs = codes[row * size + item] === 1 ? logRight : logWrong;
      const from = item * count;
      for (let node = 0; node < count; node++) posterior[node] = (posterior[node] ?? 0) + (logs[from + node] ?? 0);
    }
    let largest = -Infinity;
    for (let node = 0; node < count; node++) largest = Math.max(largest, posterior[node] ?? 0);
    let total = 0;
    let first = 0;
    for (let node = 0; node < count; node++) {
      const weight = Math.exp((posterior[node] ?? 0) - largest);
      posterior[node] = weight;
      total += weight;
      first += weight * (nodes[node] ?? 0);
    }
    const mean = first / total;
    let variance = 0;
    for (let node = 0; node < count; node++) variance += (posterior[node] ?? 0) * ((nodes[node] ?? 0) - mean) ** 2;
    estimates[2 * row] = mean;
    estimates[2 * row + 1] = Math.sqrt(variance / total);
  }
  return estimates;
}

async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ ms: number; result: Result }> {
  const startedAt = performance.now();
  const result = await work();
  return { ms: performance.now() - startedAt, result };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function largestDifference(plain: Float64Array, batch: BatchEstimates): number {
  let largest = 0;
  for (let row = 0; row < batch.length; row++) {
    const { ability, standardError } = batch.at(row);
    largest = Math.max(
      largest,
      Math.abs(ability - (plain[2 * row] ?? 0)),
      Math.abs(standardError - (plain[2 * row + 1] ?? 0)),
    );
  }
  return largest;
}

function verdict(isReached: boolean): string {
  return isReached ? "reached" : "MISSED";
}

async function benchScoring(): Promise<boolean> {
  const { items, matrix } = simulate(100_000, 90, 12_345);
  const bank = createBank(items);
  const grid = normalGrid({ nodes: 61, min: -6, max: 6 });
  const threads = Math.min(2, availableParallelism());
  const pool = new ScoringPool(threads);
  const times: { plain: number; one: number; pool: number }[] = [];
  let difference = 0;
  for (let run = 0; run < RUNS; run++) {
    const plain = await timed(() => plainLoop(items, matrix, grid));
    const one = await timed(() => scoreBatch(bank, matrix, grid));
    const shared = await timed(() => pool.score(bank, matrix, grid));
    times.push({ plain: plain.ms, one: one.ms, pool: shared.ms });
    difference = Math.max(difference, largestDifference(plain.result, one.result));
    difference = Math.max(difference, largestDifference(plain.result, shared.result));
  }
  await pool.close();
  const middle = (key: "plain" | "one" | "pool") => `${median(times.map((time) => time[key])).toFixed(0)} ms`;
  const ratios = (key: "one" | "pool") => median(times.map((time) => time.plain / time[key]));
  const isFast = ratios("pool") >= WANTED_RATIO;
  const isSame = difference <= LARGEST_DIFFERENCE;
  console.log(`EAP and SD of 100,000 papers of 90 items on 61 nodes, medians of ${RUNS} runs`);
  console.log(`  plain loop       ${middle("plain")}`);
  console.log(`  one thread       ${middle("one")}, ${ratios("one").toFixed(1)} times as fast`);
  console.log(
    `  ${threads} threads        ${middle("pool")}, ${ratios("pool").toFixed(1)} times as fast (wanted ${WANTED_RATIO}: ${verdict(isFast)})`,
  );
  console.log(
    `  largest difference ${difference.toExponential(1)} (wanted ${LARGEST_DIFFERENCE.toExponential(0)}: ${verdict(isSame)})`,
  );
  return isFast && isSame;
}

/**
 * Version 1.0.5: the later ones need a package that is on no registry. It works on one paper at a time and gives no
 * posterior deviation. Its EAP weighs nodes with the logarithm of the likelihood where the definition has the likelihood,
 * so its estimates are no reference: the same work is compared, and what it comes to is said.
 */
async function benchAgainstJscat(): Promise<void> {
  const { items, matrix } = simulate(PEER_PAPERS, 90, 12_345);
  const bank = createBank(items);
  const grid = normalGrid({ nodes: 61, min: -6, max: 6 });
  const zetas = items.map(({ difficulty: b, discrimination: a, guessing: c }) => ({ a, b, c, d: 1 }));
  const papers = Array.from({ length: PEER_PAPERS }, (_, row) =>
    Array.from(matrix.codes.subarray(row * items.length, (row + 1) * items.length), (code) => (code === 1 ? 1 : 0)),
  );
  const prior = normal(0, 1, -6, 6, 0.2);
  const peer = () => papers.map((paper) => Number(estimateAbility(paper, zetas, "EAP", -6, 6, prior)));
  const times: { peer: number; ours: number }[] = [];
  let difference = 0;
  for (let run = 0; run < RUNS; run++) {
    const theirs = await timed(peer);
    const ours = await timed(() => scoreBatch(bank, matrix, grid));
    times.push({ peer: theirs.ms, ours: ours.ms });
    for (const [row, ability] of theirs.result.entries())
      difference = Math.max(difference, Math.abs(ability - ours.result.at(row).ability));
  }
  const ratio = median(times.map((time) => time.peer / time.ours));
  console.log(`EAP of ${PEER_PAPERS} papers of 90 items on 61 nodes, medians of ${RUNS} runs`);
  console.log(`  @bdelab/jscat    ${median(times.map((time) => time.peer)).toFixed(1)} ms`);
  console.log(
    `  one thread       ${median(times.map((time) => time.ours)).toFixed(1)} ms, ${ratio.toFixed(0)} times as fast`,
  );
  console.log(`  largest difference ${difference.toFixed(1)}: its EAP is another one, see the source`);
}

async function benchCalibration(): Promise<boolean> {
  const { items, matrix } = simulate(10_000, 90, 54_321);
  const processor = process.cpuUsage();
  const first = await timed(() => calibrate(matrix, { model: "3PL" }));
  const times = [first.ms];
  while (times.length < CALIBRATION_RUNS) times.push((await timed(() => calibrate(matrix, { model: "3PL" }))).ms);
  const { user, system } = process.cpuUsage(processor);
  const ms = median(times);
  const { result } = first;
  const rootMeanSquare = (key: keyof ItemParameters) =>
    Math.sqrt(
      items.reduce((sum, item, index) => sum + ((result.items[index]?.[key] ?? Number.NaN) - item[key]) ** 2, 0) /
        items.length,
    );
  const isReached = ms < WANTED_CALIBRATION_MS && result.converged;
  console.log(`Calibration of 10,000 papers of 90 items, 3PL with standard errors, median of ${CALIBRATION_RUNS} runs`);
  console.log(
    `  ${(ms / 1000).toFixed(2)} s (wanted ${WANTED_CALIBRATION_MS / 1000} s: ${verdict(isReached)}), ${(ms / WANTED_CALIBRATION_MS).toFixed(2)} of the limit, ${result.iterations} iterations, ${result.converged ? "converged" : "not converged"}, ${((user + system) / 1e6 / CALIBRATION_RUNS).toFixed(2)} s of processor time`,
  );
  console.log(
    `  root mean square distance from the truth: a ${rootMeanSquare("discrimination").toFixed(3)}, b ${rootMeanSquare("difficulty").toFixed(3)}, c ${rootMeanSquare("guessing").toFixed(3)}`,
  );
  return result.converged && isReached;
}

const isScoringReached = await benchScoring();
await benchAgainstJscat();
const reached = [isScoringReached, await benchCalibration()];
if (reached.includes(false)) process.exitCode = 1;
