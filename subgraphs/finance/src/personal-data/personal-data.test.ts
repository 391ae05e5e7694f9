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
  },
});
