import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Web applications by the path they are served at, and where their built files are. */
const APPLICATIONS: Readonly<Record<string, URL>> = {
  parent: new URL("../../dashboards/parent/dist/", import.meta.url),
  school: new URL("../../dashboards/school/dist/", import.meta.url),
  admin: new URL("../../dashboards/admin/dist/", import.meta.url),
  graphiql: new URL("../dist/graphiql/", import.meta.url),
};

/** The dashboards and GraphiQL: their files, and their page for every other path below them, as they route themselves. */
export async function serveStatic(app: FastifyInstance, applications = APPLICATIONS): Promise<void> {
  for (const [name, directory] of Object.entries(applications)) {
    const root = fileURLToPath(directory);
    if (existsSync(root)) await app.register((scope) => serveApplication(scope, root), { prefix: `/${name}` });
  }
}

async function serveApplication(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    prefix: "/",
    wildcard: false,
    setHeaders: (response, path) => {
      // Built assets carry a hash of their content in their names.
      const isHashed = /[/\\]assets[/\\]/.test(path);
      response.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
      response.header("x-frame-options", "DENY");
    },
  });
  app.get("/*", (request, reply) => {
    const isAsset = /\.\w+$/.test(request.url.split("?", 1)[0] ?? "");
    return isAsset ? reply.callNotFound() : reply.sendFile("index.html");
  });
}
