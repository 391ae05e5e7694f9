import { type ItemBank, logRight, logWrong } from "./model.js";
import { MISSING, RIGHT } from "./responses.js";

/** How well one paper agrees with the model at an ability. */
export interface PersonFit {
  readonly logLikelihood: number;
  /** Standardised log-likelihood (Drasgow, Levine & Williams 1985); far below 0 means an unlikely paper. */
  readonly lz: number;
  /** Unweighted mean square of the standardised residuals; about 1 when the model holds. */
  readonly outfit: number;
  /** Information-weighted mean square; about 1 when the model holds. */
  readonly infit: number;
  /** Right answers to expect on the answered items. */
  readonly expectedRawScore: number;
}

/** null for a paper without any answer, which agrees with everything. */
export function personFit(bank: ItemBank, codes: Uint8Array, ability: number): PersonFit | null {
  let answered = 0;
  let logLikelihood = 0;
  let expectedLog = 0;
  let logVariance = 0;
  let outfitSum = 0;
  let residualSum = 0;
  let varianceSum = 0;
  let expectedRawScore = 0;
  for (let item = 0; item < bank.size; item++) {
    const code = codes[item] ?? MISSING;
    if (code === MISSING) continue;
    const guessing = bank.guessing[item] ?? 0;
    const z = (bank.slope[item] ?? 0) * (ability - (bank.difficulty[item] ?? 0));
    const logOfRight = logRight(z, guessing);
    const logOfWrong = logWrong(z, guessing);
    const right = Math.exp(logOfRight);
    const wrong = Math.exp(logOfWrong);
    answered += 1;
    logLikelihood += code === RIGHT ? logOfRight : logOfWrong;
    expectedLog += right * logOfRight + wrong * logOfWrong;
    logVariance += right * wrong * (logOfRight - logOfWrong) ** 2;
    outfitSum += Math.exp(code === RIGHT ? logOfWrong - logOfRight : logOfRight - logOfWrong);
    residualSum += code === RIGHT ? wrong ** 2 : right ** 2;
    varianceSum += right * wrong;
    expectedRawScore += right;
  }
  if (answered === 0) return null;
  return {
    logLikelihood,
    lz: (logLikelihood - expectedLog) / Math.sqrt(logVariance),
    outfit: outfitSum / answered,
    infit: residualSum / varianceSum,
    expectedRawScore,
  };
}
