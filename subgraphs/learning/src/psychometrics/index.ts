/** What others may use of the psychometrics: pure functions over typed arrays, and threads for large batches. */
export { mostInformativeItem, replayAdaptiveTest, type AdaptiveStep } from "./adaptive.js";
export { BatchEstimates, ScoringPool, scoreBatch } from "./batch.js";
export { calibrate, type Calibration, type CalibrationOptions } from "./calibration/calibrate.js";
export { createBank, type ItemBank, type ItemParameters } from "./model.js";
export { normalGrid, type Quadrature } from "./quadrature.js";
export type { ResponseMatrix } from "./responses.js";
