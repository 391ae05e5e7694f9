import { LenteraError } from "@lentera/kit";
import type { LoanActor, LoanApplicationStatus } from "@lentera/prisma/finance";

/**
 * Who may move an application where:
 *
 *     DRAFT → SUBMITTED → UNDER_REVIEW ⇄ DOCUMENTS_REQUESTED
 *                              ↓
 *                          APPROVED → DISBURSED
 *
 * and from anywhere before DISBURSED to WITHDRAWN (the applicant) or, once submitted, to REJECTED.
 */
const MOVES: Readonly<
  Record<LoanApplicationStatus, Readonly<Partial<Record<LoanApplicationStatus, readonly LoanActor[]>>>>
> = {
  DRAFT: { SUBMITTED: ["APPLICANT"], WITHDRAWN: ["APPLICANT"] },
  SUBMITTED: { UNDER_REVIEW: ["BANK"], REJECTED: ["BANK", "PLATFORM"], WITHDRAWN: ["APPLICANT"] },
  UNDER_REVIEW: {
    DOCUMENTS_REQUESTED: ["BANK"],
    APPROVED: ["BANK"],
    REJECTED: ["BANK", "PLATFORM"],
    WITHDRAWN: ["APPLICANT"],
  },
  DOCUMENTS_REQUESTED: {
    UNDER_REVIEW: ["APPLICANT", "BANK"],
    REJECTED: ["BANK", "PLATFORM"],
    WITHDRAWN: ["APPLICANT"],
  },
  APPROVED: { DISBURSED: ["BANK"], REJECTED: ["PLATFORM"], WITHDRAWN: ["APPLICANT"] },
  DISBURSED: {},
  REJECTED: {},
  WITHDRAWN: {},
};

/** Moves that are explained to the applicant. */
const EXPLAINED: readonly LoanApplicationStatus[] = ["REJECTED", "DOCUMENTS_REQUESTED"];

export function actorsOf(from: LoanApplicationStatus, to: LoanApplicationStatus): readonly LoanActor[] {
  return MOVES[from][to] ?? [];
}

export function needsReason(to: LoanApplicationStatus): boolean {
  return EXPLAINED.includes(to);
}

/** @throws ILLEGAL_STATE for a move that nobody can make, INSUFFICIENT_PERMISSIONS for one that others make */
export function assertMove(from: LoanApplicationStatus, to: LoanApplicationStatus, actor: LoanActor): void {
  const actors = actorsOf(from, to);
  if (actors.length === 0) throw new LenteraError("ILLEGAL_STATE");
  if (!actors.includes(actor)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}

/** The steps that a bank has gone when it reports where it is now; empty when that cannot be reached. */
export function stepsOfBank(from: LoanApplicationStatus, to: LoanApplicationStatus): LoanApplicationStatus[] {
  const queue: LoanApplicationStatus[][] = [[from]];
  const seen = new Set([from]);
  for (const path of queue) {
    const at = path.at(-1) ?? from;
    if (at === to) return path.slice(1);
    for (const next of STATUSES)
      if (!seen.has(next) && actorsOf(at, next).includes("BANK")) {
        seen.add(next);
        queue.push([...path, next]);
      }
  }
  return [];
}

const STATUSES: readonly LoanApplicationStatus[] = [
  "UNDER_REVIEW",
  "DOCUMENTS_REQUESTED",
  "APPROVED",
  "DISBURSED",
  "REJECTED",
];

/** Papers without which nothing is submitted. */
export const REQUIRED_DOCUMENTS = ["IDENTITY", "BUSINESS_LICENSE"] as const;

const SIGNATURES = {
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const;
export const DOCUMENT_MEDIA_TYPES = ["application/pdf", "image/jpeg", "image/png"] as const;

/** Whether a file begins as its media type says; other types are never what they say. */
export function isWhatItSays(mediaType: string, bytes: Uint8Array): boolean {
  const known = DOCUMENT_MEDIA_TYPES.find((one) => one === mediaType);
  return known !== undefined && SIGNATURES[known].every((byte, index) => bytes[index] === byte);
}
