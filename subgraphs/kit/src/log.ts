import { type Logger, pino } from "pino";

/** JSON lines on standard output. Never log tokens, variables or bodies. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    formatters: { level: (label) => ({ level: label }) },
    redact: ["*.password", "*.token", "*.authorization"],
  });
}
export type { Logger } from "pino";
