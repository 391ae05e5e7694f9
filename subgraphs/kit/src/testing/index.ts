export { describePersonalData } from "./personal-data.contract.js";
export * from "./test-subgraph.js";
