export { describePersonalData } from "./personal-data.contract.js";
export { type RedisForTests, startRedis } from "./redis.js";
export * from "./test-subgraph.js";
