import { z } from "zod";

type Environment = Readonly<Record<string, string | undefined>>;

const mailVariables = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "is not an http:// or https:// URL" })
    .default("http://localhost:4000"),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "is not an smtp:// or smtps:// URL" }).optional(),
  MAIL_FROM: z.string().min(3, "is empty").default("Lentera <no-reply@lentera.invalid>"),
});

/** How letters leave the platform. */
export interface MailEnvironment {
  /** Where people reach the platform, without a slash at the end. */
  readonly publicUrl: string;
  /** Without it no letter is sent. */
  readonly smtpUrl: string | undefined;
  readonly from: string;
}

/** @throws Error with one sentence for each variable that is wrong */
export function readMailEnvironment(environment: Environment): MailEnvironment {
  const { PUBLIC_URL, SMTP_URL, MAIL_FROM } = read(mailVariables, environment);
  return { publicUrl: PUBLIC_URL.replace(/\/+$/, ""), smtpUrl: SMTP_URL, from: MAIL_FROM };
}

const webhookVariables = z.object({
  WEBHOOK_PRIVATE_ADDRESSES: z.enum(["allow", "refuse"], "is neither allow nor refuse").default("refuse"),
});

/** How far webhooks may reach. */
export interface WebhookEnvironment {
  /** For development: http://, this machine and its neighbours, too. */
  readonly allowsPrivate: boolean;
}

/** @throws Error with one sentence for each variable that is wrong */
export function readWebhookEnvironment(environment: Environment): WebhookEnvironment {
  return { allowsPrivate: read(webhookVariables, environment).WEBHOOK_PRIVATE_ADDRESSES === "allow" };
}

/** An empty variable is an unset one. */
function read<Schema extends z.ZodType>(schema: Schema, environment: Environment): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `Set ${issue.path.join(".")}: ${issue.message}.`).join("\n"));
}
