import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect, inject, it } from "vitest";
import { Visitor } from "../src/tour/client.js";

const url = inject("lenteraUrl");

it("000-17, 000-18: a newcomer pays at a simulated provider, and the money is in the wallet", async () => {
  const { signIn } = await new Visitor(url).ask<{ signIn: { accessToken: string; user: { id: string } } }>(
    "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken user { id } } }",
    { input: { email: "student@nusantara.test", password: "lentera-demo" } },
  );
  const student = new Visitor(url, signIn.accessToken);
  const wallet = async (): Promise<number> => {
    const { accounts } = await student.ask<{
      accounts: { edges: { node: { purpose: string; balance: { amount: string; currency: string } } }[] };
    }>("{ accounts { edges { node { purpose balance { amount currency } } } } }");
    const own = accounts.edges.find(({ node }) => node.purpose === "WALLET" && node.balance.currency === "IDR");
    return Number(own?.node.balance.amount ?? 0);
  };
  const before = await wallet();
  const { createPayment } = await student.ask<{
    createPayment: { payment: { id: string; instructions: { paymentUrl: string } } };
  }>(
    `mutation ($input: CreatePaymentInput!) { createPayment(input: $input) { payment { id instructions { paymentUrl } } } }`,
    {
      input: {
        purpose: "TOP_UP",
        referenceId: signIn.user.id,
        amount: "75000",
        currency: "IDR",
        method: "GOPAY",
        contact: { name: "Siswa", email: "student@nusantara.test", phone: "+6281234567890" },
        idempotencyKey: randomUUID(),
      },
    },
  );
  const { id, instructions } = createPayment.payment;
  const page = await fetch(instructions.paymentUrl);
  expect(await page.text()).toContain("no money moves");
  const paid = await fetch(`${instructions.paymentUrl}/pay`, { method: "POST", redirect: "manual" });
  expect(paid.status).toBe(303);
  const statusOf = async (): Promise<string> => {
    const query = "query ($id: ID!) { payment(id: $id) { status } }";
    return (await student.ask<{ payment: { status: string } }>(query, { id })).payment.status;
  };
  const deadline = Date.now() + 20_000;
  while ((await statusOf()) !== "SUCCEEDED" && Date.now() < deadline) await delay(100);
  expect([await statusOf(), (await wallet()) - before]).toEqual(["SUCCEEDED", 75_000]);
});
