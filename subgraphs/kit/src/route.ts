import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";

/** Answers one HTTP request outside GraphQL, e.g. a signed link to a file. There is no viewer: the link says it all. */
export type Route = (request: Request) => Promise<Response>;

/** One upload (CHECKLIST 001-41). */
const MAXIMUM_BODY_BYTES = 10 * 1024 * 1024;

/** Serves a route by GET, PUT and POST with bodies of up to 10 MB of any media type, as bytes. Answers are streamed. */
export async function mountRoute(app: FastifyInstance, path: string, answer: Route): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.route<{ Body: Buffer | undefined }>({
      method: ["GET", "PUT", "POST"],
      url: path,
      bodyLimit: MAXIMUM_BODY_BYTES,
      handler: async ({ method, url, headers: asked, body }, reply) => {
        const request = new Request(new URL(url, "http://lentera"), {
          method,
          headers: endToEnd(asked),
          ...(body !== undefined && { body: new Uint8Array(body) }),
        });
        const { status, headers, body: answered } = await answer(request);
        return reply
          .status(status)
          .headers(Object.fromEntries(headers))
          .send(answered === null ? null : Readable.fromWeb(answered));
      },
    });
  });
}

/** Headers that are about one connection, and the length, which the body knows better. */
const HOP_BY_HOP = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

function endToEnd(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
}
