import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { escrowOf, platformAccount, walletOf } from "../ledger-account/account-key.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";
import { escrowConsumers } from "./escrow.event.js";

let test: TestSubgraph;
let world: LedgerWorld;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
  world = createLedgerWorld(test);
});
afterAll(async () => {
  await world.stop();
  await test.stop();
});

const startsAt = "2026-11-20T10:00:00.000Z";

/** A booking and the events that can be told of it. */
function buildBooking() {
  const [bookingId, payerId, payeeId] = [randomUUID(), randomUUID(), randomUUID()];
  const amounts = { currency: "IDR", priceMinor: "100000", studentFeeMinor: "5000", commissionMinor: "15000" };
  const cancellationPolicy = [{ hoursBefore: 24, refundPercent: 50 }];
  const events = {
    agreed: ["booking.agreed", { bookingId, payerId, payeeId, ...amounts, startsAt, cancellationPolicy }],
    paid: [
      "payment.succeeded",
      {
        paymentId: randomUUID(),
        purpose: { kind: "LESSON_BOOKING", referenceId: bookingId },
        paidAt: "2026-11-01T00:00:00Z",
      },
    ],
    completed: ["booking.completed", { bookingId, completedAt: "2026-11-20T11:00:00Z" }],
    cancelled: ["booking.cancelled", { bookingId, cancelledAt: "2026-11-18T00:00:00Z", cancelledBy: "STUDENT" }],
    disputed: ["booking.disputed", { bookingId, disputedAt: "2026-11-20T12:00:00Z" }],
  } as const;
  return { bookingId, payerId, payeeId, events };
}
type Booking = ReturnType<typeof buildBooking>;
type Told = keyof Booking["events"];

const envelopeOf = (booking: Booking, told: Told) => {
  const [type, data] = booking.events[told];
  return { id: randomUUID(), type, version: 1, occurredAt: new Date().toISOString(), data };
};

async function tell(booking: Booking, told: Told): Promise<void> {
  const event = envelopeOf(booking, told);
  const consumer = escrowConsumers.find(({ type }) => type === event.type);
  await world.transaction(async (tx) => consumer?.handle(tx, event));
}

async function moneyOf({ bookingId, payerId, payeeId }: Booking): Promise<bigint[]> {
  const accounts = [walletOf(payerId, "IDR"), escrowOf(bookingId, "IDR"), walletOf(payeeId, "IDR")];
  return Promise.all(accounts.map((account) => world.balanceOf(account)));
}

async function funded(): Promise<Booking> {
  const booking = buildBooking();
  await world.fund(walletOf(booking.payerId, "IDR"), 105_000n);
  return booking;
}

const ESCROW = `query ($bookingId: ID!) {
  escrow(bookingId: $bookingId) { status price { amount } studentFee { amount } refunded { amount } released { amount } settledAt }
}`;
const DECIDE =
  "mutation ($input: DecideEscrowInput!) { decideEscrow(input: $input) { escrow { status refunded { amount } released { amount } } } }";

it("002-14 C-07 C-09: holds what is paid, and releases price − commission to the tutor, the rest to the platform", async () => {
  const booking = await funded();
  const fees = platformAccount("FEES", "IDR");
  const earned = await world.balanceOf(fees);
  await tell(booking, "agreed");
  expect(await moneyOf(booking)).toEqual([105_000n, 0n, 0n]);
  await tell(booking, "paid");
  expect(await moneyOf(booking)).toEqual([0n, 105_000n, 0n]);
  await tell(booking, "completed");
  expect(await moneyOf(booking)).toEqual([0n, 0n, 85_000n]);
  expect((await world.balanceOf(fees)) - earned).toBe(20_000n);
  const { rows } = await test.owner.query("select kind from transfers where reference = $1 order by kind::text", [
    `booking:${booking.bookingId}`,
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual(["ESCROW_HOLD", "PLATFORM_FEE", "RELEASE_TO_TUTOR"]);
  const payer = test.as(buildViewer({ userId: booking.payerId }));
  expect(await payer.data(ESCROW, { bookingId: booking.bookingId })).toMatchObject({
    escrow: {
      status: "RELEASED",
      price: { amount: "100000" },
      studentFee: { amount: "5000" },
      released: { amount: "85000" },
    },
  });
  expect(await world.breaks()).toEqual([]);
});

it("002-14: takes what the payment itself put into the escrow, and nothing from the wallet", async () => {
  const booking = buildBooking();
  await world.fund(escrowOf(booking.bookingId, "IDR"), 105_000n);
  for (const told of ["agreed", "paid", "cancelled"] as const) await tell(booking, told);
  expect(await moneyOf(booking)).toEqual([50_000n, 0n, 42_500n]);
});

it("002-14: ends the same whatever the order of events, however often and at once they come", async () => {
  const told: readonly Told[] = ["agreed", "paid", "cancelled", "agreed", "paid", "cancelled"];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...told], { minLength: told.length }),
      fc.boolean(),
      async (order, atOnce) => {
        const booking = await funded();
        if (atOnce) await Promise.all(order.map((one) => tell(booking, one)));
        else for (const one of order) await tell(booking, one);
        expect(await moneyOf(booking)).toEqual([50_000n, 0n, 42_500n]);
      },
    ),
    { numRuns: 25 },
  );
  expect(await world.breaks()).toEqual([]);
});

it("keeps disputed money until an administrator splits it, once", async () => {
  const booking = await funded();
  for (const told of ["agreed", "paid", "disputed", "completed"] as const) await tell(booking, told);
  expect(await moneyOf(booking)).toEqual([0n, 105_000n, 0n]);
  const admin = buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:refund", "payments:read"] });
  const input = { bookingId: booking.bookingId, refundAmount: "40000", idempotencyKey: randomUUID() };
  for (const [viewer, code] of [
    [buildViewer({ userId: booking.payeeId, permissions: ["payments:refund"] }), "INSUFFICIENT_PERMISSIONS"],
    [{ ...admin, impersonatorId: randomUUID() }, "INSUFFICIENT_PERMISSIONS"],
  ] as const)
    expect((await test.as(viewer).run(DECIDE, { input })).errors).toMatchObject([{ code }]);
  const tooMuch = await test
    .as(admin)
    .run(DECIDE, { input: { ...input, refundAmount: "100001", idempotencyKey: "a" } });
  expect(tooMuch.errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.refundAmount" }] }]);
  const results = await Promise.all([1, 2].map(() => test.as(admin).data(DECIDE, { input })));
  expect(results[0]).toEqual(results[1]);
  expect(results[0]).toMatchObject({
    decideEscrow: { escrow: { status: "SPLIT", refunded: { amount: "40000" }, released: { amount: "51000" } } },
  });
  expect(await moneyOf(booking)).toEqual([40_000n, 0n, 51_000n]);
  const again = await test.as(admin).run(DECIDE, { input: { ...input, idempotencyKey: randomUUID() } });
  expect(again.errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
});

it("shows an escrow to who pays and who earns only, in lists too", async () => {
  const booking = await funded();
  await tell(booking, "agreed");
  const { bookingId } = booking;
  const stranger = test.as(buildViewer());
  expect((await stranger.run(ESCROW, { bookingId })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  const list = "{ escrows { totalCount edges { node { bookingId } } } }";
  expect(await stranger.data(list)).toMatchObject({ escrows: { totalCount: 0, edges: [] } });
  expect(await test.as(buildViewer({ userId: booking.payeeId })).data(list)).toMatchObject({
    escrows: { totalCount: 1, edges: [{ node: { bookingId } }] },
  });
  const [rows] = await test.rowsAs(stranger.viewer, ["select * from escrows"]);
  expect(rows).toEqual([]);
});

it("is refused by the database to settle for another sum, or twice", async () => {
  const booking = await funded();
  for (const told of ["agreed", "paid"] as const) await tell(booking, told);
  const settle =
    "update escrows set status = 'RELEASED', settled_at = now(), released_minor = 85000, fee_minor = $2 where booking_id = $1";
  await expect(test.owner.query(settle, [booking.bookingId, 19_999])).rejects.toThrow("escrows_settled_check");
  await tell(booking, "completed");
  const again = "update escrows set status = 'REFUNDED' where booking_id = $1";
  await expect(test.owner.query(again, [booking.bookingId])).rejects.toThrow("stays as it is");
});

it("002-14: follows the events of other subgraphs, and tells them the end", async () => {
  const booking = await funded();
  const heard: unknown[] = [];
  await test.subgraph.startWorkers();
  await test.events.subscribe("test", ["escrow.settled"], async ({ data }) => void heard.push(data));
  for (const told of ["completed", "agreed", "paid"] as const) {
    const event = envelopeOf(booking, told);
    await test.events.publish(event);
    await test.events.publish(event);
  }
  const { bookingId } = booking;
  const settled = await eventually(async () => heard.find((data) => JSON.stringify(data).includes(bookingId)));
  expect(settled).toMatchObject({ bookingId, refundedMinor: "0", releasedMinor: "85000" });
  expect(await moneyOf(booking)).toEqual([0n, 0n, 85_000n]);
});
