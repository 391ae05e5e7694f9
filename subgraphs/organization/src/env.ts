import { z } from "zod";
import type { ProviderSettings } from "./external-identity/external-provider.js";

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

const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** A client secret must not travel in the clear; between programs of one machine it does not travel. */
const providerUrl = z
  .url({ protocol: /^https?$/, error: "is not an https:// URL" })
  .refine(
    (url) => URL.parse(url)?.protocol === "https:" || LOOPBACK.includes(URL.parse(url)?.hostname ?? ""),
    "is not an https:// URL",
  )
  .transform((url) => url.replace(/\/+$/, ""));
const credential = z.string().min(1).optional();

const providerVariables = z
  .object({
    GOOGLE_CLIENT_ID: credential,
    GOOGLE_CLIENT_SECRET: credential,
    GOOGLE_ISSUER_URL: providerUrl.default("https://accounts.google.com"),
    FACEBOOK_CLIENT_ID: credential,
    FACEBOOK_CLIENT_SECRET: credential,
    FACEBOOK_URL: providerUrl.default("https://www.facebook.com"),
    FACEBOOK_GRAPH_URL: providerUrl.default("https://graph.facebook.com"),
  })
  .superRefine((variables, check) => {
    for (const provider of ["GOOGLE", "FACEBOOK"] as const)
      if ((variables[`${provider}_CLIENT_ID`] === undefined) !== (variables[`${provider}_CLIENT_SECRET`] === undefined))
        check.addIssue({ code: "custom", path: [`${provider}_CLIENT_SECRET`], message: "id and secret go together" });
  });

/** The version of Facebook's API that these paths belong to. */
const FACEBOOK_VERSION = "v23.0";

/**
 * The providers that can vouch for people: those whose client id and secret are set.
 * @throws Error with one sentence for each variable that is wrong
 */
export function readExternalProviders(environment: Environment): ProviderSettings[] {
  const variables = read(providerVariables, environment);
  const settings: ProviderSettings[] = [];
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_ISSUER_URL: issuer } = variables;
  if (GOOGLE_CLIENT_ID !== undefined && GOOGLE_CLIENT_SECRET !== undefined)
    settings.push({
      provider: "GOOGLE",
      clientId: GOOGLE_CLIENT_ID,
      clientSecret: GOOGLE_CLIENT_SECRET,
      protocol: { kind: "OPENID_CONNECT", issuer },
    });
  const { FACEBOOK_CLIENT_ID, FACEBOOK_CLIENT_SECRET, FACEBOOK_URL, FACEBOOK_GRAPH_URL } = variables;
  if (FACEBOOK_CLIENT_ID !== undefined && FACEBOOK_CLIENT_SECRET !== undefined)
    settings.push({
      provider: "FACEBOOK",
      clientId: FACEBOOK_CLIENT_ID,
      clientSecret: FACEBOOK_CLIENT_SECRET,
      protocol: {
        kind: "OAUTH2",
        issuer: FACEBOOK_URL,
        authorizationUrl: `${FACEBOOK_URL}/${FACEBOOK_VERSION}/dialog/oauth`,
        tokenUrl: `${FACEBOOK_GRAPH_URL}/${FACEBOOK_VERSION}/oauth/access_token`,
        userInfoUrl: `${FACEBOOK_GRAPH_URL}/${FACEBOOK_VERSION}/me?fields=id,name,email`,
      },
    });
  return settings;
}

/** An empty variable is an unset one. */
function read<Schema extends z.ZodType>(schema: Schema, environment: Environment): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `Set ${issue.path.join(".")}: ${issue.message}.`).join("\n"));
}
