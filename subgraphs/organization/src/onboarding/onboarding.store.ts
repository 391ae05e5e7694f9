import { LenteraError, type PageQuery } from "@lentera/kit";
import type { OnboardingStatus, Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { OnboardingApplication } from "./onboarding.type.js";

/** @throws NOT_FOUND for one that the viewer may not see */
export async function findApplication(tx: Transaction, visible: object, id: string): Promise<OnboardingApplication> {
  const application = await tx.onboardingApplication.findFirst({ where: { AND: [visible, { id }] } });
  if (application === null) throw new LenteraError("NOT_FOUND");
  return application;
}

export function findApplicationPage(
  tx: Transaction,
  visible: object,
  page: PageQuery,
): Promise<OnboardingApplication[]> {
  return tx.onboardingApplication.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countApplications(tx: Transaction, visible: object): Promise<number> {
  return tx.onboardingApplication.count({ where: visible });
}

export async function insertApplication(
  tx: Transaction,
  data: Prisma.OnboardingApplicationUncheckedCreateInput,
): Promise<string> {
  return (await tx.onboardingApplication.create({ data, select: { id: true } })).id;
}

/** @throws ILLEGAL_STATE when somebody else has moved it meanwhile */
export async function changeApplication(
  tx: Transaction,
  { id, status }: { readonly id: string; readonly status: OnboardingStatus },
  data: Prisma.OnboardingApplicationUncheckedUpdateManyInput,
): Promise<OnboardingApplication> {
  const { count } = await tx.onboardingApplication.updateMany({ where: { id, status }, data });
  if (count === 0) throw new LenteraError("ILLEGAL_STATE");
  return findApplication(tx, {}, id);
}

/** Opens the organization of an application with its first owner. */
export async function insertOrganization(
  tx: Transaction,
  organization: Prisma.OrganizationUncheckedCreateInput & { readonly id: string },
  ownerId: string,
): Promise<void> {
  await tx.organization.create({ data: organization, select: { id: true } });
  await tx.membership.create({
    data: { organizationId: organization.id, userId: ownerId, role: "OWNER" },
    select: { id: true },
  });
}
