import type { PersonalRecord } from "@lentera/kit";

/** C-11: what money was whose when is kept for 7 years by law, and has no name and no address in it. */
const KEPT_BY_LAW = { kept: "The law keeps it for 7 years; it holds ids and amounts only." } as const;

/** Everything that this subgraph stores about people. */
export const PERSONAL_DATA: readonly PersonalRecord[] = [
  {
    name: "accounts",
    rows: `select id, purpose, currency, balance_minor::text, created_at
           from ledger_accounts where owner_kind = 'USER' and owner_id = $1::uuid`,
    erasure: KEPT_BY_LAW,
  },
  {
    name: "transfers",
    rows: `select t.id, p.account_id, t.kind, t.description, p.currency, p.amount_minor::text, p.balance_after_minor::text,
             t.effective_at
           from postings p join transfers t on t.id = p.transfer_id join ledger_accounts a on a.id = p.account_id
           where a.owner_kind = 'USER' and a.owner_id = $1::uuid`,
    erasure: KEPT_BY_LAW,
  },
];
