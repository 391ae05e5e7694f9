import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  addJob,
  audit,
  emit,
  invalidField,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { LoanActor, LoanApplicationStatus } from "@lentera/prisma/finance";
import { randomUUID } from "node:crypto";
import { allowedPrincipal, termsOf } from "../bank-partner/bank-partner.service.js";
import { findOfferedProduct, findProducts } from "../bank-partner/bank-partner.store.js";
import type { FinanceContext, Transaction } from "../context.js";
import { loanApplicationMoved } from "../events.js";
import { businessFactsOf, score } from "../loan-assessment/loan-assessment.service.js";
import { businessFactsRules } from "../loan-assessment/loan-assessment.input.js";
import { amortize } from "../loan-simulation/amortization.rules.js";
import { today } from "../loan-simulation/loan-simulation.service.js";
import { disburse } from "../loan/disbursement.service.js";
import { lastDigitsOf } from "../payout/payout.rules.js";
import {
  type CreateLoanApplicationInput,
  type MoveLoanApplicationInput,
  createLoanApplicationRules,
  moveLoanApplicationRules,
} from "./loan-application.input.js";
import { loanApplicationLoader } from "./loan-application.loader.js";
import { actorFor, visibleTo } from "./loan-application.policy.js";
import { REQUIRED_DOCUMENTS, assertMove, needsReason } from "./loan-application.rules.js";
import * as store from "./loan-application.store.js";
import type { LoanApplication, LoanApplicationPayload } from "./loan-application.type.js";
import { findDocuments } from "./loan-document.store.js";

/** The job that brings an application to its bank and asks how it stands there. */
export const PROCESS_APPLICATION = "loan_application.process";
const YEAR_MS = 365 * 86_400_000;

/** The context of the encrypted identity number. */
export const identityContext = (applicationId: string): string => `loan-application:${applicationId}`;

/**
 * A draft, which nobody but the applicant sees.
 * @throws NOT_FOUND for a product that is not offered
 * @throws VALIDATION_ERROR for every field that is wrong, and for less or more than the product allows
 */
export async function createApplication(
  ctx: FinanceContext,
  input: CreateLoanApplicationInput,
): Promise<LoanApplicationPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey, ...wish } = validate(createLoanApplicationRules, input);
  const id = await ctx.transactionOnce(
    { command: "createLoanApplication", key: idempotencyKey, input: wish },
    async (tx) => {
      const product = await findOfferedProduct(tx, wish.productId);
      if (product === null) throw new LenteraError("NOT_FOUND");
      const amountMinor = allowedPrincipal(product, wish, "input.");
      businessFactsOf(wish.facts, product.currency);
      const applicationId = randomUUID();
      await store.insertApplication(tx, {
        id: applicationId,
        applicantId: userId,
        bankId: product.bankId,
        productId: product.id,
        amountMinor,
        currency: product.currency,
        months: wish.months,
        purpose: wish.purpose,
        businessName: wish.businessName,
        identityCiphertext: ctx.encryption.encrypt(wish.identityNumber, identityContext(applicationId)),
        identityLastDigits: lastDigitsOf(wish.identityNumber),
        facts: wish.facts,
      });
      const entry = { action: "loan_application.created", entityType: "LoanApplication", entityId: applicationId };
      await audit(tx, ctx.identity, {
        ...entry,
        organizationId: null,
        newValues: { amountMinor: String(amountMinor) },
      });
      return applicationId;
    },
  );
  return { application: await loanApplicationLoader(ctx).load(id) };
}

/**
 * Moves an application, by the table in the rules.
 * @throws NOT_FOUND for what the viewer does not see
 * @throws ILLEGAL_STATE for a move that there is not, for an older version, and while papers are missing or unchecked
 * @throws INSUFFICIENT_PERMISSIONS for a move that others make
 * @throws VALIDATION_ERROR without the reason that the move needs
 */
export async function moveApplication(
  ctx: FinanceContext,
  input: MoveLoanApplicationInput,
): Promise<LoanApplicationPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { applicationId, version, to, reason = null } = validate(moveLoanApplicationRules, input);
  await ctx.transaction(async (tx) => {
    const application = await store.lockApplication(tx, visibleTo(ctx.viewer), applicationId);
    if (application === null) throw new LenteraError("NOT_FOUND");
    const facts = { applicantId: application.applicantId, bankOrganizationId: application.bank.organizationId };
    const actor = actorFor(ctx.viewer, facts);
    if (actor === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    if (application.version !== version) throw new LenteraError("ILLEGAL_STATE");
    await step(ctx, tx, application, { to, actor, actorId: userId, reason });
  });
  return { application: await loanApplicationLoader(ctx).load(applicationId) };
}

export interface Step {
  readonly to: LoanApplicationStatus;
  readonly actor: LoanActor;
  readonly actorId: string | null;
  readonly reason: string | null;
}

/** One move of an application that is locked, with all that follows from it. @returns the application after it */
export async function step<Application extends store.LoanApplicationRow>(
  ctx: FinanceContext,
  tx: Transaction,
  application: Application,
  { to, actor, actorId, reason }: Step,
): Promise<Application> {
  const { id, status: from, version } = application;
  assertMove(from, to, actor);
  if (needsReason(to) && reason === null) throw invalidField("input.reason", "REQUIRED_FIELD_MISSING", "Say why.");
  const isOurDecision = actorId !== null;
  if (to === "SUBMITTED") await requireDocuments(tx, application);
  if (to === "APPROVED" && isOurDecision) await requireChecked(tx, application);
  const assessmentId = to === "SUBMITTED" ? await assess(ctx, tx, application) : application.assessmentId;
  if (to === "DISBURSED") await disburse(ctx, tx, application);
  const mustTell = actor === "APPLICANT" && (to === "SUBMITTED" || to === "UNDER_REVIEW");
  const change = { status: to, version: version + 1, assessmentId, ...(mustTell && { delivery: "NONE" as const }) };
  await store.updateApplication(tx, id, change);
  await store.insertMove(tx, { applicationId: id, version: version + 1, from, to, actor, actorId, reason });
  const entry = { action: `loan_application.${to.toLowerCase()}`, entityType: "LoanApplication", entityId: id };
  await audit(tx, ctx.identity, {
    ...entry,
    oldValues: { status: from },
    newValues: { status: to, reason, assessmentId },
  });
  await emit(tx, loanApplicationMoved, { applicationId: id, applicantId: application.applicantId, from, to, reason });
  if (mustTell) await addJob(tx, PROCESS_APPLICATION, { applicationId: id }, { queue: `loan:${id}` });
  return { ...application, ...change };
}

/** The papers without which nothing is submitted. */
async function requireDocuments(tx: Transaction, { id }: store.LoanApplicationRow): Promise<void> {
  const received = (await findDocuments(tx, [id])).filter(({ status }) => status !== "ANNOUNCED");
  if (!REQUIRED_DOCUMENTS.every((kind) => received.some((document) => document.kind === kind)))
    throw new LenteraError("ILLEGAL_STATE");
}

/** Whoever approves has looked at every paper, and of each required kind one is good. */
async function requireChecked(tx: Transaction, { id }: store.LoanApplicationRow): Promise<void> {
  const documents = await findDocuments(tx, [id]);
  const isOpen = documents.some(({ status }) => status === "RECEIVED");
  const isWhole = REQUIRED_DOCUMENTS.every((wanted) =>
    documents.some(({ kind, status }) => kind === wanted && status === "VERIFIED"),
  );
  if (isOpen || !isWhole) throw new LenteraError("ILLEGAL_STATE");
}

/** Scores with what the applicant says and what is known here: instalments that were late within a year. */
async function assess(ctx: FinanceContext, tx: Transaction, application: store.LoanApplicationRow): Promise<string> {
  const { applicantId, currency, amountMinor, months, productId } = application;
  const [product] = await findProducts(tx, [productId]);
  if (product === undefined) throw new LenteraError("NOT_FOUND");
  const said = businessFactsOf(businessFactsRules.parse(application.facts), currency);
  const known = await store.countLateNotices(tx, applicantId, new Date(ctx.now().getTime() - YEAR_MS));
  const latePayments = known === 0 ? said.latePayments : Math.max(known, said.latePayments ?? 0);
  const terms = { ...termsOf(product), principalMinor: amountMinor, months, startsOn: today(ctx) };
  const [first] = amortize(terms);
  const instalmentMinor = first === undefined ? 0n : first.principalMinor + first.interestMinor;
  return score(tx, { userId: applicantId, facts: { ...said, latePayments }, instalmentMinor });
}

/** The viewer's own; for the staff of a bank those that were submitted to it. Newest first. */
export function listApplications(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<LoanApplication>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<LoanApplication>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findApplicationPage(ctx.db, visible, query),
    count: () => store.countApplications(ctx.db, visible),
  });
}
