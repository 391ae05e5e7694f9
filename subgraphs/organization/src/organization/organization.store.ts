import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Organization, PlatformOverview } from "./organization.type.js";

export function findOrganizations(tx: Transaction, ids: readonly string[]): Promise<Organization[]> {
  return tx.organization.findMany({ where: { id: { in: [...ids] } } });
}

export function findOrganizationPage(tx: Transaction, visible: object, page: PageQuery): Promise<Organization[]> {
  return tx.organization.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countOrganizations(tx: Transaction, visible: object): Promise<number> {
  return tx.organization.count({ where: visible });
}

export async function countMembers(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.membership.groupBy({
    by: ["organizationId"],
    where: { organizationId: { in: [...ids] } },
    _count: true,
  });
  return new Map(groups.map((group) => [group.organizationId, group._count]));
}

export async function countStudents(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.enrollment.groupBy({
    by: ["organizationId"],
    where: { organizationId: { in: [...ids] }, status: "ACTIVE" },
    _count: true,
  });
  return new Map(groups.map((group) => [group.organizationId, group._count]));
}

export async function countPlatform(tx: Transaction): Promise<PlatformOverview> {
  const organizationCount = await tx.organization.count();
  const userCount = await tx.account.count({ where: { status: { not: "DELETED" } } });
  const studentCount = await tx.account.count({ where: { status: { not: "DELETED" }, user: { role: "STUDENT" } } });
  return { organizationCount, userCount, studentCount };
}
