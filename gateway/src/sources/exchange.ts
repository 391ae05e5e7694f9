import type { Dispatcher } from "undici";

/** Bytes of one answer of a subgraph. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface Exchange {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Gives the request up. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Posts a text and reads the whole answer, whatever its status, without a stream in between: a query of clients becomes many of
 * these. @throws when there is no answer
 */
export function post(dispatcher: Dispatcher, { path, headers, body, signal }: Exchange): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stop: (() => void) | undefined;
    const settle = (): void => {
      if (stop !== undefined) signal?.removeEventListener("abort", stop);
    };
    dispatcher.dispatch(
      { method: "POST", path, headers, body },
      {
        onRequestStart: (controller) => {
          stop = () => controller.abort(signal?.reason instanceof Error ? signal.reason : new Error("Nobody waits."));
          if (signal?.aborted === true) stop();
          else signal?.addEventListener("abort", stop, { once: true });
        },
        onResponseStart: () => undefined,
        onResponseData: (controller, chunk) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) controller.abort(new Error("The answer is too long."));
          else chunks.push(chunk);
        },
        onResponseEnd: () => {
          settle();
          const [only] = chunks;
          resolve((chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)).toString());
        },
        onResponseError: (_controller, error) => {
          settle();
          reject(error);
        },
      },
    );
  });
}
