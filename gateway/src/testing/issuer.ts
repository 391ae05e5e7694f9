import { type CryptoKey, type JWK, SignJWT, exportJWK, generateKeyPair } from "jose";

const SESSION = "0199cccc-0000-7000-8000-000000000001";
const ORGANIZATION = "0199dddd-0000-7000-8000-000000000001";

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Issues access tokens the way organization does. */
export class Issuer {
  #keys: Promise<Key>[] = [createKey("first")];

  async jwks(): Promise<{ keys: JWK[] }> {
    const keys = await Promise.all(this.#keys);
    return { keys: keys.map(({ publicJwk }) => publicJwk) };
  }

  /** Signs with a new key from now on; the old ones stay published. */
  rotate(): void {
    this.#keys = [createKey(`rotated-${this.#keys.length}`), ...this.#keys];
  }

  /** An authorization header; `expiresAt` in seconds since 1970. */
  async bearer(
    userId: string,
    {
      expiresAt = Math.floor(Date.now() / 1000) + 900,
      claims = {},
    }: { expiresAt?: number; claims?: Record<string, unknown> } = {},
  ): Promise<string> {
    const key = await this.#keys[0];
    if (key === undefined) throw new Error("There is always a key.");
    const own = {
      sid: SESSION,
      org: ORGANIZATION,
      role: "STUDENT",
      permissions: ["exam:take"],
      staff: false,
      iss: "lentera",
      aud: "lentera",
    };
    const token = new SignJWT({ ...own, sub: userId, exp: expiresAt, ...claims }).setProtectedHeader({
      alg: "EdDSA",
      kid: key.kid,
    });
    return `Bearer ${await token.sign(key.privateKey)}`;
  }
}

async function createKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: "EdDSA", use: "sig" } };
}
