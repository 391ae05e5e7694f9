import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, createServer } from "node:http";
import { type ProduceJWT, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from "jose";

/** How the provider lies, or fails, from now on. */
export type ProviderFault =
  | "WRONG_NONCE"
  | "WRONG_AUDIENCE"
  | "WRONG_ISSUER"
  | "EXPIRED"
  | "UNSIGNED"
  | "FOREIGN_KEY"
  | "NO_ID_TOKEN"
  | "DOWN";

/** Whoever is signed in at the provider. */
export interface PersonAtProvider {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** What the provider appends to the address that it sends the browser back to. */
export interface ProviderAnswer {
  readonly state: string;
  readonly code: string;
  readonly issuer: string | null;
}

/**
 * Google and Facebook as a client sees them, over real HTTP: OpenID Connect with discovery, JWKS and signed id tokens
 * (OpenID Connect Core 1.0, section 3.1), and plain OAuth 2 with a page about the person. Both hold the client to PKCE
 * (RFC 7636), its secret, its redirect URI and codes that work once.
 */
export interface IdentityProvider {
  readonly environment: Readonly<Record<string, string>>;
  person: PersonAtProvider;
  fault: ProviderFault | undefined;
  /** What a browser does at the authorization page when its person agrees. @throws when the provider shows an error */
  visit(url: string): Promise<ProviderAnswer>;
  stop(): Promise<void>;
}

const CLIENT_ID = "lentera-tests";
const CLIENT_SECRET = "a secret for tests only";
const VERSION = "/v23.0";

interface Grant {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly person: PersonAtProvider;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const foreign = await generateKeyPair("RS256");
  const codes = new Map<string, Grant>();
  const tokens = new Map<string, PersonAtProvider>();
  const refuse = (status: number, error: string): Reply => ({ status, body: { error } });

  function authorize(parameters: URLSearchParams): Reply {
    const redirectUri = parameters.get("redirect_uri");
    const challenge = parameters.get("code_challenge");
    const isSound =
      parameters.get("client_id") === CLIENT_ID &&
      parameters.get("response_type") === "code" &&
      parameters.get("code_challenge_method") === "S256";
    if (!isSound || redirectUri === null || challenge === null) return refuse(400, "invalid_request");
    const code = randomBytes(16).toString("base64url");
    codes.set(code, { redirectUri, challenge, nonce: parameters.get("nonce"), person: provider.person });
    const location = new URL(redirectUri);
    location.searchParams.set("code", code);
    location.searchParams.set("state", parameters.get("state") ?? "");
    return { status: 302, location: location.href };
  }

  async function exchange(form: URLSearchParams, isOpenId: boolean): Promise<Reply> {
    const code = form.get("code") ?? "";
    const grant = codes.get(code);
    codes.delete(code);
    if (form.get("client_id") !== CLIENT_ID || form.get("client_secret") !== CLIENT_SECRET)
      return refuse(401, "invalid_client");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant?.challenge !== challenge || grant.redirectUri !== form.get("redirect_uri"))
      return refuse(400, "invalid_grant");
    const access_token = randomBytes(16).toString("base64url");
    tokens.set(access_token, grant.person);
    const withIdToken = isOpenId && provider.fault !== "NO_ID_TOKEN";
    return {
      status: 200,
      body: {
        access_token,
        token_type: "bearer",
        expires_in: 3600,
        ...(withIdToken && { id_token: await idToken(grant) }),
      },
    };
  }

  function idToken({ nonce, person: { sub, ...claims } }: Grant): Promise<string> | string {
    const { fault } = provider;
    const content = { ...claims, nonce: fault === "WRONG_NONCE" ? "another nonce" : nonce };
    const filled = <Token extends ProduceJWT>(token: Token): Token =>
      token
        .setSubject(sub)
        .setIssuer(fault === "WRONG_ISSUER" ? "https://elsewhere.example.test" : origin)
        .setAudience(fault === "WRONG_AUDIENCE" ? "another client" : CLIENT_ID)
        .setIssuedAt(fault === "EXPIRED" ? "2 hours ago" : "0 seconds")
        .setExpirationTime(fault === "EXPIRED" ? "1 hour ago" : "1 hour");
    if (fault === "UNSIGNED") return filled(new UnsecuredJWT(content)).encode();
    return filled(new SignJWT(content).setProtectedHeader({ alg: "RS256", kid: "1" })).sign(
      fault === "FOREIGN_KEY" ? foreign.privateKey : privateKey,
    );
  }

  function profile(authorization: string | undefined): Reply {
    const person = tokens.get(/^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "");
    if (person === undefined) return refuse(401, "invalid_token");
    const { sub: id, name, email } = person;
    return { status: 200, body: { id, name, email } };
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { pathname, searchParams } = new URL(request.url ?? "", origin);
    if (provider.fault === "DOWN") return refuse(503, "temporarily_unavailable");
    switch (pathname) {
      case "/.well-known/openid-configuration":
        return {
          status: 200,
          body: {
            issuer: origin,
            authorization_endpoint: `${origin}/authorize`,
            token_endpoint: `${origin}/token`,
            jwks_uri: `${origin}/jwks`,
            response_types_supported: ["code"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["RS256"],
            code_challenge_methods_supported: ["S256"],
          },
        };
      case "/jwks":
        return {
          status: 200,
          body: { keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "RS256", use: "sig" }] },
        };
      case "/authorize":
      case `${VERSION}/dialog/oauth`:
        return authorize(searchParams);
      case "/token":
      case `${VERSION}/oauth/access_token`:
        return exchange(new URLSearchParams(await textOf(request)), pathname === "/token");
      case `${VERSION}/me`:
        return profile(request.headers.authorization);
      default:
        return refuse(404, "not_found");
    }
  }

  const server = createServer((request, response) => {
    void answer(request).then(({ status, body, location }) => {
      response.writeHead(status, {
        "content-type": "application/json",
        ...(location !== undefined && { location }),
      });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const provider: IdentityProvider = {
    environment: {
      GOOGLE_CLIENT_ID: CLIENT_ID,
      GOOGLE_CLIENT_SECRET: CLIENT_SECRET,
      GOOGLE_ISSUER_URL: origin,
      FACEBOOK_CLIENT_ID: CLIENT_ID,
      FACEBOOK_CLIENT_SECRET: CLIENT_SECRET,
      FACEBOOK_URL: origin,
      FACEBOOK_GRAPH_URL: origin,
    },
    person: { sub: "nobody" },
    fault: undefined,
    visit: async (url) => {
      const response = await fetch(url, { redirect: "manual" });
      const { searchParams } = new URL(response.headers.get("location") ?? "about:blank");
      const [state, code] = [searchParams.get("state"), searchParams.get("code")];
      if (state === null || code === null) throw new Error(`The provider answered ${response.status}.`);
      return { state, code, issuer: searchParams.get("iss") };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return provider;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
