import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

/** An answer of the public API. */
export interface Answer<Data> {
  readonly data: Data | null;
  readonly errors: readonly { readonly message: string; readonly code: string }[];
}

interface RawAnswer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Somebody who talks to Lentera as any integrator does: over HTTP and WebSocket, with nothing but an access token. */
export class Visitor {
  constructor(
    readonly baseUrl: string,
    readonly accessToken?: string,
  ) {}

  async run<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> {
    const response = await fetch(new URL("/graphql", this.baseUrl), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "accept-language": "en",
        ...(this.accessToken !== undefined && { authorization: `Bearer ${this.accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as RawAnswer;
    return {
      data: (data ?? null) as Data | null,
      errors: (errors ?? []).map(({ message, extensions }) => ({ message, code: extensions?.code ?? "none" })),
    };
  }

  /** Like `run`. @throws when the answer has an error */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.run<Data>(query, variables);
    if (data === null || errors.length > 0)
      throw new Error(errors.map((error) => `${error.code}: ${error.message}`).join("; "));
    return data;
  }

  /** Listens over WebSocket. `next` waits at most ten seconds for an event that `matches`. */
  listen<Data>(query: string, variables: Record<string, unknown>): Listening<Data> {
    const address = new URL("/graphql", this.baseUrl);
    address.protocol = address.protocol.replace("http", "ws");
    const client = createClient({
      url: address.href,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.accessToken ?? ""}` },
      retryAttempts: 0,
    });
    const events = client.iterate<Data>({ query, variables });
    return {
      next: async (matches) => {
        const signal = AbortSignal.timeout(10_000);
        const late = new Promise<never>((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("no such event within 10 s")));
        });
        for (;;) {
          const { value, done } = await Promise.race([events.next(), late]);
          if (done === true) throw new Error("the subscription ended");
          if (value.errors !== undefined) throw new Error(value.errors.map(({ message }) => message).join("; "));
          if (value.data != null && matches(value.data)) return value.data;
        }
      },
      ready: () => new Promise((resolve) => client.on("connected", () => resolve())),
      stop: async () => await client.dispose(),
    };
  }
}

export interface Listening<Data> {
  next(matches: (event: Data) => boolean): Promise<Data>;
  ready(): Promise<void>;
  stop(): Promise<void>;
}
