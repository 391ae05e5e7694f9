/** The four subgraphs in a process of their own. Equal requests get a remembered answer, so that gateways are what is measured. */
import { type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { graphql } from "graphql";
import { SCHEMAS } from "./shop.ts";

const answers = new Map<string, Buffer>();

async function answerTo(path: string, body: string): Promise<Buffer> {
  const key = `${path}\n${body}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const schema = SCHEMAS.get(path.slice(1))?.schema;
  if (schema === undefined) throw new Error(`There is no subgraph at ${path}.`);
  const { query, variables } = JSON.parse(body);
  const answer = Buffer.from(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  answers.set(key, answer);
  return answer;
}

function send(response: ServerResponse, answer: Buffer): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
  response.end(answer);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  void text(request).then(async (body) => send(response, await answerTo(request.url ?? "", body)));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : 0 });
});
