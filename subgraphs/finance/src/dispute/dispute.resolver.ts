import { Money, type Page, toMoney } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { FinanceContext } from "../context.js";
import { paymentLoader } from "../payment/payment.loader.js";
import { Payment } from "../payment/payment.type.js";
import { DisputeListArguments, SubmitDisputeEvidenceInput } from "./dispute.input.js";
import { disputesLoader, evidenceLoader } from "./dispute.loader.js";
import { listDisputes, submitDisputeEvidence } from "./dispute.service.js";
import { Dispute, DisputeConnection, DisputeEvidence, SubmitDisputeEvidencePayload } from "./dispute.type.js";

@Resolver(() => Dispute)
export class DisputeResolver {
  @Authorized()
  @Query(() => DisputeConnection, {
    description: "Disputes about those `payments` that the caller sees, newest first.",
  })
  disputes(
    @Ctx() ctx: FinanceContext,
    @Args(() => DisputeListArguments) args: DisputeListArguments,
  ): Promise<Page<Dispute>> {
    return listDisputes(ctx, args);
  }

  @Authorized()
  @Mutation(() => SubmitDisputeEvidencePayload, {
    description: "Says what speaks for the merchant. Needs `payments:refund` where it was paid to.",
  })
  submitDisputeEvidence(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => SubmitDisputeEvidenceInput) input: SubmitDisputeEvidenceInput,
  ): Promise<SubmitDisputeEvidencePayload> {
    return submitDisputeEvidence(ctx, input);
  }

  @FieldResolver(() => Payment)
  payment(@Ctx() ctx: FinanceContext, @Root() dispute: Dispute): Promise<Payment> {
    return paymentLoader(ctx).load(dispute.paymentId);
  }

  @FieldResolver(() => Money, { description: "What is asked back." })
  async amount(@Ctx() ctx: FinanceContext, @Root() dispute: Dispute): Promise<Money> {
    return toMoney(dispute.amountMinor, (await paymentLoader(ctx).load(dispute.paymentId)).currency);
  }

  @FieldResolver(() => [DisputeEvidence], {
    description: "Oldest first; empty for those who may not answer the dispute.",
  })
  evidence(@Ctx() ctx: FinanceContext, @Root() { id, paymentId }: Dispute): Promise<DisputeEvidence[]> {
    return evidenceLoader(ctx).load({ id, paymentId });
  }
}

@Resolver(() => Payment)
export class PaymentDisputeResolver {
  @FieldResolver(() => [Dispute], { description: "Oldest first." })
  disputes(@Ctx() ctx: FinanceContext, @Root() payment: Payment): Promise<Dispute[]> {
    return disputesLoader(ctx).load(payment.id);
  }
}
