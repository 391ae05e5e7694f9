import { type EventConsumer, consume } from "@lentera/kit";
import { z } from "zod";
import type { Transaction } from "../../context.js";
import { putEntitlement } from "./entitlement.store.js";

/**
 * Finance says what a person may use. Learning reads of it:
 * `{ userId, code, validFrom, validUntil, revision }`, where `code` is e.g. `PREMIUM`, the times are RFC 3339,
 * `validUntil` is null for "without end" and in the past for "no longer", and `revision` counts up per person and code.
 */
const entitlementChanged = {
  type: "entitlement.changed",
  version: 1,
  data: z.object({
    userId: z.uuid(),
    code: z.string().min(1),
    validFrom: z.coerce.date(),
    validUntil: z.coerce.date().nullable(),
    revision: z.int().nonnegative(),
  }),
};

/** Keeps the newest statement, in whatever order they arrive. */
export const keepEntitlement: EventConsumer<Transaction> = consume(entitlementChanged, putEntitlement);
