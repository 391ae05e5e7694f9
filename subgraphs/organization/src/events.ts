import { LANGUAGES, type EventDefinition, Role } from "@lentera/kit";
import { OrganizationKind, OrganizationPlan } from "@lentera/prisma/organization";
import { z } from "zod";

/**
 * Somebody has an account. Sent at sign-up, once per person: an account works before its e-mail address is verified.
 */
export const userCreated = {
  type: "user.created",
  version: 1,
  data: z.object({
    userId: z.uuid(),
    /** False for an account made with a password, whose address nobody has proven yet. */
    emailVerified: z.boolean(),
    role: z.enum(Role),
    language: z.enum(LANGUAGES),
  }),
} satisfies EventDefinition<unknown>;

/** Where somebody says their midnight is. Sent when it is set; without it everybody lives in Asia/Jakarta. */
export const userTimeZoneSet = {
  type: "user.time-zone-set",
  version: 1,
  data: z.object({
    userId: z.uuid(),
    /** IANA, e.g. `Asia/Makassar`. */
    timeZone: z.string(),
  }),
} satisfies EventDefinition<unknown>;

/**
 * Students began or ceased to be active in a class, by whatever way: sent by the database itself, in the transaction that
 * changes their enrollments, one event for each class and statement.
 */
export const classMembersChanged = {
  type: "class.members-changed",
  version: 1,
  data: z.object({
    classId: z.uuid(),
    organizationId: z.uuid(),
    joined: z.array(z.uuid()),
    left: z.array(z.uuid()),
  }),
} satisfies EventDefinition<unknown>;

/** The platform has accepted an organization: it exists, on trial, and its owner can work. Sent once. */
export const organizationApproved = {
  type: "organization.approved",
  version: 1,
  data: z.object({
    organizationId: z.uuid(),
    ownerId: z.uuid(),
    kind: z.enum(OrganizationKind),
    plan: z.enum(OrganizationPlan),
  }),
} satisfies EventDefinition<unknown>;

/** A guardian may follow a student from now on, as far as the link's permissions go. */
export const guardianLinkVerified = {
  type: "guardian-link.verified",
  version: 1,
  data: z.object({
    linkId: z.uuid(),
    guardianId: z.uuid(),
    studentId: z.uuid(),
    relationship: z.enum(["PARENT", "GUARDIAN", "TUTOR"]),
  }),
} satisfies EventDefinition<unknown>;

/** A verified guardian may no longer follow a student. */
export const guardianLinkRevoked = {
  type: "guardian-link.revoked",
  version: 1,
  data: z.object({
    linkId: z.uuid(),
    guardianId: z.uuid(),
    studentId: z.uuid(),
    /** Which side ended it; NOT_RECONFIRMED when a student of 18 let the time for confirming pass. */
    endReason: z.enum(["STUDENT", "GUARDIAN", "NOT_RECONFIRMED"]),
  }),
} satisfies EventDefinition<unknown>;

/** An integrator can act for an organization. */
export const apiKeyCreated = {
  type: "api-key.created",
  version: 1,
  data: z.object({
    apiKeyId: z.uuid(),
    organizationId: z.uuid(),
    name: z.string(),
    scopes: z.array(z.string()),
    isTest: z.boolean(),
  }),
} satisfies EventDefinition<unknown>;

/** An integrator can no longer act for an organization by this key. */
export const apiKeyRevoked = {
  type: "api-key.revoked",
  version: 1,
  data: z.object({ apiKeyId: z.uuid(), organizationId: z.uuid() }),
} satisfies EventDefinition<unknown>;

/** An organization's webhook has failed for 120 hours and is told of nothing more. */
export const webhookEndpointDisabled = {
  type: "webhook-endpoint.disabled",
  version: 1,
  data: z.object({ endpointId: z.uuid(), organizationId: z.uuid() }),
} satisfies EventDefinition<unknown>;

/** What every subgraph hears and says about people's data; the same for all of them. */
export { personErased, personExportPart, personExportRequested } from "@lentera/kit";
