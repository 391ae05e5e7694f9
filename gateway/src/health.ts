import type { FastifyInstance } from "fastify";
import type { SubgraphSource } from "./sources/source.js";

const CHECK_TIMEOUT_MS = 2_000;

/** `/healthz`: this process runs. `/readyz`: it takes requests and every subgraph behind it can work. */
export function serveHealth(
  app: FastifyInstance,
  sources: () => readonly SubgraphSource[],
  isStopping: () => boolean,
): void {
  app.get("/healthz", () => ({ status: "healthy", checkedAt: new Date().toISOString() }));
  app.get("/readyz", async (_request, reply) => {
    const checks = await Promise.all(sources().map(async (source) => [source.name, await check(source)] as const));
    const isReady = !isStopping() && checks.every(([, { status }]) => status === "ready");
    return reply.status(isReady ? 200 : 503).send({
      status: isStopping() ? "stopping" : isReady ? "ready" : "not ready",
      checkedAt: new Date().toISOString(),
      subgraphs: Object.fromEntries(checks),
    });
  });
}

interface Check {
  readonly status: "ready" | "not ready";
  /** When this subgraph had answered, or the wait for it was given up. */
  readonly checkedAt: string;
}

async function check(source: SubgraphSource): Promise<Check> {
  const status = await statusOf(source);
  return { status, checkedAt: new Date().toISOString() };
}

async function statusOf(source: SubgraphSource): Promise<Check["status"]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("No answer in time.")), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([source.health(), late]);
    return "ready";
  } catch {
    return "not ready";
  } finally {
    clearTimeout(timer);
  }
}
