import { asSystem } from "@lentera/kit";
import type { LearningContext } from "../../context.js";
import { type TokenType, generateKeys, importPrivateKey, signToken } from "../signed-token.js";
import type { OfflineSigningKey } from "./package.type.js";
import * as store from "./signing-key.store.js";

const ENCRYPTED_AS = "offline-signing-key";

/**
 * The platform's key for packages and receipts. It lives in the database, encrypted, so that every process of this
 * subgraph signs with the same one.
 */
async function currentKey(ctx: LearningContext): Promise<{ id: string; privateKey: CryptoKey }> {
  const { id, encryptedPrivateKey } = await asSystem(
    async () => (await store.findCurrentKey(ctx.db)) ?? (await createKey(ctx)),
  );
  return { id, privateKey: await importPrivateKey(ctx.encryption.decrypt(encryptedPrivateKey, ENCRYPTED_AS)) };
}

async function createKey(ctx: LearningContext): Promise<store.SigningKeyRow> {
  const { publicKey, privateKey } = await generateKeys();
  const key = { publicKey, encryptedPrivateKey: ctx.encryption.encrypt(privateKey, ENCRYPTED_AS) };
  return ctx.transaction((tx) => store.agreeOnKey(tx, key));
}

const loadedKeys = new WeakMap<object, ReturnType<typeof currentKey>>();

/** Signs as the platform. */
export async function signAsServer(ctx: LearningContext, type: TokenType, payload: object): Promise<string> {
  let loaded = loadedKeys.get(ctx.db);
  if (loaded === undefined) {
    loaded = currentKey(ctx);
    loadedKeys.set(ctx.db, loaded);
  }
  const { id, privateKey } = await loaded;
  return signToken(type, payload, privateKey, id);
}

/** Every public key that has signed something, the current one first. */
export async function listSigningKeys(ctx: LearningContext): Promise<OfflineSigningKey[]> {
  await currentKey(ctx);
  return asSystem(() => store.findKeys(ctx.db));
}
