/** For browsers and Node alike; Node's storage is `./file-storage.js`. */
export { type ApiOptions, RefusedError, UnreachableError } from "./api.js";
export { type LaunchReport, type OfflineClient, type OfflineClientOptions, createOfflineClient } from "./client.js";
export { type Download, ForgedError } from "./download.js";
export { openIndexedDbStorage } from "./indexed-db-storage.js";
export type { OfflineStorage } from "./storage.js";
export type { SyncReport } from "./sync.js";
