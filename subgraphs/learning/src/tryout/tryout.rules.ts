import type { TryoutKind, TryoutStatus } from "@lentera/prisma/learning";

export interface TryoutFacts {
  readonly kind: TryoutKind;
  readonly status: TryoutStatus;
  readonly durationMinutes: number;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
}

/** Whether a sitting may begin now. */
export function isOpen({ status, opensAt, closesAt }: TryoutFacts, now: Date): boolean {
  return status === "ACTIVE" && (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt);
}

/** The end of a sitting that begins now: after the full duration, or when the tryout closes. */
export function deadlineOf({ durationMinutes, closesAt }: TryoutFacts, now: Date): Date {
  const full = new Date(now.getTime() + durationMinutes * 60_000);
  return closesAt !== null && closesAt < full ? closesAt : full;
}
