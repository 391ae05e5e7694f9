import { dirname } from "node:path";

/** Its message is one clear sentence for a person. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}

/** Why PostgreSQL did not start, from the last words of its log. */
export function explainStart(reason: string, cluster: string, port: number): string {
  if (/valid range for parameter "port"/.test(reason))
    return `Port ${port} does not exist: choose one between 1024 and 65535.`;
  if (/could not bind.*Permission denied/.test(reason))
    return `Port ${port} is reserved for root: choose a port above 1023.`;
  if (/could not bind/.test(reason))
    return `Port ${port} is already in use: stop the program that uses it, or choose another port.`;
  if (/No space left on device/i.test(reason))
    return `The disk of ${cluster} is full: free some space and start again.`;
  if (/lock file "postmaster.pid" already exists/.test(reason))
    return `Another Lentera is starting in ${dirname(cluster)}: wait for it, or choose another data directory.`;
  return `PostgreSQL could not start in ${cluster} (${reason}): read ${cluster}.log, and restore the directory from a backup if it is damaged.`;
}

/** The message of a log line, without time, process and level. */
export function reasonOf(line: string): string {
  return line.replace(/^.*?\b(?:FATAL|PANIC|LOG|error):\s*/, "").trim();
}

/** What the operating system refused, in words; anything else as it is. */
export function asSentence(error: unknown, dataDirectory: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  switch (error.code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new EmbeddedPostgresError(
        `The data directory ${dataDirectory} cannot be written: give this user the right to write there, or choose another data directory.`,
        { cause: error },
      );
    case "EEXIST":
    case "ENOTDIR":
      return new EmbeddedPostgresError(
        `The data directory ${dataDirectory} is not a directory: move that file away, or choose another data directory.`,
        { cause: error },
      );
    case "ENOSPC":
      return new EmbeddedPostgresError(`The disk of ${dataDirectory} is full: free some space and start again.`, {
        cause: error,
      });
    default:
      return error;
  }
}

/** Reads `undefined` out of a missing file. */
export function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
