import { createHash, createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { z } from "zod";

export type BankFault = "TIMEOUT_AFTER_ACCEPTING" | "SERVER_ERROR" | "SERVER_ERROR_AFTER_ACCEPTING" | "REFUSED";

const Wanted = z.object({
  reference: z.uuid(),
  product: z.string().min(1),
  amountMinor: z.string().regex(/^[1-9]\d*$/),
  currency: z.string().length(3),
  months: z.int().positive(),
  identityNumber: z.string().min(1),
});
export interface SimulatedApplication extends z.output<typeof Wanted> {
  status: string;
  reason: string | null;
}

/** A partner bank on this machine that speaks the signed lending API. */
export interface BankSimulator {
  readonly url: string;
  readonly applications: readonly SimulatedApplication[];
  /** Statuses of all answers to authentic and other requests, in order. */
  readonly answers: readonly number[];
  /** The last request that was authentic, as it came, for sending it again. */
  lastRequest(): { readonly path: string; readonly headers: Record<string, string>; readonly body: string } | undefined;
  failNext(fault: BankFault): void;
  /** Changes what the bank says about an application. */
  decide(reference: string, status: string, reason?: string): void;
  /** A status callback as the bank would send it. */
  callback(reference: string, nowMs: number): Request;
  stop(): Promise<void>;
}

const WINDOW_MS = 300_000;

/** The signature as the API's description has it: HMAC-SHA256 over seven lines, the last one the body's SHA-256 in hex. */
function sign(secret: string, lines: readonly string[], body: string): string {
  const bodyHash = createHash("sha256").update(body).digest("hex");
  return createHmac("sha256", secret)
    .update([...lines, bodyHash].join("\n"))
    .digest("hex");
}

export async function startBankSimulator(options: {
  readonly code: string;
  readonly secret: string;
  readonly now: () => number;
}): Promise<BankSimulator> {
  const { code, secret, now } = options;
  const applications: SimulatedApplication[] = [];
  const faults: BankFault[] = [];
  const answers: number[] = [];
  const nonces = new Set<string>();
  let last: { path: string; headers: Record<string, string>; body: string } | undefined;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = (status: number, body: unknown): void => {
        answers.push(status);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      };
      const body = Buffer.concat(chunks).toString("utf8");
      const [path, method] = [request.url ?? "/", request.method ?? "GET"];
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const [time = "", nonce = "", signature = ""] = ["time", "nonce", "signature"].map(
        (part) => headers[`x-bank-${part}`] ?? "",
      );
      const expected = sign(secret, ["bank", code, method, path, time, nonce], body);
      const isFresh = Math.abs(now() - Number(time)) <= WINDOW_MS && !nonces.has(nonce);
      if (signature !== expected || !isFresh) return answer(401, { error: "NOT_AUTHENTIC" });
      nonces.add(nonce);
      last = { path, headers, body };
      const reference = /^\/v1\/applications\/([\w-]+)$/.exec(path)?.[1];
      if (method === "GET") {
        const found = applications.find((one) => one.reference === reference);
        return found === undefined ? answer(404, { error: "NOT_FOUND" }) : answer(200, found);
      }
      const fault = faults.shift();
      if (fault === "SERVER_ERROR") return answer(503, { error: "TRY_AGAIN" });
      if (fault === "REFUSED") return answer(422, { error: "NOT_FOR_US" });
      const wanted = Wanted.safeParse(JSON.parse(body));
      if (!wanted.success) return answer(400, { error: "INVALID" });
      const known = applications.find((one) => one.reference === wanted.data.reference);
      const application = known ?? { ...wanted.data, status: "RECEIVED", reason: null };
      if (known === undefined) applications.push(application);
      else if (application.status === "DOCUMENTS_REQUESTED") application.status = "UNDER_REVIEW";
      if (fault === "TIMEOUT_AFTER_ACCEPTING") return undefined;
      if (fault === "SERVER_ERROR_AFTER_ACCEPTING") return answer(502, { error: "BAD_GATEWAY" });
      return answer(known === undefined ? 201 : 200, application);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    applications,
    answers,
    lastRequest: () => last,
    failNext: (fault) => void faults.push(fault),
    decide: (reference, status, reason) => {
      const application = applications.find((one) => one.reference === reference);
      if (application === undefined) throw new Error(`There is no application ${reference}.`);
      Object.assign(application, { status, reason: reason ?? null });
    },
    callback: (reference, nowMs) => {
      const [path, body] = ["/webhooks/banks", JSON.stringify({ reference })];
      const [time, nonce] = [String(nowMs), randomUUID()];
      const signature = sign(secret, ["lentera", code, "POST", path, time, nonce], body);
      const headers = {
        "x-bank-code": code,
        "x-bank-time": time,
        "x-bank-nonce": nonce,
        "x-bank-signature": signature,
      };
      return new Request(`http://lentera${path}`, { method: "POST", headers, body });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
