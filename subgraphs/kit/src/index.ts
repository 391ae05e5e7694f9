import "reflect-metadata";
export { runAlone } from "./alone.js";
export * from "./audit.js";
export * from "./context.js";
export { asSystem, asViewer, withGrants } from "./database.js";
export * from "./encryption.js";
export * from "./errors.js";
export {
  type EventConsumer,
  type EventDefinition,
  type EventEnvelope,
  type EventTransport,
  consume,
  createEventTransport,
  emit,
} from "./events.js";
export { type Job, type JobOptions, addJob, jobsDone } from "./jobs.js";
export * from "./language.js";
export * from "./loader.js";
export * from "./log.js";
export * from "./money.js";
export * from "./pagination.js";
export * from "./personal-data.js";
export * from "./pubsub.js";
export { type Route, mountRoute } from "./route.js";
export * from "./scalars.js";
export type { Reference } from "./schema.js";
export { type SubgraphServer, serveSubgraph } from "./server.js";
export * from "./subgraph.js";
export * from "./viewer.js";
