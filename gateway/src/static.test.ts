import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveStatic } from "./static.js";

describe("a web application", () => {
  let app: FastifyInstance;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "lentera-static-"));
    await mkdir(join(directory, "parent", "assets"), { recursive: true });
    await writeFile(join(directory, "parent", "index.html"), "<title>parent</title>");
    await writeFile(join(directory, "parent", "assets", "main-B3kQ.js"), "start()");
    await writeFile(join(directory, "secret.txt"), "secret");
    app = Fastify();
    await serveStatic(app, {
      parent: pathToFileURL(join(directory, "parent/")),
      absent: pathToFileURL(join(directory, "absent/")),
    });
  });
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true });
  });

  it.each(["/parent", "/parent/", "/parent/index.html", "/parent/children/42?tab=scores"])(
    "gives its page at %s, to be asked for again",
    async (url) => {
      const { statusCode, headers, body } = await app.inject(url);
      expect([statusCode, headers["content-type"], body]).toEqual([
        200,
        "text/html; charset=utf-8",
        "<title>parent</title>",
      ]);
      expect(headers["cache-control"]).toBe("no-cache");
      expect(headers["x-frame-options"]).toBe("DENY");
    },
  );

  it("gives its assets to be kept for ever", async () => {
    const { statusCode, headers, body } = await app.inject("/parent/assets/main-B3kQ.js");
    expect([statusCode, body]).toEqual([200, "start()"]);
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  it.each([
    "/parent/assets/gone.js",
    "/parent/../secret.txt",
    "/parent/%2e%2e/secret.txt",
    "/parent/..%2fsecret.txt",
    "/absent/",
  ])("has nothing at %s", async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404);
  });
});
