import { type Job, addJob, asSystem } from "@lentera/kit";
import type { LoanApplicationStatus } from "@lentera/prisma/finance";
import { z } from "zod";
import {
  type BankAnswer,
  type BankApplication,
  type BankConnection,
  BankError,
  findAtBank,
  submitToBank,
} from "../bank-partner/bank-api.js";
import { SIGNATURE_WINDOW_MS, verifyBankRequest } from "../bank-partner/bank-signature.js";
import { findConnection, forgetNonces, rememberNonce } from "../bank-partner/bank-connection.store.js";
import { findProducts } from "../bank-partner/bank-partner.store.js";
import type { FinanceContext } from "../context.js";
import { findAssessments } from "../loan-assessment/loan-assessment.store.js";
import { stepsOfBank } from "./loan-application.rules.js";
import { PROCESS_APPLICATION, identityContext, step } from "./loan-application.service.js";
import * as store from "./loan-application.store.js";
import { findDocuments } from "./loan-document.store.js";

/** Where banks tell that something has happened. */
export const BANK_CALLBACK_PATH = "/webhooks/banks";
const LONGEST_CALLBACK_BYTES = 64 * 1024;
const NOT_ACCEPTED = "REFUSED_BY_BANK";

const payload = z.object({ applicationId: z.uuid() });
const callback = z.object({ reference: z.uuid() });

export function loanApplicationJobs(systemContext: () => FinanceContext): Job[] {
  return [
    {
      name: PROCESS_APPLICATION,
      run: (given) => processApplication(systemContext(), payload.parse(given).applicationId),
    },
    { name: "loan_application.poll", cron: "*/5 * * * *", run: () => pollApplications(systemContext()) },
  ];
}

/** Asks again about everything that is under way, for callbacks that never came. */
async function pollApplications(ctx: FinanceContext): Promise<void> {
  await forgetNonces(ctx.db, new Date(ctx.now().getTime() - 2 * SIGNATURE_WINDOW_MS));
  for (const applicationId of await store.findAtBanks(ctx.db))
    await addJob(ctx.db, PROCESS_APPLICATION, { applicationId }, { queue: `loan:${applicationId}` });
}

/**
 * Brings an application to its bank, or asks how it stands there. May run at any time and as often as it likes: an answer that
 * does not come leaves the delivery UNKNOWN, and the bank is asked before it is told again, by the same reference.
 */
export async function processApplication(ctx: FinanceContext, applicationId: string): Promise<void> {
  const isNews = await ctx.transaction(async (tx) => {
    const application = await store.lockApplication(tx, {}, applicationId);
    if (application?.delivery !== "NONE" || application.status === "DRAFT") return false;
    await store.updateApplication(tx, applicationId, { delivery: "UNKNOWN" });
    return true;
  });
  const [application] = await store.findApplications(ctx.db, {}, [applicationId]);
  if (application === undefined || application.delivery === "REFUSED" || application.delivery === "NONE") return;
  const bank = await connectionOf(ctx, application.bankId);
  if (bank === null) return;
  try {
    const known = isNews ? null : await findAtBank(bank, applicationId, ctx.now().getTime());
    const answer = known ?? (await submitToBank(bank, await contentsOf(ctx, application), ctx.now().getTime()));
    await follow(ctx, applicationId, answer);
  } catch (error) {
    if (!(error instanceof BankError)) throw error;
    if (error.outcome === "REFUSED")
      await follow(ctx, applicationId, { reference: applicationId, status: "REJECTED", reason: NOT_ACCEPTED });
  }
}

async function connectionOf(ctx: FinanceContext, bankId: string): Promise<BankConnection | null> {
  const found = await findConnection(ctx.db, { bankId });
  if (found === null) return null;
  const secret = ctx.encryption.decrypt(found.secretCiphertext, `partner-bank:${bankId}`);
  return { code: found.bank.code, endpointUrl: found.endpointUrl, secret, timeoutMs: ctx.bankTimeoutMs };
}

async function contentsOf(ctx: FinanceContext, application: store.LoanApplicationRow): Promise<BankApplication> {
  const { id, amountMinor, currency, months, purpose, businessName } = application;
  const [product] = await findProducts(ctx.db, [application.productId]);
  const [assessment] = await findAssessments(ctx.db, {}, [application.assessmentId ?? id]);
  if (product === undefined || assessment === undefined) throw new Error(`Application ${id} is not whole.`);
  const documents = (await findDocuments(ctx.db, [id])).flatMap(({ kind, sha256 }) =>
    sha256 === null ? [] : [{ kind, sha256 }],
  );
  const identityNumber = ctx.encryption.decrypt(application.identityCiphertext, identityContext(id));
  const facts = { currency, months, purpose, businessName, identityNumber, score: assessment.score, documents };
  return { reference: id, product: product.name, amountMinor: String(amountMinor), ...facts };
}

const MEANINGS: Readonly<Record<BankAnswer["status"], LoanApplicationStatus | null>> = {
  RECEIVED: null,
  UNDER_REVIEW: "UNDER_REVIEW",
  DOCUMENTS_REQUESTED: "DOCUMENTS_REQUESTED",
  APPROVED: "APPROVED",
  REJECTED: "REJECTED",
  DISBURSED: "DISBURSED",
};

/** Takes the steps that the bank has gone since, once. What cannot be reached any more changes nothing. */
async function follow(ctx: FinanceContext, id: string, { status, reason }: BankAnswer): Promise<void> {
  await ctx.transaction(async (tx) => {
    let application = await store.lockApplication(tx, {}, id);
    if (application === null) return;
    const delivery = reason === NOT_ACCEPTED ? "REFUSED" : "RECEIVED";
    if (application.delivery !== delivery) await store.updateApplication(tx, id, { delivery });
    const meaning = MEANINGS[status];
    const steps = meaning === null ? [] : stepsOfBank(application.status, meaning);
    for (const to of steps)
      application = await step(ctx, tx, application, { to, actor: "BANK", actorId: null, reason: reason ?? status });
  });
}

/**
 * A bank says that something has happened to an application. It must have signed it within five minutes and not have sent it
 * before; then the bank is asked how it stands, so that a callback may come late or never.
 */
export async function receiveBankCallback(ctx: FinanceContext, request: Request): Promise<Response> {
  const body = await request.text();
  const code = request.headers.get("x-bank-code") ?? "";
  if (body.length > LONGEST_CALLBACK_BYTES) return new Response(null, { status: 413 });
  return asSystem(async () => {
    const found = await findConnection(ctx.db, { bank: { code } });
    if (found === null) return new Response(null, { status: 401 });
    const secret = ctx.encryption.decrypt(found.secretCiphertext, `partner-bank:${found.bankId}`);
    const { method } = request;
    const parts = { audience: "lentera" as const, bankCode: code, method, path: BANK_CALLBACK_PATH, body };
    const header = (name: string) => request.headers.get(name);
    const nonce = verifyBankRequest(secret, parts, header, ctx.now().getTime());
    if (nonce === null) return new Response(null, { status: 401 });
    const reference = callback.safeParse(jsonOf(body)).data?.reference;
    if (reference === undefined) return new Response(null, { status: 400 });
    const isTaken = await ctx.transaction(async (tx) => {
      if (!(await rememberNonce(tx, { bankId: found.bankId, nonce, seenAt: ctx.now() }))) return false;
      const [application] = await store.findApplications(tx, { bankId: found.bankId }, [reference]);
      if (application !== undefined)
        await addJob(tx, PROCESS_APPLICATION, { applicationId: reference }, { queue: `loan:${reference}` });
      return true;
    });
    return new Response(null, { status: isTaken ? 200 : 409 });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
