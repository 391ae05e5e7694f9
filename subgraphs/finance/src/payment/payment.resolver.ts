import { Money, type Page, toMoney } from "@lentera/kit";
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from "type-graphql";
import type { FinanceContext } from "../context.js";
import { CancelPaymentInput, CreatePaymentInput, PaymentListArguments } from "./payment.input.js";
import { paymentLoader } from "./payment.loader.js";
import { cancelPayment, createPayment, instructionsOf, listPayments, qrImage } from "./payment.service.js";
import {
  CancelPaymentPayload,
  CreatePaymentPayload,
  Payment,
  PaymentConnection,
  PaymentInstructions,
  PaymentPurpose,
} from "./payment.type.js";

const QrFormat = { SVG: "SVG", PNG: "PNG" } as const;
type QrFormat = keyof typeof QrFormat;
registerEnumType(QrFormat, { name: "QrFormat", description: "How a QR code is drawn." });

@Resolver(() => Payment)
export class PaymentResolver {
  @Authorized()
  @Query(() => PaymentConnection, {
    description:
      "The caller's payments, and with `payments:read` those made to the organization for which they act, newest first. Platform administrators get all.",
  })
  payments(
    @Ctx() ctx: FinanceContext,
    @Args(() => PaymentListArguments) args: PaymentListArguments,
  ): Promise<Page<Payment>> {
    return listPayments(ctx, args);
  }

  @Authorized()
  @Query(() => Payment, { description: "One of `payments`. `NOT_FOUND` for any other." })
  payment(@Ctx() ctx: FinanceContext, @Arg("id", () => ID) id: string): Promise<Payment> {
    return paymentLoader(ctx).load(id);
  }

  @Authorized()
  @Mutation(() => CreatePaymentPayload, {
    description:
      "Starts paying for something. The price comes from the server, the best provider is chosen, and `instructions` say what to do.",
  })
  createPayment(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => CreatePaymentInput) input: CreatePaymentInput,
  ): Promise<CreatePaymentPayload> {
    return createPayment(ctx, input);
  }

  @Authorized()
  @Mutation(() => CancelPaymentPayload, {
    description: "Gives up an open payment of the caller's. Money that is already on its way still counts.",
  })
  cancelPayment(
    @Ctx() ctx: FinanceContext,
    @Arg("input", () => CancelPaymentInput) input: CancelPaymentInput,
  ): Promise<CancelPaymentPayload> {
    return cancelPayment(ctx, input);
  }

  @FieldResolver(() => PaymentPurpose)
  purpose(@Root() payment: Payment): PaymentPurpose {
    return { kind: payment.purposeKind, referenceId: payment.purposeReferenceId };
  }

  @FieldResolver(() => Money, { description: "The price." })
  amount(@Root() payment: Payment): Money {
    return toMoney(payment.amountMinor, payment.currency);
  }

  @FieldResolver(() => Money, { description: "What the payment method costs the payer on top." })
  fee(@Root() payment: Payment): Money {
    return toMoney(payment.feeMinor, payment.currency);
  }

  @FieldResolver(() => Money, { description: "What the payer pays: price and fee." })
  total(@Root() payment: Payment): Money {
    return toMoney(payment.amountMinor + payment.feeMinor, payment.currency);
  }

  @FieldResolver(() => Money, { description: "What went back so far." })
  refunded(@Root() payment: Payment): Money {
    return toMoney(payment.refundedMinor, payment.currency);
  }

  @FieldResolver(() => PaymentInstructions, {
    nullable: true,
    description: "What the payer has to do; null when there is nothing to do any more, or not yet.",
  })
  instructions(@Ctx() ctx: FinanceContext, @Root() payment: Payment): Promise<PaymentInstructions | null> {
    return paymentLoader(ctx)
      .load(payment.id)
      .then((row) => instructionsOf(ctx, row));
  }
}

@Resolver(() => PaymentInstructions)
export class PaymentInstructionsResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "The QR code as a picture: a `data:` URL that can be shown as it is.",
  })
  qrImage(
    @Root() instructions: PaymentInstructions,
    @Arg("format", () => QrFormat, { defaultValue: "SVG" }) format: QrFormat,
  ): Promise<string | null> {
    return qrImage(instructions.qrText, format);
  }
}
