import type { Logger } from "@lentera/kit";
import { createTransport } from "nodemailer";
import type { MailEnvironment } from "../env.js";

export interface Envelope {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names the kind of letter in the log, which shows neither its words nor its reader. */
  readonly template: string;
}

/** Hands a letter to whoever delivers it. */
export interface Mailer {
  /** Resolves when the letter was taken over. @throws when it was not and should be handed over again. */
  send(envelope: Envelope): Promise<void>;
}

const TIMEOUT_MS = 15_000;

/** Over SMTP; without a server each letter is noted in the log, without its words, and is gone. */
export function createMailer({ smtpUrl, from }: MailEnvironment, logger: Pick<Logger, "info">): Mailer {
  if (smtpUrl === undefined)
    return { send: async ({ template }) => logger.info({ template }, "mail not configured: a letter was not sent") };
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async ({ to, subject, text, html }) => {
      // an address object is one recipient, whatever characters it holds
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text, html });
    },
  };
}
