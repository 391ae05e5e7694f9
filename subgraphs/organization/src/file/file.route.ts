import { type ErrorCode, CATALOGUE, asSystem } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { contentDisposition } from "./file.rules.js";
import { contentsOf, writeContents } from "./file.service.js";
import * as store from "./file.store.js";

const PATH = /^\/files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/**
 * `GET` and `PUT /files/:id?expires=…&signature=…`. The signature is all that the caller needs: there is no viewer.
 * A link that we did not sign and a file that does not exist look the same.
 */
export async function serveFile(ctx: OrganizationContext, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const fileId = PATH.exec(pathname)?.[1] ?? "";
  const [expires, signature] = [searchParams.get("expires") ?? "", searchParams.get("signature") ?? ""];
  if (!ctx.fileLinks.isOurs(request.method, fileId, expires, signature)) return refusal(404, "NOT_FOUND");
  if (Number(expires) * 1000 <= ctx.now().getTime())
    return refusal(410, "TOKEN_EXPIRED", "This link has expired: ask for a new one where you found it.");
  return request.method === "PUT" ? upload(ctx, fileId, request) : download(ctx, fileId);
}

async function download(ctx: OrganizationContext, fileId: string): Promise<Response> {
  const file = await asSystem(() => store.findFile(ctx.db, fileId));
  if (file === null || file.completedAt === null) return refusal(404, "NOT_FOUND");
  if (file.expiresAt <= ctx.now()) return refusal(410, "RESOURCE_DELETED", "This file is no longer kept.");
  return new Response(ReadableStream.from(contentsOf(ctx, fileId)), {
    headers: {
      "content-type": file.mediaType,
      "content-length": String(file.sizeBytes),
      "content-disposition": contentDisposition(file.name),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox",
    },
  });
}

async function upload(ctx: OrganizationContext, fileId: string, request: Request): Promise<Response> {
  const announced = await asSystem(() => store.findFile(ctx.db, fileId));
  if (announced === null) return refusal(404, "NOT_FOUND");
  const bytes = await readAtMost(request.body, announced.sizeBytes);
  if (bytes === null) return refusal(413, "LIMIT_EXCEEDED", "The file is larger than was announced.");
  if (bytes.length < announced.sizeBytes)
    return refusal(400, "VALIDATION_ERROR", "The file is smaller than was announced: send all of it.");
  const written = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const file = await store.lockFile(tx, fileId);
      if (file === null || file.completedAt !== null) return false;
      await writeContents(ctx, tx, fileId, [bytes]);
      return true;
    }),
  );
  return written
    ? new Response(null, { status: 204 })
    : refusal(409, "RESOURCE_ALREADY_EXISTS", "This file was uploaded already: ask for a new upload.");
}

/** @returns all bytes, or null as soon as there are more than `limit` */
async function readAtMost(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusal(status: number, code: ErrorCode, message: string = CATALOGUE[code].en): Response {
  return Response.json({ errors: [{ message, extensions: { code, number: CATALOGUE[code].number } }] }, { status });
}
