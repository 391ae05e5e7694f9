import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Failover, type FailoverReport, type FailoverStep, nextStep, record } from "./failover.rules.js";
import { ProviderError, type PaymentRequest } from "./provider.js";
import { buildRequest, type ProviderWorld, startWorld } from "./testing/worlds.js";

let worlds: Record<"midtrans" | "xendit", ProviderWorld>;
beforeEach(async () => {
  worlds = { midtrans: await startWorld("midtrans"), xendit: await startWorld("xendit") };
});
afterEach(() => Promise.all(Object.values(worlds).map(({ stop }) => stop())));

/** Does the steps of the machine over HTTP, in a time of its own, until it needs no more. */
async function drive(request: PaymentRequest, timeoutMs: number): Promise<FailoverStep> {
  let failover: Failover = { candidates: ["midtrans", "xendit"], attempts: [] };
  let nowMs = 0;
  for (;;) {
    const step = nextStep(failover);
    if (step.do !== "CREATE" && step.do !== "QUERY") return step;
    if (step.provider !== "midtrans" && step.provider !== "xendit") throw new Error("not a candidate");
    const provider = worlds[step.provider].variant({ timeoutMs });
    if (step.do === "CREATE") failover = record(failover, { kind: "SENT", provider: step.provider }, nowMs);
    else nowMs = step.atMs;
    const { orderRef, method } = request;
    const report = await (step.do === "CREATE"
      ? provider.createPayment(request).then((): FailoverReport => ({ kind: "CREATED" }), reportOf)
      : provider.queryStatus({ orderRef, providerRef: null, method }).then(
          (answer): FailoverReport => ({ kind: "ANSWERED", answer }),
          (): FailoverReport => ({ kind: "UNKNOWN" }),
        ));
    failover = record(failover, report, nowMs);
  }
}

function reportOf(error: unknown): FailoverReport {
  if (error instanceof ProviderError) return { kind: error.outcome };
  throw error;
}

const counts = (): number[] => Object.values(worlds).map(({ simulator }) => simulator.payments.length);

describe("failover between two providers over HTTP (000-17, C-01)", () => {
  it("stays with the first when its answer was lost after it had taken the payment", async () => {
    worlds.midtrans.simulator.failNextCall("TIMEOUT_AFTER_CHARGING");
    expect(await drive(buildRequest("QRIS", "IDR"), 200)).toEqual({ do: "USE", provider: "midtrans" });
    expect(counts()).toEqual([1, 0]);
  });

  it("stays with the first when a gateway on the way failed after it had taken the payment", async () => {
    worlds.midtrans.simulator.failNextCall("SERVER_ERROR_AFTER_CHARGING");
    expect(await drive(buildRequest("QRIS", "IDR"), 5_000)).toEqual({ do: "USE", provider: "midtrans" });
    expect(counts()).toEqual([1, 0]);
  });

  it("goes to the second when the first has certainly not taken it", async () => {
    worlds.midtrans.simulator.failNextCall("SERVER_ERROR");
    expect(await drive(buildRequest("QRIS", "IDR"), 5_000)).toEqual({ do: "USE", provider: "xendit" });
    expect(counts()).toEqual([0, 1]);
  });

  it("goes to the second when the first cannot be reached at all, and leaves it open when that one is silent", async () => {
    await worlds.midtrans.simulator.stop();
    worlds.xendit.simulator.failNextCall("TIMEOUT_AFTER_CHARGING");
    expect(await drive(buildRequest("QRIS", "IDR"), 200)).toEqual({ do: "LEAVE_OPEN", provider: "xendit" });
  });
});
