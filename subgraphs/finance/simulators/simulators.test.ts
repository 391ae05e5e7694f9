import { describe, expect, it } from "vitest";
import {
  cashfreeDialect,
  midtransDialect,
  razorpayDialect,
  startSimulator,
  virtualClock,
  xenditDialect,
} from "./index.js";

describe("simulators", () => {
  it("take no keys that could move money", () => {
    const secret = { webhookSecret: "w", callbackToken: "t", keySecret: "s", clientId: "c" };
    expect(() => midtransDialect({ serverKey: "Mid-server-x" })).toThrow("production");
    expect(() => xenditDialect({ ...secret, secretKey: "xnd_production_x" })).toThrow("production");
    expect(() => razorpayDialect({ ...secret, keyId: "rzp_live_x" })).toThrow("production");
    expect(() => cashfreeDialect({ ...secret, clientSecret: "cfsk_ma_prod_x" })).toThrow("production");
  });

  it("writes amounts with two decimals in the raw text, so that a receiver who parses before verifying fails", async () => {
    const bodies = await Promise.all([
      order({ order_amount: 170, order_id: "INV-1" }, "same-seed"),
      order({ order_amount: 170, order_id: "INV-1" }, "same-seed"),
      order({ order_amount: 170, order_id: "INV-1" }, "other-seed"),
    ]);
    expect(bodies[0]).toContain('"order_amount":170.00,');
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies[2]).not.toBe(bodies[0]);
  });

  it("shows what a merchant sent as text and not as markup", async () => {
    const simulator = await startSimulator(midtransDialect({ serverKey: "k" }), { webhookUrl: null });
    try {
      const details = { transaction_details: { order_id: "INV-1", gross_amount: 10_000 } };
      await fetch(`${simulator.url}/v2/charge`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa("k:")}` },
        body: JSON.stringify({ ...details, payment_type: "<script>alert(1)</script>" }),
      });
      const page = await (await fetch(`${simulator.url}/pay/${simulator.payments[0]?.id}`)).text();
      expect(page).toContain("INV-1");
      expect(page).not.toContain("<script>");
    } finally {
      await simulator.stop();
    }
  });

  it("holds the time still until it is moved, and does what falls due in its order", async () => {
    const clock = virtualClock(0);
    const done: string[] = [];
    clock.schedule(20, async () => void done.push(`late at ${clock.now()}`));
    clock.schedule(10, async () => {
      done.push(`early at ${clock.now()}`);
      clock.schedule(5, async () => void done.push(`next at ${clock.now()}`));
    });
    await clock.advance(9);
    expect(done).toEqual([]);
    await clock.advance(100);
    expect(done).toEqual(["early at 10", "next at 15", "late at 20"]);
    expect(clock.now()).toBe(109);
  });
});

async function order(change: object, seed: string): Promise<string> {
  const dialect = cashfreeDialect({ clientId: "c", clientSecret: "s" });
  const simulator = await startSimulator(dialect, { webhookUrl: null, clock: virtualClock(1_000), seed });
  try {
    const customer_details = { customer_id: "user-1", customer_phone: "9908734801" };
    const response = await fetch(`${simulator.url}/orders`, {
      method: "POST",
      headers: { "x-client-id": "c", "x-client-secret": "s", "x-api-version": "2025-01-01" },
      body: JSON.stringify({ order_currency: "INR", customer_details, ...change }),
    });
    return await response.text();
  } finally {
    await simulator.stop();
  }
}
