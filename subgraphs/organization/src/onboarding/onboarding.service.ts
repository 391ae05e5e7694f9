import { randomUUID } from "node:crypto";
import {
  type ConnectionArguments,
  type Page,
  audit,
  emit,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { OnboardingStatus } from "@lentera/prisma/organization";
import type { OrganizationContext, Transaction } from "../context.js";
import { organizationApproved } from "../events.js";
import { taxIdContext } from "../organization/organization.service.js";
import { PLANS } from "../organization/plan.rules.js";
import {
  type RequestOnboardingChangesInput,
  type StartOnboardingInput,
  type UpdateOnboardingInput,
  noteRules,
  startOnboardingRules,
  updateOnboardingRules,
} from "./onboarding.input.js";
import { visibleTo } from "./onboarding.policy.js";
import { type OnboardingMove, requireComplete, statusAfter } from "./onboarding.rules.js";
import * as store from "./onboarding.store.js";
import type { OnboardingApplication } from "./onboarding.type.js";

/** @throws NOT_FOUND for somebody else's application, unless the viewer may `tenants:read` */
export function getApplication(ctx: OrganizationContext, id: string): Promise<OnboardingApplication> {
  return store.findApplication(ctx.db, visibleTo(ctx.viewer), id);
}

/** The viewer's applications, or everybody's for the platform; oldest first. */
export function listApplications(
  ctx: OrganizationContext,
  status: OnboardingStatus | null | undefined,
  args: ConnectionArguments,
): Promise<Page<OnboardingApplication>> {
  const visible = { AND: [visibleTo(ctx.viewer), status == null ? {} : { status }] };
  return paginate<OnboardingApplication>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findApplicationPage(ctx.db, visible, page),
    count: () => store.countApplications(ctx.db, visible),
  });
}

/** Begins an application; it can be completed over days before it is submitted. */
export async function startOnboarding(
  ctx: OrganizationContext,
  input: StartOnboardingInput,
): Promise<OnboardingApplication> {
  const { userId: applicantId } = requireSignedIn(ctx.viewer);
  const { idempotencyKey, ...valid } = validate(startOnboardingRules, input);
  const { name, kind, plan, profile } = valid;
  const { taxId, ...contact } = profile ?? {};
  const started = await ctx.transactionOnce(
    { command: "startOnboarding", key: idempotencyKey, input: valid },
    async (tx) => {
      const id = randomUUID();
      const encryptedTaxId = encryptTaxId(ctx, id, taxId);
      const application = { id, applicantId, name, kind, plan: plan ?? "BASIC", ...contact } as const;
      await store.insertApplication(tx, { ...application, ...(encryptedTaxId !== undefined && { encryptedTaxId }) });
      await note(ctx, tx, id, "onboarding.started", { name, kind });
      return { id };
    },
  );
  return store.findApplication(ctx.db, {}, started.id);
}

/** @throws NOT_FOUND, ILLEGAL_STATE for an application that is being or has been decided on */
export async function updateOnboarding(
  ctx: OrganizationContext,
  input: UpdateOnboardingInput,
): Promise<OnboardingApplication> {
  const { userId: applicantId } = requireSignedIn(ctx.viewer);
  const { applicationId, name, kind, plan, profile } = validate(updateOnboardingRules, input);
  const { taxId, ...contact } = profile ?? {};
  const encryptedTaxId = encryptTaxId(ctx, applicationId, taxId);
  return ctx.transaction(async (tx) => {
    const application = await store.findApplication(tx, { applicantId }, applicationId);
    statusAfter("edit", application.status);
    return store.changeApplication(tx, application, {
      ...contact,
      ...(name != null && { name }),
      ...(kind != null && { kind }),
      ...(plan != null && { plan }),
      ...(encryptedTaxId !== undefined && { encryptedTaxId }),
    });
  });
}

/** @throws NOT_FOUND, ILLEGAL_STATE, VALIDATION_ERROR with everything that is still missing */
export async function submitOnboarding(
  ctx: OrganizationContext,
  applicationId: string,
): Promise<OnboardingApplication> {
  const { userId: applicantId } = requireSignedIn(ctx.viewer);
  return ctx.transaction(async (tx) => {
    const application = await store.findApplication(tx, { applicantId }, applicationId);
    const status = statusAfter("submit", application.status);
    requireComplete(application);
    await note(ctx, tx, applicationId, "onboarding.submitted", { status });
    return store.changeApplication(tx, application, { status, submittedAt: ctx.now() });
  });
}

/** Gives an application back with what to change. @throws INSUFFICIENT_PERMISSIONS, NOT_FOUND, ILLEGAL_STATE */
export function requestOnboardingChanges(
  ctx: OrganizationContext,
  input: RequestOnboardingChangesInput,
): Promise<OnboardingApplication> {
  return answer(ctx, "requestChanges", input, null);
}

/** Refuses an application for good. @throws INSUFFICIENT_PERMISSIONS, NOT_FOUND, ILLEGAL_STATE */
export function rejectOnboarding(
  ctx: OrganizationContext,
  input: RequestOnboardingChangesInput,
): Promise<OnboardingApplication> {
  return answer(ctx, "reject", input, ctx.now());
}

async function answer(
  ctx: OrganizationContext,
  move: OnboardingMove,
  input: RequestOnboardingChangesInput,
  decidedAt: Date | null,
): Promise<OnboardingApplication> {
  requirePermission(ctx.viewer, "tenants:create");
  const { applicationId, note: words } = validate(noteRules, input);
  return ctx.transaction(async (tx) => {
    const application = await store.findApplication(tx, visibleTo(ctx.viewer), applicationId);
    const status = statusAfter(move, application.status);
    await note(ctx, tx, applicationId, `onboarding.${status.toLowerCase()}`, { status, note: words });
    return store.changeApplication(tx, application, { status, note: words, decidedAt });
  });
}

/**
 * The saga of a new organization (CHECKLIST 003-22, C-13). Its own steps are one transaction: organization on trial,
 * first owner, and the event by which finance opens wallets and community welcomes. Those steps are taken by the event's
 * consumers, each once and as often tried as needed, so that a crash anywhere leaves nothing half done.
 * Approving an approved application changes nothing and gives it again.
 * @throws INSUFFICIENT_PERMISSIONS without `tenants:create`, NOT_FOUND, ILLEGAL_STATE
 */
export async function approveOnboarding(
  ctx: OrganizationContext,
  applicationId: string,
): Promise<OnboardingApplication> {
  requirePermission(ctx.viewer, "tenants:create");
  return ctx.transaction(async (tx) => {
    const application = await store.findApplication(tx, visibleTo(ctx.viewer), applicationId);
    if (application.status === "APPROVED") return application;
    const status = statusAfter("approve", application.status);
    const organizationId = randomUUID();
    const { applicantId: ownerId, kind, plan } = application;
    await store.insertOrganization(tx, organizationOf(ctx, application, organizationId), ownerId);
    await emit(tx, organizationApproved, { organizationId, ownerId, kind, plan });
    await note(ctx, tx, applicationId, "onboarding.approved", { ownerId, kind, plan }, organizationId);
    return store.changeApplication(tx, application, { status, organizationId, note: null, decidedAt: ctx.now() });
  });
}

function organizationOf(ctx: OrganizationContext, application: OnboardingApplication, id: string) {
  const { name, kind, plan, contactEmail, phone, address, city, province, postalCode, businessLicense } = application;
  const { maxStudents, maxStaff, maxClasses } = PLANS[plan];
  const { encryptedTaxId: sealed } = application;
  const taxId = sealed === null ? null : ctx.encryption.decrypt(sealed, applicationTaxId(application.id));
  return {
    id,
    name,
    kind,
    plan,
    maxStudents,
    maxStaff,
    maxClasses,
    status: "TRIAL" as const,
    contactEmail,
    phone,
    address,
    city,
    province,
    postalCode,
    businessLicense,
    encryptedTaxId: taxId === null ? null : ctx.encryption.encrypt(taxId, taxIdContext(id)),
  };
}

function applicationTaxId(applicationId: string): string {
  return `onboarding-tax-id:${applicationId}`;
}

function encryptTaxId(ctx: OrganizationContext, applicationId: string, taxId: string | null | undefined) {
  return taxId == null ? taxId : ctx.encryption.encrypt(taxId, applicationTaxId(applicationId));
}

function note(
  ctx: OrganizationContext,
  tx: Transaction,
  entityId: string,
  action: string,
  newValues: object,
  organizationId: string | null = null,
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "OnboardingApplication", entityId, organizationId, newValues });
}
