import type { CombinedError } from "@urql/core";
import { m } from "../messages.js";

/** A failure as a person is told about it. */
export interface Problem {
  readonly kind: "offline" | "forbidden" | "failed";
  /** One sentence that says what to do. */
  readonly message: string;
  /** What support needs to find the failure in the logs; absent when the API never answered. */
  readonly requestId: string | undefined;
}

/** One refused field of a mutation's input. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

const SIGNED_OUT_CODES = new Set(["UNAUTHORIZED", "INVALID_TOKEN", "TOKEN_EXPIRED"]);
const FORBIDDEN_CODES = new Set(["INSUFFICIENT_PERMISSIONS", "NOT_FOUND", "RESOURCE_NOT_FOUND"]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The catalogue codes of a failure; empty when the network failed. */
function codes(error: CombinedError): string[] {
  return error.graphQLErrors.flatMap(({ extensions }) => text(extensions["code"]) ?? []);
}

/** Whether the caller's session, not the request, is what was refused. */
export function needsSignIn(error: CombinedError): boolean {
  return codes(error).some((code) => SIGNED_OUT_CODES.has(code));
}

/** Whether the API declined the request for a reason of the caller's, such as a wrong password. */
export function isRefusal(error: CombinedError): boolean {
  return error.graphQLErrors.some(
    ({ extensions }) => typeof extensions["number"] === "number" && extensions["number"] < 5000,
  );
}

/** Turns a failure into what a person reads; the API's own messages are already in the reader's language. */
export function toProblem(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) {
    const offline = !navigator.onLine;
    return {
      kind: offline ? "offline" : "failed",
      message: offline ? m.problem_offline() : m.problem_unreachable(),
      requestId: undefined,
    };
  }
  const forbidden = codes(error).some((code) => FORBIDDEN_CODES.has(code));
  return {
    kind: forbidden ? "forbidden" : "failed",
    message: first.message,
    requestId: text(first.extensions["requestId"]),
  };
}

/** The refused fields of a failed mutation, each named by the last step of its path. */
export function toFieldProblems(error: CombinedError): FieldProblem[] {
  return error.graphQLErrors
    .flatMap(({ extensions }): unknown[] => (Array.isArray(extensions["details"]) ? extensions["details"] : []))
    .filter(isRecord)
    .map(({ path, message }) => ({
      field: (Array.isArray(path) ? path.map(String) : (text(path) ?? "").split(".")).at(-1) ?? "",
      message: text(message) ?? "",
    }));
}
