import { randomBytes, randomUUID } from "node:crypto";
import { type RequestIdentity, anonymous, asSystem, system } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildOrganization, connectOrganization } from "@lentera/prisma/factories";
import { PrismaClient } from "@lentera/prisma/organization";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OrganizationContext } from "../context.js";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";
import { createFileLinks } from "./file-link.js";
import { serveFile } from "./file.route.js";
import { expireFile, linkTo, storeFile } from "./file.service.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let ctx: OrganizationContext;
let now = new Date();

const KEY = "a key for tests only";

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
  const identity: RequestIdentity = { viewer: system, requestId: "test", language: "en" };
  const client = new PrismaClient({ adapter: new PrismaPg(test.subgraph.pool) });
  ctx = new OrganizationContext(client, identity, test.pubSub, () => now);
  ctx.fileLinks = createFileLinks([KEY]);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

interface Requested {
  requestUpload: { fileId: string; upload: { url: string; expiresAt: string } };
}
const REQUEST = `mutation ($input: RequestUploadInput!) {
  requestUpload(input: $input) { fileId upload { url expiresAt } }
}`;
const inputFor = (sizeBytes: number) => ({
  input: { name: "siswa.csv", mediaType: "text/csv", sizeBytes, idempotencyKey: randomUUID() },
});

async function admin(role: "ADMIN" | "VIEWER" = "ADMIN") {
  const { id: organizationId } = await buildOrganization(db);
  return test.as(buildViewer({ role, organizationId, staff: true, permissions: permissionsOf(role) }));
}

const call = (url: string, init?: RequestInit) => serveFile(ctx, new Request(`http://lentera.test${url}`, init));
const put = (url: string, body: string | Uint8Array<ArrayBuffer>) => call(url, { method: "PUT", body });

async function storeBytes(bytes: Uint8Array, lifetimeMs = 60 * 60 * 1000): Promise<string> {
  const file = { organizationId: null, ownerId: null, name: 'nilai "akhir" ü.csv', mediaType: "text/csv" };
  return storeFile(ctx, { ...file, expiresAt: new Date(now.getTime() + lifetimeMs) }, [bytes]);
}

describe("001-42: an upload", () => {
  it("is announced, sent to a signed URL and then served byte for byte by another", async () => {
    const bytes = new Uint8Array(randomBytes(600_000));
    const { requestUpload } = await (await admin()).data<Requested>(REQUEST, inputFor(bytes.length));
    expect((await put(requestUpload.upload.url, bytes)).status).toBe(204);
    const response = await call(linkTo(ctx, "GET", requestUpload.fileId).url);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-length": "600000",
      "content-type": "text/csv",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox",
    });
  });

  it("001-41: of more than 10 MB is refused before it is sent, and one that is larger than announced while it is", async () => {
    const client = await admin();
    const { errors } = await client.run(REQUEST, inputFor(10 * 1024 * 1024 + 1));
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.sizeBytes" }] }]);
    const { requestUpload } = await client.data<Requested>(REQUEST, inputFor(10));
    expect((await put(requestUpload.upload.url, "x".repeat(11))).status).toBe(413);
    expect((await put(requestUpload.upload.url, "x".repeat(9))).status).toBe(400);
    expect((await call(linkTo(ctx, "GET", requestUpload.fileId).url)).status).toBe(404);
  });

  it("is written once, also when it is sent twice at the same time", async () => {
    const { requestUpload } = await (await admin()).data<Requested>(REQUEST, inputFor(3));
    const sent = await Promise.all(["one", "two"].map((text) => put(requestUpload.upload.url, text)));
    expect(sent.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 409]);
  });

  it("is announced once per idempotency key", async () => {
    const client = await admin();
    const input = inputFor(5);
    const [first, second] = [
      await client.data<Requested>(REQUEST, input),
      await client.data<Requested>(REQUEST, input),
    ];
    expect(second.requestUpload.fileId).toBe(first.requestUpload.fileId);
    const { errors } = await client.run(REQUEST, { input: { ...input.input, sizeBytes: 6 } });
    expect(errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("names every bad field at once, and is for those who may add students", async () => {
    const input = { name: "../x", mediaType: "csv", sizeBytes: 0, idempotencyKey: "" };
    const { errors } = await (await admin()).run(REQUEST, { input });
    expect(errors).toMatchObject([
      {
        details: ["name", "mediaType", "sizeBytes", "idempotencyKey"].map((field) => ({ path: `input.${field}` })),
      },
    ]);
    expect((await (await admin("VIEWER")).run(REQUEST, inputFor(1))).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
    expect((await test.as(anonymous).run(REQUEST, inputFor(1))).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });
});

describe("003-70: a signed link", () => {
  it("is for one method, one file and one time, and cannot be forged", async () => {
    const id = await storeBytes(randomBytes(10));
    const other = await storeBytes(randomBytes(10));
    const { url } = linkTo(ctx, "GET", id);
    expect((await call(url)).status).toBe(200);
    const later = url.replace(/expires=(\d+)/, (_, expires) => `expires=${Number(expires) + 1}`);
    const foreign = createFileLinks(["another key"]).sign("GET", id, new Date(now.getTime() + 60_000));
    for (const forged of [url.replace(id, other), later, `${url}x`, url.split("&")[0]!, foreign, "/files/x"])
      expect((await call(forged)).status).toBe(404);
    expect((await put(url, "other bytes")).status).toBe(404);
  });

  it("ends after 15 minutes, and one sentence says so", async () => {
    const { url } = linkTo(ctx, "GET", await storeBytes(randomBytes(10)));
    const madeAt = now;
    now = new Date(madeAt.getTime() + 15 * 60 * 1000);
    const response = await call(url);
    now = madeAt;
    expect([response.status, await response.json()]).toMatchObject([
      410,
      { errors: [{ message: expect.stringMatching(/expired/), extensions: { code: "TOKEN_EXPIRED" } }] },
    ]);
  });

  it("made with a key of before a rotation still works", async () => {
    const links = createFileLinks(["new", "old"]);
    const url = new URL(createFileLinks(["old"]).sign("GET", "id", now), "http://lentera.test");
    const given = (name: string): string => url.searchParams.get(name)!;
    expect(links.isOurs("GET", "id", given("expires"), given("signature"))).toBe(true);
  });

  it("is a download under the file's own name, whatever the name holds", async () => {
    const { headers } = await call(linkTo(ctx, "GET", await storeBytes(randomBytes(1))).url);
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="nilai _akhir_ _.csv"; filename*=UTF-8''nilai%20%22akhir%22%20%C3%BC.csv`,
    );
  });
});

describe("a file", () => {
  it("loses its bytes when it expires, and not before", async () => {
    const id = await storeBytes(randomBytes(10), 5 * 60 * 1000);
    const pieces = () => db.fileContent.count({ where: { fileId: id } });
    await asSystem(() => expireFile(ctx, id));
    expect(await pieces()).toBe(1);
    const storedAt = now;
    now = new Date(storedAt.getTime() + 5 * 60 * 1000);
    const response = await call(linkTo(ctx, "GET", id).url);
    await asSystem(() => expireFile(ctx, id));
    now = storedAt;
    expect([response.status, await pieces()]).toEqual([410, 0]);
    expect(await db.file.findUnique({ where: { id } })).toMatchObject({ sizeBytes: 10 });
  });

  it("is read and written piece by piece", async () => {
    const id = await storeBytes(randomBytes(256 * 1024 * 3));
    expect(await db.fileContent.count({ where: { fileId: id } })).toBe(3);
    const statements = await test.statementsOf(
      async () => void (await (await call(linkTo(ctx, "GET", id).url)).blob()),
    );
    expect(statements.filter((text) => text.includes("file_contents"))).toHaveLength(4);
  });

  it("row level security shows nobody another's file, and nobody any bytes, without any where", async () => {
    const client = await admin();
    const { requestUpload } = await client.data<Requested>(REQUEST, inputFor(3));
    await put(requestUpload.upload.url, "abc");
    const statements = ["select id from files", "select * from file_contents"];
    expect(await test.rowsAs(client.viewer, statements)).toEqual([[{ id: requestUpload.fileId }], []]);
    expect(await test.rowsAs((await admin()).viewer, statements)).toEqual([[], []]);
  });
});
