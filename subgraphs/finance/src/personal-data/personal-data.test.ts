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
  },
});
