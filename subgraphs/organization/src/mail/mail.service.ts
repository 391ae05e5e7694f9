import { LANGUAGES, type Language, addJob } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext, Transaction } from "../context.js";
import { type MailTemplate, isMailTemplate, missingValues, writeLetter } from "./mail.template.js";

export const SEND_MAIL = "mail.send";

export interface Mail {
  readonly to: string;
  readonly template: MailTemplate;
  readonly language: Language;
  readonly values: Readonly<Record<string, string>>;
  /** Values that must not lie in the queue as they are: each one as {@link seal} made it. */
  readonly sealed?: Readonly<Record<string, string>>;
}

const SEALED = "mail";
const MAXIMUM_ATTEMPTS = 15;

const mail = z.object({
  to: z.string(),
  template: z.string().refine(isMailTemplate, "There is no such letter."),
  language: z.enum(LANGUAGES),
  values: z.record(z.string(), z.string()),
  sealed: z.record(z.string(), z.string()).default({}),
});

/** A secret as it may wait in the queue. */
export function seal(ctx: OrganizationContext, secret: string): string {
  return ctx.encryption.encrypt(secret, SEALED);
}

/**
 * Sends a letter when, and only when, the transaction commits; tries for about a day.
 * @throws Error when the letter's template needs a value that is not given
 */
export async function sendMail(tx: Transaction, letter: Mail): Promise<void> {
  const missing = missingValues(letter.template, Object.keys({ ...letter.values, ...letter.sealed }));
  if (missing.length > 0) throw new Error(`The letter ${letter.template} lacks ${missing.join(", ")}.`);
  await addJob(tx, SEND_MAIL, letter, { maximumAttempts: MAXIMUM_ATTEMPTS });
}

/** Writes and hands over one letter of the queue. @throws when the mail server did not take it */
export async function deliverMail(ctx: OrganizationContext, payload: unknown): Promise<void> {
  const { to, template, language, values, sealed } = mail.parse(payload);
  const secrets = Object.entries(sealed).map(([name, value]) => [name, ctx.encryption.decrypt(value, SEALED)] as const);
  const letter = writeLetter(template, language, { ...values, ...Object.fromEntries(secrets) }, ctx.publicUrl);
  await ctx.mailer.send({ to, template, ...letter });
}

/** The language in which to write to somebody whose account says `language`. */
export function languageOf(language: string): Language {
  return z.enum(LANGUAGES).catch("id").parse(language);
}
