import { fromBase64url, isSignedBy, readToken, sha256 } from "../signed-token.js";
import { CREATE_PACKAGE, SIGNING_KEYS, type SigningKey, createdAnswer, signingKeysAnswer } from "./api.js";
import type { Environment } from "./environment.js";
import { type PackageContent, type PackageManifest, contentSchema, manifestSchema } from "./records.js";

export type Download = PackageManifest;

/** Something came that the server did not sign, or that is not what it signed. */
export class ForgedError extends Error {
  override readonly name = "ForgedError";
}

export interface Downloads {
  download(tryoutId: string, accessCode?: string): Promise<Download>;
  packages(): Promise<Download[]>;
  paper(packageId: string): Promise<PackageContent>;
  record(
    kind: "PROGRESS" | "GAMIFICATION" | "ANALYTICS",
    payload: object,
    priority?: "HIGH" | "MEDIUM" | "LOW",
  ): Promise<void>;
}

export function createDownloads({ records, run, now, device }: Environment): Downloads {
  const packages = async (): Promise<Download[]> => (await records.list("packages")).map(({ manifest }) => manifest);

  return {
    packages,

    download: async (tryoutId, accessCode) => {
      const alive = (await packages()).find((one) => one.tryoutId === tryoutId && one.expiresAt > now());
      if (alive !== undefined) return alive;
      const { id: deviceId, publicKey, signingKeys } = await device();
      const asked = (await records.get("downloads", tryoutId)) ?? { tryoutId, idempotencyKey: crypto.randomUUID() };
      await records.write([{ store: "downloads", key: tryoutId, value: asked }]);
      const input = { ...asked, accessCode, deviceId, deviceTime: now() };
      const created = await run(createdAnswer, CREATE_PACKAGE, { input });
      const { manifest: token, content } = created.createOfflinePackage.package;
      const manifest = await readManifest(token, await keysFor(token, signingKeys));
      if (manifest.deviceId !== deviceId || manifest.devicePublicKey !== publicKey || manifest.tryoutId !== tryoutId)
        throw new ForgedError("This package is for somebody else.");
      const text = await unzip(fromBase64url(content));
      if ((await sha256(text)) !== manifest.contentHash)
        throw new ForgedError("This is not the content of the package.");
      const value = { manifest, content: contentSchema.parse(JSON.parse(text)) };
      await records.write([
        { store: "packages", key: manifest.packageId, value },
        { store: "downloads", key: tryoutId, value: undefined },
      ]);
      return manifest;
    },

    paper: async (packageId) => {
      const stored = await records.get("packages", packageId);
      if (stored === undefined) throw new Error("This package is not on this device.");
      return stored.content;
    },

    record: async (kind, payload, priority = "MEDIUM") => {
      const clientId = crypto.randomUUID();
      const createdAt = now();
      const order = (await records.list("queue")).reduce((last, item) => Math.max(last, item.order), 0) + 1;
      const text = JSON.stringify({ occurredAt: createdAt, ...payload });
      const item = { clientId, kind, priority, createdAt, payload: text, order, sittingId: null };
      await records.write([{ store: "queue", key: clientId, value: item }]);
    },
  };

  /** The keys known here, or the server's of now when it has a newer one. */
  async function keysFor(token: string, known: readonly SigningKey[]): Promise<readonly SigningKey[]> {
    const keyId = readToken("lentera-package", token)?.keyId;
    if (known.some(({ id }) => id === keyId)) return known;
    const record = await device();
    const { offlineSigningKeys } = await run(signingKeysAnswer, SIGNING_KEYS, {});
    await records.write([{ store: "device", key: "this", value: { ...record, signingKeys: offlineSigningKeys } }]);
    return offlineSigningKeys;
  }
}

async function readManifest(token: string, keys: readonly SigningKey[]): Promise<PackageManifest> {
  const read = readToken("lentera-package", token);
  const key = keys.find(({ id }) => id === read?.keyId);
  if (read === undefined || key === undefined || !(await isSignedBy(key.publicKey, token)))
    throw new ForgedError("The server did not sign this package.");
  return manifestSchema.parse(read.payload);
}

async function unzip(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
