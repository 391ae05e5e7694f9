import { describePersonalData } from "@lentera/kit/testing";
import { buildLedgerAccount } from "@lentera/prisma/factories";
import { createSubgraph } from "../subgraph.js";
import { PERSONAL_DATA } from "./personal-data.store.js";

describePersonalData({
  subgraph: "finance",
  create: createSubgraph,
  records: PERSONAL_DATA,
  store: async ({ owner }, userId, trace) => {
    await buildLedgerAccount(owner, { ownerId: userId, balanceMinor: 150_000n });
    await owner.query(
      `insert into bank_accounts (user_id, bank_code, currency, holder_ciphertext, number_ciphertext, last_digits)
       values ($1, 'BCA', 'IDR', $2, $2, '42')`,
      [userId, trace],
    );
    await owner.query(
      `insert into payments (payer_id, purpose_kind, purpose_reference_id, is_single, description, currency, amount_minor,
         fee_minor, method, destination_kind, destination_id, destination_purpose, payer_name, payer_email, payer_phone,
         return_url, expires_at)
       values ($1, 'TOP_UP', $1, false, 'Isi saldo', 'IDR', 10000, 70, 'QRIS', 'USER', $1, 'WALLET', $2, $2, $2,
         'http://localhost', now())`,
      [userId, trace],
    );
    await owner.query(
      `insert into book_entries (owner_id, category_code, amount_minor, currency, occurred_at, description)
       values ($1, 'SALES', 100, 'IDR', now(), $2)`,
      [userId, trace],
    );
    await owner.query(
      `with bank as (
         insert into partner_banks (code, name) values ('bank-' || left(gen_random_uuid()::text, 8), 'Bank Contoh') returning id
       ), product as (
         insert into loan_products (bank_id, name, currency, method, day_count, annual_rate_basis_points, minimum_minor,
           maximum_minor, minimum_months, maximum_months)
         select id, 'Modal', 'IDR', 'FLAT', 'THIRTY_360', 1200, 1, 100, 1, 12 from bank returning id, bank_id
       ), application as (
         insert into loan_applications (applicant_id, bank_id, product_id, amount_minor, currency, months, purpose, business_name,
           identity_ciphertext, identity_last_digits, facts)
         select $1::uuid, bank_id, id, 50, 'IDR', 6, $2, $2, $2, '42', json_build_object('said', $2::text) from product returning id
       )
       insert into loan_documents (application_id, kind, media_type, size_bytes, status, sha256, ciphertext)
       select id, 'IDENTITY', 'application/pdf', 5, 'RECEIVED', $2, $2 from application`,
      [userId, trace],
    );
  },
});
