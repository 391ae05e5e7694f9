import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { applyEvent, type PaymentState } from "./status.rules.js";
import {
  OFFERS,
  type PaymentMethod,
  type PaymentRequest,
  type ProviderEvent,
  type ProviderName,
  type RefundRequest,
} from "./provider.js";
import { verifyRazorpayReturn } from "./razorpay.webhook.js";
import { buildRequest, type ProviderWorld, startReceiver, startWorld } from "./testing/worlds.js";

/** Each provider with every product of it that we use; all of these can be refunded. */
const PRODUCTS = [
  { name: "midtrans", method: "CARD", afterLostAnswer: "FOUND", afterNothing: "ABSENT", coversBody: true },
  { name: "midtrans", method: "QRIS", afterLostAnswer: "FOUND", afterNothing: "ABSENT", coversBody: true },
  { name: "xendit", method: "CARD", afterLostAnswer: "FOUND", afterNothing: "ABSENT", coversBody: false },
  { name: "xendit", method: "DANA", afterLostAnswer: "CANNOT_TELL", afterNothing: "CANNOT_TELL", coversBody: false },
  { name: "razorpay", method: "UPI", afterLostAnswer: "FOUND", afterNothing: "ABSENT", coversBody: true },
  { name: "cashfree", method: "UPI", afterLostAnswer: "FOUND", afterNothing: "ABSENT", coversBody: true },
] as const satisfies { name: ProviderName; method: PaymentMethod; [more: string]: unknown }[];
const MINUTE_MS = 60_000;

let world: ProviderWorld;
afterEach(() => world.stop());

function requestFor(name: ProviderName, method: PaymentMethod, change: Partial<PaymentRequest> = {}): PaymentRequest {
  return buildRequest(method, OFFERS[name].currency, change);
}

async function create(name: ProviderName, method: PaymentMethod, change: Partial<PaymentRequest> = {}) {
  world = await startWorld(name);
  const request = requestFor(name, method, change);
  const created = await world.provider.createPayment(request);
  const handle = { orderRef: request.orderRef, providerRef: created.providerRef, method };
  return { request, created, handle };
}

async function pay(name: ProviderName, method: PaymentMethod) {
  const payment = await create(name, method);
  world.simulator.act(payment.request.orderRef, "pay");
  await world.clock.advance(0);
  const answer = await world.provider.queryStatus(payment.handle);
  if (answer.outcome !== "FOUND") throw new Error(`the payment is ${answer.outcome}`);
  return { ...payment, snapshot: answer.snapshot };
}

function events(): ProviderEvent[] {
  return world.events().map((event) => {
    if (event === null || typeof event === "string") throw new Error(`not an event: ${event}`);
    return event;
  });
}

function follow(amountMinor: bigint, all: readonly ProviderEvent[]): { status: string; postings: string[] } {
  let state: PaymentState = { status: "pending", amountMinor, applied: [], refunds: {} };
  const postings: string[] = [];
  for (const event of all) {
    const change = applyEvent(state, event);
    state = change.state;
    postings.push(...change.postings.map(({ key }) => key));
  }
  return { status: state.status, postings };
}

describe.each(PRODUCTS)("$name $method over HTTP (000-16, 000-17, 000-18, 003-54)", (product) => {
  const { name, method } = product;

  it("creates a payment, and the payer who clicks Pay on its page pays exactly that", async () => {
    const { request, handle } = await create(name, method);
    expect(await world.provider.queryStatus(handle)).not.toMatchObject({ outcome: "ABSENT" });
    const id = world.simulator.payments[0]?.id ?? "";
    const page = await (await fetch(`${world.simulator.url}/pay/${id}`)).text();
    const action = /action="([^"]+\/pay)"/.exec(page)?.[1] ?? "";
    const back = await fetch(`${world.simulator.url}${action}`, { method: "POST", redirect: "manual" });
    expect(back.status).toBe(303);
    await world.clock.advance(0);

    const answer = await world.provider.queryStatus(handle);
    expect(answer).toMatchObject({
      outcome: "FOUND",
      snapshot: { status: "paid", amountMinor: request.amountMinor, currency: request.currency },
    });
    const paymentRef = answer.outcome === "FOUND" ? answer.snapshot.paymentRef : null;
    for (const event of events().filter(({ paid }) => paid)) {
      expect(event).toMatchObject({ status: "paid", amountMinor: request.amountMinor, paymentRef });
    }
    const { status, postings } = follow(request.amountMinor, events());
    expect({ status, postings }).toEqual({ status: "paid", postings: [`in:${paymentRef}`] });
  });

  it("gives the payer a page, a QR code or a link", async () => {
    const { created } = await create(name, method);
    const shown = created.paymentUrl === null ? created.qrString : await (await fetch(created.paymentUrl)).text();
    expect(shown).toMatch(method === "QRIS" ? /^000201/ : /<button>Pay<\/button>/);
  });

  it("does not know what became of a request whose answer never came, and finds out", async () => {
    world = await startWorld(name);
    const request = requestFor(name, method);
    world.simulator.failNextCall("TIMEOUT_AFTER_CHARGING");
    const impatient = world.variant({ timeoutMs: 150 });
    await expect(impatient.createPayment(request)).rejects.toMatchObject({ name: "ProviderError", outcome: "UNKNOWN" });
    expect(world.simulator.payments).toHaveLength(1);
    world.simulator.act(request.orderRef, "pay");
    const { outcome } = await world.provider.queryStatus({ orderRef: request.orderRef, providerRef: null, method });
    expect(outcome).toBe(product.afterLostAnswer);
  });

  it("does not know after a server error either, and learns that nothing was done", async () => {
    world = await startWorld(name);
    const request = requestFor(name, method);
    world.simulator.failNextCall("SERVER_ERROR");
    await expect(world.provider.createPayment(request)).rejects.toMatchObject({ outcome: "UNKNOWN" });
    const { outcome } = await world.provider.queryStatus({ orderRef: request.orderRef, providerRef: null, method });
    expect(outcome).toBe(product.afterNothing);
  });

  it("is certain that nothing was done without a connection, and with a wrong or no key", async () => {
    world = await startWorld(name);
    const request = requestFor(name, method);
    const closed = await startReceiver();
    await closed.stop();
    for (const change of [{ url: closed.url }, { key: "wrong" }, { key: "" }]) {
      await expect(world.variant(change).createPayment(request)).rejects.toMatchObject({ outcome: "REFUSED" });
    }
    expect(world.simulator.payments).toHaveLength(0);
  });

  it.each([
    ["nothing", { amountMinor: 0n }],
    ["less than nothing", { amountMinor: -1n }],
    ["another currency", { currency: "USD" }],
    ["a reference with a space", { orderRef: "a b c" }],
  ])("refuses to ask for %s", async (_what, change) => {
    world = await startWorld(name);
    const request = requestFor(name, method, change);
    await expect(world.provider.createPayment(request)).rejects.toMatchObject({ outcome: "REFUSED" });
    expect(world.simulator.payments).toHaveLength(0);
  });

  it("refunds in parts, and once for each reference however often it is asked", async () => {
    const { request, handle, snapshot } = await pay(name, method);
    const refund = (refundRef: string, amountMinor: bigint): RefundRequest => ({
      orderRef: request.orderRef,
      providerRef: handle.providerRef,
      paymentRef: snapshot.paymentRef ?? "",
      refundRef,
      amountMinor,
      currency: request.currency,
      reason: "Cancelled by the teacher",
    });
    const first = refund(`RF-${randomUUID().slice(0, 18)}`, 50_050n);
    const made = await world.provider.refund(first);
    expect(made).toMatchObject({ amountMinor: 50_050n });
    expect(await world.provider.refund(first)).toMatchObject({ ref: made.ref, amountMinor: 50_050n });
    expect(world.simulator.payments[0]?.refunds).toHaveLength(1);
    await expect(world.provider.refund(refund("RF-too-much-1", 100_001n))).rejects.toMatchObject({
      outcome: "REFUSED",
    });

    await world.clock.advance(0);
    expect(follow(request.amountMinor, events()).status).toBe("partially_refunded");
    await world.provider.refund(refund("RF-the-rest-1", 100_000n));
    await world.clock.advance(0);
    const { status, postings } = follow(request.amountMinor, events());
    expect(status).toBe("refunded");
    expect(postings).toHaveLength(3);
    const after = await world.provider.queryStatus(handle);
    // Xendit answers for the payment alone: its refunds are objects of their own.
    expect(after).toMatchObject({ snapshot: { status: name === "xendit" ? "paid" : "refunded" } });
  });

  it("refuses webhooks that somebody else signed", async () => {
    const { request } = await create(name, method);
    world.simulator.webhookFaults = { wrongSecret: true };
    world.receiver.received.length = 0;
    world.simulator.act(request.orderRef, "pay");
    await world.clock.advance(0);
    expect(world.events()).not.toHaveLength(0);
    expect(new Set(world.events())).toEqual(new Set(["SIGNATURE_MISMATCH"]));
  });

  it("refuses webhooks whose amount was changed, or says that they prove nothing", async () => {
    const { request, handle } = await create(name, method);
    await world.clock.advance(0);
    world.receiver.received.length = 0;
    world.simulator.webhookFaults = { tamper: true };
    world.simulator.act(request.orderRef, "pay");
    await world.clock.advance(0);
    const unproven = expect.objectContaining({ mustConfirm: true });
    expect(world.events()).not.toHaveLength(0);
    for (const event of world.events()) expect([event]).toEqual([product.coversBody ? "SIGNATURE_MISMATCH" : unproven]);
    const truth = await world.provider.queryStatus(handle);
    expect(truth).toMatchObject({ snapshot: { status: "paid", amountMinor: request.amountMinor } });
  });

  it("books a payment once when webhooks come twice, late and in the wrong order", async () => {
    const { request } = await create(name, method);
    world.simulator.webhookFaults = { duplicate: true, reorder: true, delayMs: 10 * MINUTE_MS };
    world.simulator.act(request.orderRef, "pay");
    world.simulator.release();
    await world.clock.advance(9 * MINUTE_MS);
    const early = follow(request.amountMinor, events()).status;
    expect(early).toBe("pending");
    await world.clock.advance(2 * MINUTE_MS);
    const { status, postings } = follow(request.amountMinor, events());
    expect({ status, count: postings.length }).toEqual({ status: "paid", count: 1 });
    expect(world.receiver.received.length).toBeGreaterThanOrEqual(2);
  });

  it("is found paid by asking when no webhook ever comes", async () => {
    const { request, handle } = await create(name, method);
    world.simulator.webhookFaults = { drop: true };
    world.simulator.act(request.orderRef, "pay");
    await world.clock.advance(48 * 60 * MINUTE_MS);
    expect(await world.provider.queryStatus(handle)).toMatchObject({ snapshot: { status: "paid" } });
  });

  it("expires when nobody pays", async () => {
    const { handle } = await create(name, method);
    await world.clock.advance(49 * 60 * MINUTE_MS);
    const answer = await world.provider.queryStatus(handle);
    // Midtrans never hears of a page on which nothing was chosen.
    const unheard = name === "midtrans" && method === "CARD";
    const expired = { outcome: "FOUND", snapshot: { status: "expired" } };
    expect(answer).toMatchObject(unheard ? { outcome: "NOT_STARTED" } : expired);
  });
});

describe.each([
  ["midtrans", "QRIS", 503, [2, 10, 30, 90]],
  ["midtrans", "QRIS", 500, [2]],
  ["midtrans", "QRIS", 404, [2, 10]],
  ["midtrans", "QRIS", 302, []],
  ["midtrans", "QRIS", 418, [2, 10, 30, 90, 210]],
  ["xendit", "DANA", 500, [15, 45, 120, 180, 360, 720]],
  ["cashfree", "UPI", 201, [2, 10, 30]],
] as const)("%s repeats a webhook that was answered with", (name, method, answerWith, minutes) => {
  it(`${answerWith} after ${minutes.join(", ") || "no"} minutes, then gives up`, async () => {
    const { request } = await create(name, method);
    await world.clock.advance(0);
    world.receiver.answerWith = answerWith;
    const before = world.simulator.deliveries.length;
    world.simulator.act(request.orderRef, "pay");
    await world.clock.advance(7 * 24 * 60 * MINUTE_MS);
    const paid = world.simulator.deliveries.slice(before);
    const waits = paid.slice(1).map(({ atMs }, index) => (atMs - (paid[index]?.atMs ?? 0)) / MINUTE_MS);
    expect(waits).toEqual(minutes);
  });
});

it("razorpay keeps the event id when it repeats a webhook, for a day", async () => {
  const { request } = await create("razorpay", "UPI");
  world.receiver.answerWith = 500;
  world.simulator.act(request.orderRef, "pay");
  await world.clock.advance(7 * 24 * 60 * MINUTE_MS);
  const ids = world.simulator.deliveries.map(({ headers }) => headers["x-razorpay-event-id"]);
  expect(new Set(ids).size).toBe(2);
  expect(ids.length).toBeGreaterThan(10);
  const span = (world.simulator.deliveries.at(-1)?.atMs ?? 0) - (world.simulator.deliveries[0]?.atMs ?? 0);
  expect(span).toBeLessThanOrEqual(24 * 60 * MINUTE_MS);
});

it("razorpay signs what the payer's browser brings back", async () => {
  const { request } = await create("razorpay", "UPI");
  const id = world.simulator.payments[0]?.id ?? "";
  const back = await fetch(`${world.simulator.url}/pay/${id}/pay`, { method: "POST", redirect: "manual" });
  const fields = Object.fromEntries(new URL(back.headers.get("location") ?? "").searchParams);
  expect(fields["razorpay_payment_link_reference_id"]).toBe(request.orderRef);
  expect(verifyRazorpayReturn("SB-simulated-key", fields)).toBe(true);
  expect(verifyRazorpayReturn("SB-simulated-key", { ...fields, razorpay_payment_link_status: "created" })).toBe(false);
  expect(verifyRazorpayReturn("", fields)).toBe(false);
});

it("cashfree gives a second payment of one order back, which leaves the order paid", async () => {
  const { request } = await pay("cashfree", "UPI");
  world.simulator.act(request.orderRef, "pay");
  await world.clock.advance(0);
  expect(events().at(-1)).toMatchObject({ kind: "refund", status: "paid", paid: true });
});

it.each(["midtrans", "xendit"] as const)("%s gives a virtual account number, and does not refund it", async (name) => {
  const { request, handle, created, snapshot } = await pay(name, "BCA_VA");
  expect(created.vaNumber).toMatch(/^\d{8,20}$/);
  const ids = { orderRef: request.orderRef, providerRef: handle.providerRef, paymentRef: snapshot.paymentRef ?? "" };
  const refund = { ...ids, refundRef: "RF-of-a-va-1", amountMinor: 1n, currency: "IDR", reason: "x" };
  await expect(world.provider.refund(refund)).rejects.toMatchObject({ outcome: "REFUSED" });
});

it("midtrans gives Mandiri's bill key with the company code", async () => {
  const { created } = await create("midtrans", "MANDIRI_VA");
  expect(created).toMatchObject({ billerCode: "70012", vaNumber: expect.stringMatching(/^\d+$/) });
});

it.each(["xendit", "cashfree", "razorpay"] as const)("%s stays payable after a failed try", async (name) => {
  const { request } = await create(name, name === "xendit" ? "DANA" : "UPI");
  for (const action of ["fail", "pay"] as const) world.simulator.act(request.orderRef, action);
  await world.clock.advance(0);
  expect(events()[0]?.status).toBe("attempt_failed");
  expect(follow(request.amountMinor, events()).status).toBe("paid");
});
