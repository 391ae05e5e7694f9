import type { Transaction } from "../context.js";

/** The day, `YYYY-MM-DD`, that a person's calendar shows. */
export async function localDay(tx: Transaction, userId: string, now: Date): Promise<string> {
  const [row] = await tx.$queryRaw<{ day: string }[]>`
    select to_char(${now}::timestamptz at time zone time_zone, 'YYYY-MM-DD') as day from users where id = ${userId}::uuid`;
  return row?.day ?? now.toISOString().slice(0, 10);
}

/** @returns when the 18th birthday begins where the person lives; undefined when a date of birth is known already */
export async function saveBirthDate(tx: Transaction, userId: string, birthDate: string): Promise<Date | undefined> {
  const [row] = await tx.$queryRaw<{ adultAt: Date }[]>`
    update accounts set birth_date = ${birthDate}::date
    from users
    where user_id = ${userId}::uuid and users.id = user_id and birth_date is null
    returning (birth_date + interval '18 years') at time zone users.time_zone as "adultAt"`;
  return row?.adultAt;
}

/** Marks the links that were verified before the student's 18th birthday. @returns how many */
export function askForConfirmation(tx: Transaction, studentId: string, now: Date, confirmBy: Date): Promise<number> {
  return tx.$executeRaw`
    update guardian_links set confirm_by = ${confirmBy}::timestamptz
    from accounts a join users u on u.id = a.user_id
    where student_id = ${studentId}::uuid and a.user_id = student_id and guardian_links.status = 'VERIFIED'
      and confirm_by is null
      and verified_at < (a.birth_date + interval '18 years') at time zone u.time_zone
      and ${now}::timestamptz >= (a.birth_date + interval '18 years') at time zone u.time_zone`;
}

export async function findUnconfirmed(tx: Transaction, studentId: string, now: Date): Promise<string[]> {
  const links = await tx.guardianLink.findMany({
    where: { studentId, status: "VERIFIED", confirmBy: { lte: now } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return links.map(({ id }) => id);
}

export async function findRecipient(tx: Transaction, userId: string) {
  const { email, user } = await tx.account.findFirstOrThrow({
    where: { userId },
    select: { email: true, user: { select: { fullName: true, language: true } } },
  });
  return { email, ...user };
}
