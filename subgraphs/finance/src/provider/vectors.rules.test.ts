import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createMidtrans } from "./midtrans.js";
import { applyEvent, type PaymentState } from "./status.rules.js";
import { verifyVectors } from "./verify.js";
import { createXendit } from "./xendit.js";
import { createRazorpay } from "./razorpay.js";
import { createCashfree } from "./cashfree.js";
import type { PaymentProvider } from "./provider.js";

const Normalized = z.object({
  status: z.string(),
  paid: z.boolean(),
  amount: z.number(),
  currency: z.string(),
  orderRef: z.string(),
  dedupeKey: z.string(),
});
const File = z.object({
  vectors: z.array(
    z
      .object({
        id: z.string(),
        provider: z.enum(["midtrans", "xendit", "razorpay", "cashfree"]),
        valid: z.boolean(),
        headers: z.record(z.string(), z.string()),
        rawBody: z.string().nullable(),
        secrets: z.record(z.string(), z.string()),
        normalized: Normalized.optional(),
        mustConfirmWithApi: z.boolean().optional(),
      })
      .loose(),
  ),
  sequences: z.array(
    z.object({ id: z.string(), deliver: z.array(z.string()), finalStatus: z.string(), ledgerPostings: z.number() }),
  ),
});

const fixture = readFileSync(new URL("fixtures/vectors.json", import.meta.url), "utf8");
const { vectors, sequences } = File.parse(JSON.parse(fixture));
const byId = new Map(vectors.map((vector) => [vector.id, vector]));

/** All secrets of a vector at their places; an unset one is an empty text. */
function adapterFor(provider: string, secrets: Record<string, string>): PaymentProvider {
  const secret = (name: string): string => secrets[name] ?? "";
  if (provider === "midtrans") return createMidtrans({ serverKey: secret("server_key") });
  if (provider === "xendit") return createXendit({ secretKey: "", callbackToken: secret("callback_token") });
  if (provider === "cashfree") return createCashfree({ clientId: "", clientSecret: secret("client_secret") });
  return createRazorpay({ keyId: "", keySecret: "", webhookSecret: secret("webhook_secret") });
}

describe("webhook signatures (000-18, 003-54)", () => {
  it("reads all vectors of the fact sheet", () => {
    expect(vectors).toHaveLength(64);
    expect(sequences).toHaveLength(9);
  });

  it.each(vectors)("$id is judged as the providers document it", (vector) => {
    const { results } = verifyVectors(JSON.stringify({ vectors: [vector] }));
    const { id, valid, normalized, mustConfirmWithApi } = vector;
    const confirm = mustConfirmWithApi === undefined ? {} : { mustConfirmWithApi };
    const meaning = { ...normalized, ...confirm };
    const interpreted = Object.keys(meaning).length === 0 ? {} : { normalized: meaning };
    expect(results[0]).toMatchObject({ id, valid, ...(valid ? interpreted : { normalized: null }) });
    expect(results[0]?.reason === "OK").toBe(valid);
  });

  it.each(vectors.filter(({ valid, rawBody }) => valid && rawBody !== null))(
    "$id is refused when the secret is unset, and when one byte of it differs",
    ({ provider, headers, rawBody, secrets }) => {
      const delivery = { headers, rawBody: Buffer.from(rawBody ?? ""), nowMs: null };
      const wrong = Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, `${value.slice(0, -1)}~`]));
      expect(adapterFor(provider, {}).readWebhook(delivery)).toEqual({ authentic: false, reason: "SECRET_UNSET" });
      expect(adapterFor(provider, wrong).readWebhook(delivery)).toMatchObject({ authentic: false });
    },
  );

  it("takes header names in any case", () => {
    const vector = byId.get("cashfree-valid-payment-success");
    const headers = Object.entries(vector?.headers ?? {}).map(([name, value]) => [name.toUpperCase(), value]);
    const { results } = verifyVectors(
      JSON.stringify({ vectors: [{ ...vector, headers: Object.fromEntries(headers) }] }),
    );
    expect(results[0]?.valid).toBe(true);
  });

  it.each([
    ["an hour", 3_600_000, true],
    ["a day and a second", 86_401_000, false],
  ])("judges an authentic Cashfree delivery that is %s old", (_age, ageMs, valid) => {
    const vector = byId.get("cashfree-valid-payment-success");
    const nowMs = 1_767_427_759_733 + ageMs;
    expect(verifyVectors(JSON.stringify({ vectors: [{ ...vector, nowMs }] })).results[0]?.valid).toBe(valid);
  });

  it("accepts Razorpay's previous secret while it is being changed", () => {
    const vector = byId.get("razorpay-valid-payment-captured");
    const secrets = { webhook_secret: "the-new-one", previous_webhook_secret: vector?.secrets["webhook_secret"] };
    expect(verifyVectors(JSON.stringify({ vectors: [{ ...vector, secrets }] })).results[0]?.valid).toBe(true);
  });

  it.each(["midtrans", "xendit", "razorpay", "cashfree"] as const)("%s refuses a body of 10 MB unread", (provider) => {
    const secrets = { server_key: "k", callback_token: "k", webhook_secret: "k", client_secret: "k" };
    const delivery = { headers: {}, rawBody: Buffer.alloc(10 * 1024 * 1024, "{"), nowMs: 0 };
    const verdict = adapterFor(provider, secrets).readWebhook(delivery);
    expect(verdict).toEqual({ authentic: false, reason: "BODY_TOO_LARGE" });
  });

  it.each([
    ["a number where the text was signed", { status_code: 200 }],
    ["a status code that swallows a digit of the reference", { order_id: "INV-", status_code: "2200" }],
    ["an amount without its decimals", { gross_amount: "150000" }],
  ])("Midtrans: refuses %s", (_what, change) => {
    const vector = byId.get("midtrans-trap-concatenation-ambiguity");
    const rawBody = JSON.stringify({ ...JSON.parse(vector?.rawBody ?? ""), ...change });
    const { results } = verifyVectors(JSON.stringify({ vectors: [{ ...vector, rawBody }] }));
    expect(results[0]).toMatchObject({ valid: false, reason: "MALFORMED_BODY" });
  });
});

describe("sequences of deliveries (000-18)", () => {
  it.each(sequences)(
    "$id ends in $finalStatus with $ledgerPostings postings",
    ({ deliver, finalStatus, ledgerPostings }) => {
      let state: PaymentState | null = null;
      let postings = 0;
      for (const id of deliver) {
        const { provider, headers, rawBody, secrets } = byId.get(id) ?? vectors[0]!;
        const delivery = { headers, rawBody: Buffer.from(rawBody ?? ""), nowMs: null };
        const verdict = adapterFor(provider, secrets).readWebhook(delivery);
        if (!verdict.authentic || verdict.event === null) throw new Error(`${id} was refused`);
        const amountMinor: bigint = state?.amountMinor ?? verdict.event.amountMinor;
        const change = applyEvent(state ?? { status: "pending", amountMinor, applied: [], refunds: {} }, verdict.event);
        state = change.state;
        postings += change.postings.length;
      }
      expect({ status: state?.status, postings }).toEqual({ status: finalStatus, postings: ledgerPostings });
    },
  );
});

describe("the verification command", () => {
  async function run(input: string): Promise<{ code: number | null; out: string; err: string }> {
    const cli = new URL("../../dist/provider/cli.js", import.meta.url).pathname;
    const child = spawn(process.execPath, [cli, "verify"]);
    child.stdin.end(input);
    const code = new Promise<number | null>((resolve) => child.on("close", resolve));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  }

  it("answers nothing but JSON, one result for each delivery", async () => {
    const { code, out } = await run(fixture);
    const { results } = z
      .object({ results: z.array(z.object({ id: z.string(), valid: z.boolean() })) })
      .parse(JSON.parse(out));
    expect(code).toBe(0);
    expect(results.map(({ id, valid }) => ({ id, valid }))).toEqual(vectors.map(({ id, valid }) => ({ id, valid })));
  });

  it("judges the rest when one delivery cannot be read", async () => {
    const { out } = await run(JSON.stringify({ vectors: [{ id: "odd", provider: "nobody" }, vectors[0]] }));
    expect(JSON.parse(out)).toMatchObject({
      results: [
        { id: "odd", valid: false, reason: "MALFORMED_VECTOR" },
        { id: vectors[0]?.id, valid: true },
      ],
    });
  });

  it("says in one sentence what to write when the input is not JSON", async () => {
    const { code, out, err } = await run("not json");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});
