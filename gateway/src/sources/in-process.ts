import { LenteraError, type Subgraph } from "@lentera/kit";
import type { RequestScope } from "../request.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "./source.js";

/** A subgraph in this very process: its schema is executed as it stands, with no HTTP and no JSON between. */
export class InProcessSource implements SubgraphSource {
  readonly name: string;

  constructor(
    private readonly subgraph: Pick<Subgraph, "name" | "execute" | "subscribe" | "documents" | "routes" | "health">,
  ) {
    this.name = subgraph.name;
  }

  fetch(
    { document, variables, operationName }: SubgraphOperation,
    { identity }: RequestScope,
  ): Promise<SubgraphResponse> {
    return this.subgraph.execute({ ...identity, document, variables, operationName });
  }

  async subscribe(
    { document, variables, operationName }: SubgraphOperation,
    { identity, resumeFrom }: RequestScope,
  ): Promise<AsyncIterator<SubgraphResponse, undefined>> {
    const events = await this.subgraph.subscribe({ ...identity, document, variables, operationName, resumeFrom });
    return Symbol.asyncIterator in events ? events : only(events);
  }

  health(): Promise<void> {
    return this.subgraph.health();
  }

  async document(path: string): Promise<unknown> {
    const load = this.subgraph.documents[path];
    if (load === undefined) throw new LenteraError("NOT_FOUND");
    return load();
  }

  async route(path: string, request: Request): Promise<Response> {
    const answer = this.subgraph.routes[path];
    if (answer === undefined) throw new LenteraError("NOT_FOUND");
    return answer(request);
  }

  /** The subgraph is stopped by the host that started it. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

async function* only(event: SubgraphResponse): AsyncGenerator<SubgraphResponse, undefined> {
  yield event;
}
