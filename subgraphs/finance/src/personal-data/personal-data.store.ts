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
  {
    name: "escrows",
    rows: `select id, booking_id, status, payer_id = $1::uuid as paid_by_you, currency, price_minor::text, refunded_minor::text,
             released_minor::text, fee_minor::text, paid_at, completed_at, cancelled_at, settled_at, created_at
           from escrows where $1::uuid in (payer_id, payee_id)`,
    erasure: KEPT_BY_LAW,
  },
  {
    name: "payouts",
    rows: `select id, bank_account_id, currency, amount_minor::text, fee_minor::text, status, created_at, ended_at
           from payouts where user_id = $1::uuid`,
    erasure: KEPT_BY_LAW,
  },
  {
    name: "loanAssessments",
    rows: `select id, scorecard_version, inputs, score, outcome, contributions, reason_codes, created_at
           from loan_assessments where user_id = $1::uuid`,
    erasure: KEPT_BY_LAW,
  },
  {
    name: "loans",
    rows: `select id, application_id, bank_id, principal_minor::text, currency, annual_rate_basis_points, fee_minor::text, starts_on,
             repaid_at, created_at from loans where borrower_id = $1::uuid`,
    erasure: KEPT_BY_LAW,
  },
  {
    name: "loanApplications",
    rows: `select a.id, a.bank_id, a.amount_minor::text, a.currency, a.months, a.purpose, a.business_name, a.identity_last_digits,
             a.facts, a.status, a.created_at,
             (select json_agg(json_build_object('kind', d.kind, 'status', d.status, 'size_bytes', d.size_bytes)) from loan_documents d
              where d.application_id = a.id) as documents
           from loan_applications a where a.applicant_id = $1::uuid`,
    // whoever still owes money, or is about to get it, is known to the bank until that has ended
    erasure: [
      `delete from loan_documents d using loan_applications a where a.id = d.application_id and a.applicant_id = $1::uuid
         and not exists (select from loans l where l.application_id = a.id and l.repaid_at is null)`,
      `update loan_applications a set purpose = '', business_name = '', identity_ciphertext = '', identity_last_digits = '00',
         facts = '{}' where applicant_id = $1::uuid
         and not exists (select from loans l where l.application_id = a.id and l.repaid_at is null)`,
    ],
  },
  {
    name: "bookEntries",
    rows: `select id, category_code, amount_minor::text, currency, occurred_at, description, voided_at, created_at
           from book_entries where owner_id = $1::uuid`,
    erasure: ["update book_entries set description = '' where owner_id = $1::uuid"],
  },
  {
    name: "bankAccounts",
    rows: "select id, bank_code, currency, last_digits, created_at from bank_accounts where user_id = $1::uuid",
    // money that is on its way still has to arrive; what has been paid out refers to the row, which no longer says whose it was
    erasure: [
      `delete from bank_accounts b where user_id = $1::uuid
         and not exists (select from payouts p where p.bank_account_id = b.id)`,
      `update bank_accounts b set holder_ciphertext = '', number_ciphertext = '', last_digits = '00' where user_id = $1::uuid
         and not exists (select from payouts p where p.bank_account_id = b.id and p.ended_at is null)`,
    ],
  },
  {
    name: "payments",
    rows: `select id, purpose_kind, purpose_reference_id, description, currency, amount_minor::text, fee_minor::text,
             refunded_minor::text, method, status, payer_name, payer_email, payer_phone, paid_at, created_at
           from payments where payer_id = $1::uuid`,
    // the payment itself is kept by law, without saying whom the provider was to name and reach
    erasure: ["update payments set payer_name = '', payer_email = '', payer_phone = '' where payer_id = $1::uuid"],
  },
];
