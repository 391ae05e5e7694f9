import type { Transaction } from "../../context.js";
import type { Entitlement } from "./entitlement.rules.js";

export type EntitlementRow = Entitlement & {
  readonly userId: string;
  readonly code: string;
  readonly revision: number;
};

export async function putEntitlement(tx: Transaction, entitlement: EntitlementRow): Promise<void> {
  const { userId, code, validFrom, validUntil, revision } = entitlement;
  await tx.$executeRaw`
    insert into entitlements (user_id, code, valid_from, valid_until, revision)
    values (${userId}::uuid, ${code}, ${validFrom}, ${validUntil}, ${revision})
    on conflict (user_id, code) do update
    set valid_from = excluded.valid_from, valid_until = excluded.valid_until, revision = excluded.revision
    where entitlements.revision < excluded.revision`;
}

export function findEntitlement(tx: Transaction, userId: string, code: string): Promise<Entitlement | null> {
  return tx.entitlement.findFirst({ where: { userId, code } });
}
