/**
 * Statements that one side signs and the other can check without asking: compact JWS (RFC 7515) with EdDSA over Ed25519
 * (RFC 8037). Runs in browsers and in Node: Web Cryptography and nothing else.
 */

/** What is signed; a statement of one kind never passes for another. */
export type TokenType = "lentera-package" | "lentera-entry" | "lentera-receipt";

const ALGORITHM = "Ed25519";

/** A fresh key pair. `extractable` so that it can be stored. */
export async function generateKeys(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("Ed25519 gives a pair of keys.");
  const publicKey = await crypto.subtle.exportKey("raw", pair.publicKey);
  const privateKey = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  return { publicKey: toBase64url(new Uint8Array(publicKey)), privateKey: toBase64url(new Uint8Array(privateKey)) };
}

/** @param privateKey PKCS #8, base64url */
export function importPrivateKey(privateKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", fromBase64url(privateKey), ALGORITHM, false, ["sign"]);
}

/** Signs `payload`, which must be plain JSON. @param keyId of a public key that the reader can find */
export async function signToken(
  type: TokenType,
  payload: object,
  privateKey: CryptoKey,
  keyId: string,
): Promise<string> {
  const header = { alg: "EdDSA", typ: type, kid: keyId };
  const signed = `${encodeJson(header)}.${encodeJson(payload)}`;
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, new TextEncoder().encode(signed));
  return `${signed}.${toBase64url(new Uint8Array(signature))}`;
}

/** What a token says, without believing it; undefined when it is no token of this type. */
export function readToken(type: TokenType, token: string): { keyId: string; payload: unknown } | undefined {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  try {
    const said = decodeJson(header);
    const isHeader = typeof said === "object" && said !== null && "alg" in said && "typ" in said && "kid" in said;
    if (!isHeader || said.alg !== "EdDSA" || said.typ !== type || typeof said.kid !== "string") return undefined;
    return { keyId: said.kid, payload: decodeJson(payload) };
  } catch {
    return undefined;
  }
}

/** Whether the holder of the key signed exactly this. @param publicKey 32 bytes, base64url */
export async function isSignedBy(publicKey: string, token: string): Promise<boolean> {
  const end = token.lastIndexOf(".");
  try {
    const key = await crypto.subtle.importKey("raw", fromBase64url(publicKey), ALGORITHM, false, ["verify"]);
    const signed = new TextEncoder().encode(token.slice(0, end));
    return await crypto.subtle.verify(ALGORITHM, key, fromBase64url(token.slice(end + 1)), signed);
  } catch {
    return false;
  }
}

/** SHA-256, base64url. */
export async function sha256(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCodePoint(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads base64url and plain base64. @throws for anything else */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
}

function encodeJson(value: object): string {
  return toBase64url(new TextEncoder().encode(JSON.stringify(value)));
}

function decodeJson(text: string): unknown {
  return JSON.parse(new TextDecoder().decode(fromBase64url(text)));
}
