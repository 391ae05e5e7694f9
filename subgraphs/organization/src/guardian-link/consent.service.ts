import { LenteraError, addJob, audit, requireSignedIn, validate, refuseWhileImpersonating } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { languageOf, sendMail } from "../mail/mail.service.js";
import * as store from "./consent.store.js";
import { type SetBirthDateInput, setBirthDateRules } from "./guardian-link.input.js";
import { RECONSENT_WINDOW_MS } from "./guardian-link.rules.js";
import { endLink } from "./guardian-link.service.js";
import { lockLink } from "./guardian-link.store.js";

export const ASK_CONSENT_JOB = "guardian-link.ask-consent";
export const END_UNCONFIRMED_JOB = "guardian-link.end-unconfirmed";

const payload = z.object({ studentId: z.uuid() });

/**
 * A person says once when they were born. On their 18th birthday, as their calendar has it, their guardian links come
 * up for confirmation. @throws ILLEGAL_STATE when it is known already
 */
export async function setBirthDate(ctx: OrganizationContext, input: SetBirthDateInput): Promise<void> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  await ctx.transaction(async (tx) => {
    const { birthDate } = validate(setBirthDateRules(await store.localDay(tx, userId, ctx.now())), input);
    const adultAt = await store.saveBirthDate(tx, userId, birthDate);
    if (adultAt === undefined) throw new LenteraError("ILLEGAL_STATE");
    const entity = { entityType: "User", entityId: userId, organizationId: null };
    await audit(tx, ctx.identity, { action: "birth_date.set", ...entity });
    const options = { key: `${ASK_CONSENT_JOB}:${userId}`, runAt: adultAt };
    await addJob(tx, ASK_CONSENT_JOB, { studentId: userId }, options);
  });
}

/** Asks a student who has turned 18 to confirm the links of their childhood. Asking twice asks once. */
export async function askConsent(ctx: OrganizationContext, job: unknown): Promise<void> {
  const { studentId } = payload.parse(job);
  const confirmBy = new Date(ctx.now().getTime() + RECONSENT_WINDOW_MS);
  await ctx.transaction(async (tx) => {
    const asked = await store.askForConfirmation(tx, studentId, ctx.now(), confirmBy);
    if (asked === 0) return;
    const { email, fullName, language } = await store.findRecipient(tx, studentId);
    await sendMail(tx, {
      to: email,
      template: "confirm-guardians",
      language: languageOf(language),
      values: { fullName, count: String(asked) },
    });
    const options = { key: `${END_UNCONFIRMED_JOB}:${studentId}`, runAt: confirmBy };
    await addJob(tx, END_UNCONFIRMED_JOB, { studentId }, options);
  });
}

/** Ends what a student of 18 has not confirmed in time. */
export async function endUnconfirmed(ctx: OrganizationContext, job: unknown): Promise<void> {
  const { studentId } = payload.parse(job);
  await ctx.transaction(async (tx) => {
    for (const id of await store.findUnconfirmed(tx, studentId, ctx.now())) {
      const link = await lockLink(tx, id);
      if (link?.confirmBy != null && link.confirmBy <= ctx.now()) await endLink(ctx, tx, link, "NOT_RECONFIRMED");
    }
  });
}
