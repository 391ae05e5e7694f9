export * from "./community.js";
export * from "./finance.js";
export * from "./learning.js";
export * from "./organization.js";
export * from "./marketplace.js";
