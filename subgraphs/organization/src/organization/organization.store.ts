import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { Organization, OrganizationStatistics, PlatformOverview } from "./organization.type.js";

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

/**
 * Locked until the transaction ends, so that whoever counts against a limit of the organization is alone. Undefined for
 * one that the viewer may not see.
 */
export async function lockOrganization(tx: Transaction, id: string): Promise<Organization | undefined> {
  await tx.$queryRaw`select id from organizations where id = ${id}::uuid for no key update`;
  return (await tx.organization.findFirst({ where: { id } })) ?? undefined;
}

export function updateOrganization(
  tx: Transaction,
  id: string,
  data: Prisma.OrganizationUncheckedUpdateInput,
): Promise<Organization> {
  return tx.organization.update({ where: { id }, data });
}

interface Statistics extends OrganizationStatistics {
  readonly organizationId: string;
}

/** What row level security lets the viewer count, for each organization. */
export function findStatistics(tx: Transaction, ids: readonly string[], now: Date): Promise<Statistics[]> {
  return tx.$queryRaw`
    select o.id as "organizationId",
      (select count(*)::int from enrollments e where e.organization_id = o.id and e.status::text <> 'INVITED') as "studentCount",
      (select count(*)::int from enrollments e where e.organization_id = o.id and e.status = 'ACTIVE') as "activeStudentCount",
      (select count(*)::int from classes c where c.organization_id = o.id and c.is_active) as "classCount",
      (select count(*)::int from memberships m where m.organization_id = o.id) as "staffCount",
      (select count(*)::int from invitations i where i.organization_id = o.id and i.accepted_at is null
        and i.revoked_at is null and i.expires_at > ${now}) as "openInvitationCount"
    from unnest(${[...ids]}::uuid[]) as o(id)`;
}
