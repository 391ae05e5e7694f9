import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { z } from "zod";

/** What goes wrong with the next request for a payout. */
export type PayoutFault = "TIMEOUT_AFTER_ACCEPTING" | "SERVER_ERROR" | "SERVER_ERROR_AFTER_ACCEPTING" | "REFUSED";
export type PayoutEnd = "SUCCEEDED" | "FAILED" | "REVERSED";

const Wanted = z.object({
  reference_id: z.string().min(1),
  channel_code: z.string().regex(/^[A-Z]{2}_[A-Z0-9_]+$/),
  channel_properties: z.object({ account_number: z.string().min(1), account_holder_name: z.string().min(1) }),
  amount: z.number().positive(),
  currency: z.string().length(3),
  description: z.string(),
});

export interface SimulatedPayout extends z.output<typeof Wanted> {
  readonly id: string;
  status: "ACCEPTED" | PayoutEnd;
  failure_code?: string;
}

/** Xendit's Payouts v2 on this machine. */
export interface PayoutSimulator {
  readonly url: string;
  readonly payouts: readonly SimulatedPayout[];
  /** Requests for payouts that came in, repeated ones too. */
  readonly requests: number;
  failNext(fault: PayoutFault): void;
  /** Does what the bank would do, and tells by webhook when there is an address. */
  end(reference: string, status: PayoutEnd): Promise<void>;
  stop(): Promise<void>;
}

export async function startPayoutSimulator(options: {
  readonly secretKey: string;
  readonly callbackToken: string;
  readonly webhookUrl: string | null;
}): Promise<PayoutSimulator> {
  const payouts: SimulatedPayout[] = [];
  const byKey = new Map<string, SimulatedPayout>();
  const faults: PayoutFault[] = [];
  const authorization = `Basic ${Buffer.from(`${options.secretKey}:`).toString("base64")}`;
  let requests = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const answer = (status: number, body: unknown): void => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      };
      if (request.headers.authorization !== authorization) return answer(401, { error_code: "INVALID_API_KEY" });
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://simulator");
      if (pathname !== "/v2/payouts") return answer(404, { error_code: "NOT_FOUND" });
      if (request.method === "GET") {
        const wanted = searchParams.get("reference_id");
        return answer(200, { data: payouts.filter(({ reference_id }) => reference_id === wanted), has_more: false });
      }
      requests++;
      const fault = faults.shift();
      if (fault === "SERVER_ERROR") return answer(503, { error_code: "SERVER_ERROR" });
      if (fault === "REFUSED") return answer(400, { error_code: "CHANNEL_CODE_NOT_SUPPORTED" });
      const key = String(request.headers["idempotency-key"] ?? "");
      if (key === "") return answer(400, { error_code: "API_VALIDATION_ERROR" });
      const wanted = Wanted.safeParse(parse(Buffer.concat(chunks).toString("utf8")));
      if (!wanted.success) return answer(400, { error_code: "API_VALIDATION_ERROR" });
      const payout = byKey.get(key) ?? accept(wanted.data);
      byKey.set(key, payout);
      if (fault === "TIMEOUT_AFTER_ACCEPTING") return undefined;
      if (fault === "SERVER_ERROR_AFTER_ACCEPTING") return answer(502, { error_code: "BAD_GATEWAY" });
      return answer(200, payout);
    });
  });

  function accept(wanted: z.output<typeof Wanted>): SimulatedPayout {
    const payout: SimulatedPayout = { ...wanted, id: `disb-${randomUUID()}`, status: "ACCEPTED" };
    payouts.push(payout);
    return payout;
  }

  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    payouts,
    get requests() {
      return requests;
    },
    failNext: (fault) => void faults.push(fault),
    end: async (reference, status) => {
      const payout = payouts.find(({ reference_id }) => reference_id === reference);
      if (payout === undefined) throw new Error(`There is no payout ${reference}.`);
      payout.status = status;
      if (status === "FAILED") payout.failure_code = "INVALID_DESTINATION";
      if (options.webhookUrl === null) return;
      await fetch(options.webhookUrl, {
        method: "POST",
        headers: { "content-type": "application/json", "x-callback-token": options.callbackToken },
        body: JSON.stringify({ event: `payout.${status.toLowerCase()}`, data: payout }),
      });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
