export * from "./api.js";
export * from "./browser.js";
export { lenteraUrl } from "./env.js";
