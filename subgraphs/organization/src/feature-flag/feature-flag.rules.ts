import type { Role } from "@lentera/kit";
import type { FlagBucketing, OrganizationPlan } from "@lentera/prisma/organization";
import { BUCKETS, bucketOf } from "./bucket.js";

/** One arm of an experiment. */
export interface Variant {
  readonly name: string;
  /** Share among those who have the feature, relative to the other weights. */
  readonly weight: number;
}

export interface FlagFacts {
  readonly key: string;
  readonly isEnabled: boolean;
  readonly rolloutPercent: number;
  readonly bucketing: FlagBucketing;
  readonly roles: readonly Role[];
  readonly plans: readonly OrganizationPlan[];
  readonly organizationIds: readonly string[];
  readonly variants: readonly Variant[];
}

/** For whom flags are decided. */
export interface FlagSubject {
  readonly userId: string;
  readonly organizationId: string | null;
  readonly role: Role | null;
  readonly plan: OrganizationPlan | null;
}

/**
 * Whether a subject has the feature. Who has it at some percentage keeps it at every higher one. A flag that is shared out
 * by organization is off for people without one.
 */
export function isOn(flag: FlagFacts, subject: FlagSubject): boolean {
  const id = bucketedId(flag, subject);
  if (!flag.isEnabled || id === null || !isTargeted(flag, subject)) return false;
  return bucketOf(flag.key, id) < (flag.rolloutPercent * BUCKETS) / 100;
}

/** The arm of the experiment for a subject who has the feature; null without an experiment. Does not depend on the rollout. */
export function variantOf(flag: FlagFacts, subject: FlagSubject): string | null {
  const id = bucketedId(flag, subject);
  const total = flag.variants.reduce((sum, { weight }) => sum + weight, 0);
  if (id === null || total === 0) return null;
  const place = (bucketOf(`${flag.key}:variant`, id) / BUCKETS) * total;
  let reached = 0;
  for (const { name, weight } of flag.variants) {
    reached += weight;
    if (place < reached) return name;
  }
  return null;
}

function bucketedId(flag: FlagFacts, subject: FlagSubject): string | null {
  return flag.bucketing === "USER" ? subject.userId : subject.organizationId;
}

/** Every list that is not empty must name the subject. */
function isTargeted({ roles, plans, organizationIds }: FlagFacts, subject: FlagSubject): boolean {
  return admits(roles, subject.role) && admits(plans, subject.plan) && admits(organizationIds, subject.organizationId);
}

function admits<Value>(list: readonly Value[], value: Value | null): boolean {
  return list.length === 0 || (value !== null && list.includes(value));
}
