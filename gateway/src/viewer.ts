import { LenteraError, type Viewer, accessTokenToViewer, anonymous } from "@lentera/kit";
import { type FlattenedJWSInput, type JWTHeaderParameters, createLocalJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";
import { type ApiKeys, isApiKey } from "./api-keys.js";
import type { EndedAccess } from "./ended-access.js";

/** Who is calling, and until when that holds (milliseconds since 1970; null for ever). */
export interface Authentication {
  readonly viewer: Viewer;
  readonly expiresAt: number | null;
}

/** An unknown key id makes us look for new keys, but not more often than this. */
const MIN_REFRESH_MS = 1_000;
const CLOCK_TOLERANCE_SECONDS = 5;

const jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Turns the headers of a request into a viewer. */
export class Authenticator {
  #keys: Promise<KeySet> | undefined;
  #loadedAt = 0;

  /** `loadKeys` gives the JSON Web Key Set of whoever issues the access tokens. */
  constructor(
    private readonly loadKeys: () => Promise<unknown>,
    private readonly apiKeys: Pick<ApiKeys, "authenticate">,
    private readonly ended: Pick<EndedAccess, "includes">,
  ) {}

  /**
   * No header is an anonymous caller.
   * @throws INVALID_TOKEN, TOKEN_EXPIRED, and SERVICE_UNAVAILABLE when the keys cannot be had.
   */
  async authenticate(authorization: string | undefined): Promise<Authentication> {
    const authentication = await this.#read(authorization);
    if (this.ended.includes(authentication.viewer)) throw new LenteraError("INVALID_TOKEN");
    return authentication;
  }

  async #read(authorization: string | undefined): Promise<Authentication> {
    if (authorization === undefined || authorization === "") return { viewer: anonymous, expiresAt: null };
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (bearer !== undefined && isApiKey(bearer))
      return { viewer: await this.apiKeys.authenticate(bearer), expiresAt: null };
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new LenteraError("INVALID_TOKEN");
    try {
      const { payload } = await jwtVerify(token, (header, input) => this.#keyFor(header, input), {
        algorithms: ["EdDSA", "Ed25519"],
        issuer: "lentera",
        audience: "lentera",
        requiredClaims: ["sub", "exp"],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return { viewer: accessTokenToViewer(payload), expiresAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      if (error instanceof LenteraError) throw error;
      throw new LenteraError(error instanceof errors.JWTExpired ? "TOKEN_EXPIRED" : "INVALID_TOKEN", { cause: error });
    }
  }

  async #keyFor(header: JWTHeaderParameters, input: FlattenedJWSInput): ReturnType<KeySet> {
    const keys = await this.#load(false);
    try {
      return await keys(header, input);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await this.#load(true))(header, input);
    }
  }

  #load(isStale: boolean): Promise<KeySet> {
    const now = Date.now();
    if (this.#keys === undefined || (isStale && now - this.#loadedAt >= MIN_REFRESH_MS)) {
      this.#loadedAt = now;
      this.#keys = this.#fetch();
    }
    return this.#keys;
  }

  async #fetch(): Promise<KeySet> {
    try {
      return createLocalJWKSet(jwks.parse(await this.loadKeys()));
    } catch (cause) {
      this.#keys = undefined;
      throw new LenteraError("SERVICE_UNAVAILABLE", { cause });
    }
  }
}
