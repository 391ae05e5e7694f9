import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";

/** Answers one HTTP request outside GraphQL, e.g. a signed link to a file. There is no viewer: the link says it all. */
export type Route = (request: Request) => Promise<Response>;

/** One upload (CHECKLIST 001-41). */
const MAXIMUM_BODY_BYTES = 10 * 1024 * 1024;

/** Serves a route by GET and PUT with bodies of up to 10 MB of any media type. Answers are streamed. */
export async function mountRoute(app: FastifyInstance, path: string, answer: Route): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.route<{ Body: Buffer | undefined }>({
      method: ["GET", "PUT"],
      url: path,
      bodyLimit: MAXIMUM_BODY_BYTES,
      handler: async ({ method, url, body }, reply) => {
        const request = new Request(new URL(url, "http://lentera"), {
          method,
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
