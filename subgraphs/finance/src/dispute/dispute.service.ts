import {
  LenteraError,
  type Page,
  asSystem,
  audit,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { Dispute } from "@lentera/prisma/finance";
import type { FinanceContext } from "../context.js";
import { canRefund, visibleTo } from "../payment/payment.policy.js";
import { paymentLoader } from "../payment/payment.loader.js";
import { lockPayment } from "../payment/payment.store.js";
import {
  type DisputeListArguments,
  type SubmitDisputeEvidenceInput,
  submitDisputeEvidenceRules,
} from "./dispute.input.js";
import * as store from "./dispute.store.js";

/**
 * Says what speaks against a payer's bank, once per idempotency key.
 * @throws NOT_FOUND for a dispute about a payment that the viewer may not see
 * @throws INSUFFICIENT_PERMISSIONS without `payments:refund` or while impersonating, ILLEGAL_STATE when it is decided
 */
export async function submitDisputeEvidence(
  ctx: FinanceContext,
  input: SubmitDisputeEvidenceInput,
): Promise<{ dispute: Dispute }> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey: key, ...wanted } = validate(submitDisputeEvidenceRules, input);
  const seen = await store.findDispute(ctx.db, wanted.disputeId);
  if (seen === null) throw new LenteraError("NOT_FOUND");
  const payment = await paymentLoader(ctx).load(seen.paymentId);
  if (!canRefund(ctx.viewer, payment)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  await asSystem(() =>
    ctx.transactionOnce({ command: "submitDisputeEvidence", key, input: wanted }, async (tx) => {
      await lockPayment(tx, payment.id);
      const dispute = await store.findDispute(tx, seen.id);
      if (dispute?.status !== "OPEN") throw new LenteraError("ILLEGAL_STATE");
      const { statement, fileIds } = wanted;
      const said = { disputeId: seen.id, statement, fileIds: fileIds ?? [], submittedById: userId };
      const evidence = await store.insertEvidence(tx, said);
      const { organizationId } = payment;
      const entry = { action: "dispute.evidence_submitted", entityType: "Dispute", entityId: seen.id, organizationId };
      await audit(tx, ctx.identity, { ...entry, newValues: { evidenceId: evidence.id, fileIds: fileIds ?? [] } });
      return evidence.id;
    }),
  );
  return { dispute: seen };
}

/** Disputes about payments that the viewer may see, newest first. */
export function listDisputes(ctx: FinanceContext, { statuses, ...args }: DisputeListArguments): Promise<Page<Dispute>> {
  const where = { payment: visibleTo(ctx.viewer), ...(statuses != null && { status: { in: statuses } }) };
  return paginate<Dispute>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findDisputePage(ctx.db, where, page),
    count: () => store.countDisputes(ctx.db, where),
  });
}
