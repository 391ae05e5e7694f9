import { type CryptoKey, type JSONWebKeySet, SignJWT, exportJWK, generateKeyPair, importJWK } from "jose";
import { type AccessTokenClaims, asSystem } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";

const jwk = z.looseObject({ kty: z.string() });

/**
 * The platform's signing keys. They live in the database, encrypted, so that every process of this subgraph signs with
 * the same one and a restart signs nobody out.
 */
async function currentKey(ctx: OrganizationContext): Promise<{ id: string; privateKey: CryptoKey | Uint8Array }> {
  const row = await asSystem(async () => (await newestKey(ctx)) ?? (await createKey(ctx)));
  const privateJwk = jwk.parse(JSON.parse(ctx.encryption.decrypt(row.encryptedPrivateKey, "signing-key")));
  return { id: row.id, privateKey: await importJWK(privateJwk, "EdDSA") };
}

function newestKey(ctx: OrganizationContext) {
  return ctx.db.signingKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: "desc" } });
}

/** Two processes that start at once agree on one key: the second waits for the lock and finds the first's. */
async function createKey(ctx: OrganizationContext) {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const encryptedPrivateKey = ctx.encryption.encrypt(JSON.stringify(await exportJWK(privateKey)), "signing-key");
  const publicJwk = { ...(await exportJWK(publicKey)) };
  return ctx.transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('signing_keys'))`;
    const existing = await tx.signingKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: "desc" } });
    return existing ?? (await tx.signingKey.create({ data: { publicJwk, encryptedPrivateKey } }));
  });
}

const loadedKeys = new WeakMap<object, ReturnType<typeof currentKey>>();

/** An EdDSA-signed access token that expires at `expiresAt`. */
export async function signAccessToken(
  ctx: OrganizationContext,
  { sub, ...claims }: AccessTokenClaims,
  expiresAt: Date,
): Promise<string> {
  let loaded = loadedKeys.get(ctx.db);
  if (loaded === undefined) {
    loaded = currentKey(ctx);
    loadedKeys.set(ctx.db, loaded);
  }
  const { id, privateKey } = await loaded;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "EdDSA", kid: id, typ: "at+jwt" })
    .setSubject(sub)
    .setIssuer("lentera")
    .setAudience("lentera")
    .setIssuedAt(Math.floor(ctx.now().getTime() / 1000))
    .setExpirationTime(expiresAt)
    .sign(privateKey);
}

/** The public keys, as `/.well-known/jwks.json` shows them. */
export async function jsonWebKeySet(ctx: OrganizationContext): Promise<JSONWebKeySet> {
  await currentKey(ctx);
  const rows = await asSystem(async () => await ctx.db.signingKey.findMany({ where: { retiredAt: null } }));
  return { keys: rows.map((row) => ({ ...jwk.parse(row.publicJwk), kid: row.id, alg: "EdDSA", use: "sig" })) };
}
