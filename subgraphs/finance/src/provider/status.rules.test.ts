import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPaid, type PaymentStatus, type ProviderEvent } from "./provider.js";
import { applyEvent, mayMove, type PaymentState } from "./status.rules.js";

const AMOUNT = 1_000n;
const start: PaymentState = { status: "pending", amountMinor: AMOUNT, applied: [], refunds: {} };

function payment(status: PaymentStatus, key: string): ProviderEvent {
  const facts = { amountMinor: AMOUNT, currency: "INR", orderRef: "o", paymentRef: "p", merchantRef: "o" };
  return { kind: "payment", status, paid: isPaid(status), ...facts, dedupeKey: key, refund: null, mustConfirm: false };
}

function refund(ref: string, amountMinor: bigint): ProviderEvent {
  const base = payment("partially_refunded", `refund-${ref}`);
  return { ...base, kind: "refund", amountMinor, refund: { ref, amountMinor, status: "succeeded" } };
}

function apply(events: readonly ProviderEvent[]): { state: PaymentState; postings: string[] } {
  const postings: string[] = [];
  let state = start;
  for (const event of events) {
    const change = applyEvent(state, event);
    state = change.state;
    postings.push(...change.postings.map(({ key }) => key));
  }
  return { state, postings };
}

describe("the states of a payment (000-18, 003-17)", () => {
  it.each<PaymentStatus>(["pending", "requires_action", "authorized", "attempt_failed", "expired", "cancelled"])(
    "a late %s never undoes paid",
    (late) => {
      expect(mayMove("paid", late)).toBe(false);
      expect(apply([payment("paid", "a"), payment(late, "b")]).state.status).toBe("paid");
    },
  );

  it.each<PaymentStatus>(["failed", "cancelled", "expired"])("a success after %s is money", (earlier) => {
    const { state, postings } = apply([payment(earlier, "a"), payment("paid", "b")]);
    expect({ status: state.status, postings }).toEqual({ status: "paid", postings: ["in:p"] });
  });

  it("a bank's reversal of a settlement is booked back", () => {
    const { state, postings } = apply([payment("paid", "a"), payment("failed", "b")]);
    expect({ status: state.status, postings }).toEqual({ status: "failed", postings: ["in:p", "reversal:p"] });
  });

  it("a refund that arrives before the payment books both", () => {
    const { state, postings } = apply([refund("r1", 400n), payment("paid", "a")]);
    expect(state.status).toBe("partially_refunded");
    expect(postings).toEqual(["in:p", "refund:r1"]);
  });

  it("partial refunds that sum up to everything are a full one", () => {
    const { state } = apply([payment("paid", "a"), refund("r1", 400n), refund("r2", 600n)]);
    expect(state.status).toBe("refunded");
  });

  it("a dispute that was won is not opened again by a repeated delivery", () => {
    const dispute = (status: PaymentStatus, key: string) => ({ ...payment(status, key), kind: "dispute" as const });
    const opened = dispute("disputed", "d:open");
    const { state, postings } = apply([payment("paid", "a"), opened, dispute("paid", "d:won"), opened]);
    expect({ status: state.status, postings }).toEqual({ status: "paid", postings: ["in:p"] });
  });

  it("ends in the same state with the same bookings however deliveries repeat and change places", () => {
    const events = [
      payment("pending", "1"),
      payment("authorized", "2"),
      payment("attempt_failed", "3"),
      payment("paid", "4"),
      payment("paid", "5"),
      refund("r1", 300n),
      refund("r2", 200n),
    ];
    const deliveries = fc
      .shuffledSubarray(events, { minLength: events.length })
      .chain((order) => fc.array(fc.constantFrom(...events), { maxLength: 10 }).map((again) => [...order, ...again]));
    fc.assert(
      fc.property(deliveries, (order) => {
        const { state, postings } = apply(order);
        expect(state.status).toBe("partially_refunded");
        expect(postings.toSorted()).toEqual(["in:p", "refund:r1", "refund:r2"]);
      }),
      { numRuns: 1000 },
    );
  });
});
