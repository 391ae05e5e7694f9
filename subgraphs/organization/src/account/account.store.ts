import type { Role } from "@lentera/kit";
import type { Gender } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { ProfileChange } from "./account.input.js";

/** What a person's own page shows of their account. */
export interface OwnAccount {
  readonly userId: string;
  readonly email: string;
  readonly emailVerifiedAt: Date | null;
  readonly phone: string | null;
  readonly gender: Gender | null;
  readonly passwordHash: string | null;
  readonly fullName: string;
  readonly language: string;
  readonly timeZone: string;
}

const OWN = {
  userId: true,
  email: true,
  emailVerifiedAt: true,
  phone: true,
  gender: true,
  passwordHash: true,
  user: { select: { fullName: true, language: true, timeZone: true } },
} as const;

interface Row extends Omit<OwnAccount, "fullName" | "language" | "timeZone"> {
  readonly user: Pick<OwnAccount, "fullName" | "language" | "timeZone">;
}

function ownAccountOf({ user, ...account }: Row): OwnAccount {
  return { ...account, ...user };
}

/** Accounts with what belongs to them; row level security leaves out others' secrets. */
export async function findAccounts(tx: Transaction, userIds: readonly string[]): Promise<OwnAccount[]> {
  const rows = await tx.account.findMany({
    where: { userId: { in: [...userIds] }, status: { not: "DELETED" } },
    select: OWN,
  });
  return rows.map(ownAccountOf);
}

/** Only an account that works. */
export async function findAccountByEmail(tx: Transaction, email: string): Promise<OwnAccount | null> {
  const row = await tx.account.findFirst({ where: { email, status: "ACTIVE" }, select: OWN });
  return row === null ? null : ownAccountOf(row);
}

/** Two sign-ups with one address are decided one after the other. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${email}, 1))`;
}

/** @returns any account with this address, whatever its state */
export async function findHolder(tx: Transaction, email: string) {
  return await tx.account.findFirst({
    where: { email },
    select: { status: true, user: { select: { fullName: true, language: true } } },
  });
}

export async function insertAccount(
  tx: Transaction,
  person: { fullName: string; role: Role; language: string; timeZone: string },
  account: { email: string; passwordHash: string | null; emailVerifiedAt: Date | null },
): Promise<string> {
  const { id } = await tx.user.create({ data: { ...person, account: { create: account } }, select: { id: true } });
  return id;
}

export async function markEmailVerified(tx: Transaction, userId: string, emailVerifiedAt: Date): Promise<void> {
  await tx.account.updateMany({ where: { userId, emailVerifiedAt: null }, data: { emailVerifiedAt } });
}

/** Whoever read the letter has proven the address. */
export async function updateEmail(
  tx: Transaction,
  userId: string,
  email: string,
  emailVerifiedAt: Date,
): Promise<void> {
  await tx.account.update({ where: { userId }, data: { email, emailVerifiedAt }, select: { userId: true } });
}

export async function updatePasswordHash(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
  await tx.account.update({ where: { userId }, data: { passwordHash }, select: { userId: true } });
}

export async function updateProfile(tx: Transaction, userId: string, change: ProfileChange): Promise<void> {
  const { phone, gender, fullName, language, timeZone } = change;
  const data = {
    ...(fullName === undefined ? {} : { fullName }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
  await tx.user.update({ where: { id: userId }, data, select: { id: true } });
  const own = { ...(phone === undefined ? {} : { phone }), ...(gender === undefined ? {} : { gender }) };
  await tx.account.update({ where: { userId }, data: own, select: { userId: true } });
}
