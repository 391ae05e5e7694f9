import type { PageQuery, Viewer } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Tryout, TryoutFilter, TryoutManagementFilter, TryoutSubtest } from "./tryout.type.js";

export function findTryouts(tx: Transaction, ids: readonly string[]): Promise<Tryout[]> {
  return tx.tryout.findMany({ where: { id: { in: [...ids] } } });
}

/** The tryouts that are on offer; row level security leaves out those of other organizations. */
export function offered(filter: TryoutFilter): object {
  return {
    status: "ACTIVE",
    ...(filter.kind == null ? {} : { kind: filter.kind }),
    ...(filter.search == null ? {} : { title: { contains: filter.search, mode: "insensitive" } }),
  };
}

/** The tryouts that a viewer manages, in every state. */
export function managed(viewer: Viewer, { statuses }: TryoutManagementFilter): object {
  return {
    ...(viewer.role === "PLATFORM_ADMIN" ? {} : { organizationId: viewer.organizationId ?? "" }),
    ...(statuses == null ? {} : { status: { in: statuses } }),
  };
}

export function findTryoutPage(tx: Transaction, where: object, page: PageQuery): Promise<Tryout[]> {
  return tx.tryout.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countTryouts(tx: Transaction, where: object): Promise<number> {
  return tx.tryout.count({ where });
}

export async function findSubtests(
  tx: Transaction,
  tryoutIds: readonly string[],
): Promise<Map<string, TryoutSubtest[]>> {
  const sections = await tx.tryoutSection.findMany({
    where: { tryoutId: { in: [...tryoutIds] } },
    orderBy: { position: "asc" },
  });
  const subtests = sections.map(({ subtest, ...section }) => ({ ...section, code: subtest }));
  return Map.groupBy(subtests, ({ tryoutId }) => tryoutId);
}
