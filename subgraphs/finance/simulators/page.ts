import type { SimulatedPayment } from "./dialect.js";

/** The hosted page of a payment: plain forms, so that a person or a browser test can decide what becomes of it. */
export function paymentPage(provider: string, payment: SimulatedPayment): string {
  const facts = [
    ["Amount", `${payment.currency} ${payment.currency === "IDR" ? payment.amountMinor : rupees(payment.amountMinor)}`],
    ["Method", payment.method],
    ["Status", payment.status],
    ...Object.entries(payment.details),
  ];
  const rows = facts.map(([name, value]) => `<dt>${escape(name ?? "")}</dt><dd>${escape(value ?? "")}</dd>`).join("");
  const button = (action: string, label: string): string =>
    `<form method="post" action="/pay/${encodeURIComponent(payment.id)}/${action}"><button>${label}</button></form>`;
  const buttons =
    payment.status === "open"
      ? button("pay", "Pay") + button("fail", "Let it fail") + button("expire", "Let it expire")
      : `<p role="status">This payment is ${payment.status}.</p>`;
  return document_(provider, `Pay ${payment.reference}`, `<dl>${rows}</dl>${buttons}`);
}

export function indexPage(provider: string, payments: readonly SimulatedPayment[]): string {
  const items = payments.map(
    ({ id, reference, status }) =>
      `<li><a href="/pay/${encodeURIComponent(id)}">${escape(reference)}</a> (${status})</li>`,
  );
  const list = items.length === 0 ? "<p>Nothing to pay yet.</p>" : `<ul>${items.join("")}</ul>`;
  return document_(provider, "Payments", list);
}

function document_(provider: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)} · ${escape(provider)} simulator</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1rem;margin:.25rem 0}dd{margin:0 0 .5rem;overflow-wrap:anywhere}</style>
</head><body><main><h1>${escape(title)}</h1><p>Simulated ${escape(provider)}: no money moves.</p>${content}</main></body></html>`;
}

function rupees(amountMinor: bigint): string {
  const digits = amountMinor.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
