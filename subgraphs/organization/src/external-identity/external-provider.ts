import { LenteraError } from "@lentera/kit";
import type { ExternalProvider } from "@lentera/prisma/organization";
import * as oauth from "openid-client";
import { z } from "zod";

/** How one provider is reached: by OpenID Connect discovery, or by plain OAuth 2 with a page that says who somebody is. */
export interface ProviderSettings {
  readonly provider: ExternalProvider;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly protocol:
    | { readonly kind: "OPENID_CONNECT"; readonly issuer: string }
    | {
        readonly kind: "OAUTH2";
        readonly issuer: string;
        readonly authorizationUrl: string;
        readonly tokenUrl: string;
        /** Answers `{ id, name?, email? }`. */
        readonly userInfoUrl: string;
      };
}

/** What must come back unchanged from one sign-in at a provider; never leaves the server, but for the state. */
export interface ExternalSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Whom a provider has vouched for. */
export interface ExternalPerson {
  readonly subject: string;
  readonly email: string | null;
  /** Whether the provider says that the address is the person's; not saying is no. */
  readonly emailVerified: boolean;
  readonly fullName: string | null;
}

/** The providers that this installation has an account with. */
export interface ExternalProviders {
  readonly offered: readonly ExternalProvider[];
  /** @throws NOT_FOUND for a provider that is not offered, SERVICE_UNAVAILABLE when it does not answer */
  begin(provider: ExternalProvider, redirectUri: string): Promise<{ url: string; secrets: ExternalSecrets }>;
  /**
   * Exchanges the code for who the person is.
   * @throws INVALID_CREDENTIALS for an answer, a code or a token that is not exactly what was asked for
   */
  identify(
    provider: ExternalProvider,
    answer: {
      readonly redirectUri: string;
      readonly secrets: ExternalSecrets;
      readonly state: string;
      readonly code: string;
      readonly issuer: string | null;
    },
  ): Promise<ExternalPerson>;
}

const TIMEOUT_SECONDS = 10;
/** For a provider on this machine alone, as env.ts makes sure. */
// oxlint-disable-next-line typescript/no-deprecated -- it is so called only to stand out
const allowHttp: (configuration: oauth.Configuration) => void = oauth.allowInsecureRequests;
/** How long what a provider says about itself is believed. */
const DISCOVERED_FOR_MS = 60 * 60 * 1000;

const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().nullish().catch(null),
  email_verified: z.boolean().nullish().catch(null),
  name: z.string().nullish().catch(null),
});
const profile = z.object({
  id: z.string().min(1).max(255),
  email: z.email().nullish().catch(null),
  name: z.string().nullish().catch(null),
});

export function createExternalProviders(settings: readonly ProviderSettings[]): ExternalProviders {
  const clients = new Map(settings.map((each) => [each.provider, new ProviderClient(each)]));
  const clientOf = (provider: ExternalProvider): ProviderClient => {
    const client = clients.get(provider);
    if (client === undefined) throw new LenteraError("NOT_FOUND");
    return client;
  };
  return {
    offered: [...clients.keys()],
    begin: async (provider, redirectUri) => clientOf(provider).begin(redirectUri),
    identify: async (provider, answer) => clientOf(provider).identify(answer),
  };
}

class ProviderClient {
  #known: { readonly configuration: Promise<oauth.Configuration>; readonly until: number } | undefined;

  constructor(private readonly settings: ProviderSettings) {}

  async begin(redirectUri: string): ReturnType<ExternalProviders["begin"]> {
    const secrets = {
      state: oauth.randomState(),
      nonce: oauth.randomNonce(),
      codeVerifier: oauth.randomPKCECodeVerifier(),
    };
    const isOpenId = this.settings.protocol.kind === "OPENID_CONNECT";
    const url = oauth.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: redirectUri,
      scope: isOpenId ? "openid email profile" : "public_profile email",
      state: secrets.state,
      code_challenge: await oauth.calculatePKCECodeChallenge(secrets.codeVerifier),
      code_challenge_method: "S256",
      ...(isOpenId && { nonce: secrets.nonce }),
    });
    return { url: url.href, secrets };
  }

  async identify({
    redirectUri,
    secrets,
    state,
    code,
    issuer,
  }: Parameters<ExternalProviders["identify"]>[1]): Promise<ExternalPerson> {
    const configuration = await this.#configuration();
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries({ state, code, iss: issuer }))
      if (value !== null) url.searchParams.set(name, value);
    const { protocol } = this.settings;
    const isOpenId = protocol.kind === "OPENID_CONNECT";
    try {
      const tokens = await oauth.authorizationCodeGrant(configuration, url, {
        expectedState: secrets.state,
        pkceCodeVerifier: secrets.codeVerifier,
        ...(isOpenId && { expectedNonce: secrets.nonce, idTokenExpected: true }),
      });
      if (isOpenId) {
        const { sub, email, email_verified, name } = claims.parse(tokens.claims());
        return { subject: sub, email: email ?? null, emailVerified: email_verified === true, fullName: name ?? null };
      }
      const answered = await oauth.fetchProtectedResource(
        configuration,
        tokens.access_token,
        new URL(protocol.userInfoUrl),
        "GET",
      );
      const { id, email, name } = profile.parse(await answered.json());
      return { subject: id, email: email ?? null, emailVerified: false, fullName: name ?? null };
    } catch (cause) {
      throw new LenteraError(isOutage(cause) ? "SERVICE_UNAVAILABLE" : "INVALID_CREDENTIALS", { cause });
    }
  }

  async #configuration(): Promise<oauth.Configuration> {
    const now = Date.now();
    if (this.#known === undefined || this.#known.until <= now)
      this.#known = { configuration: configure(this.settings), until: now + DISCOVERED_FOR_MS };
    const { configuration } = this.#known;
    try {
      return await configuration;
    } catch (cause) {
      if (this.#known.configuration === configuration) this.#known = undefined;
      throw new LenteraError("SERVICE_UNAVAILABLE", { cause });
    }
  }
}

async function configure({ clientId, clientSecret, protocol }: ProviderSettings): Promise<oauth.Configuration> {
  const insecure = protocol.issuer.startsWith("http:") ? [allowHttp] : [];
  const authentication = oauth.ClientSecretPost(clientSecret);
  if (protocol.kind === "OPENID_CONNECT") {
    // the id token's signature counts, not only the connection that it came by
    const execute = [...insecure, oauth.enableNonRepudiationChecks];
    const options = { execute, timeout: TIMEOUT_SECONDS };
    return oauth.discovery(new URL(protocol.issuer), clientId, undefined, authentication, options);
  }
  const { issuer, authorizationUrl: authorization_endpoint, tokenUrl: token_endpoint } = protocol;
  const server = { issuer, authorization_endpoint, token_endpoint };
  const configuration = new oauth.Configuration(server, clientId, undefined, authentication);
  configuration.timeout = TIMEOUT_SECONDS;
  for (const execute of insecure) execute(configuration);
  return configuration;
}

/** The provider is away or broken, which says nothing about the person. */
function isOutage(error: unknown): boolean {
  if (error instanceof oauth.ResponseBodyError) return error.status >= 500;
  if (error instanceof oauth.ClientError) {
    const { cause } = error;
    return error.code === "OAUTH_TIMEOUT" || (cause instanceof Response && cause.status >= 500);
  }
  return error instanceof TypeError;
}
