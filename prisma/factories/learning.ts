import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "../learning/client/client.js";

/** A client above row level security. */
export function connectLearning(ownerUrl: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: ownerUrl, max: 2 }) });
}

let built = 0;
const next = (): number => (built += 1);

export async function buildExamType(db: PrismaClient, over: Partial<Prisma.ExamTypeUncheckedCreateInput> = {}) {
  return await db.examType.create({ data: { code: `EXAM-${next()}-${randomUUID()}`, name: "Ujian", ...over } });
}

/** A published item with five options, of which `correct` is right. */
export async function buildItem(
  db: PrismaClient,
  { correct = "A", ...over }: Partial<Prisma.ItemUncheckedCreateInput> & { correct?: string } = {},
) {
  const examTypeId = over.examTypeId ?? (await buildExamType(db)).id;
  const code = `ITEM-${next()}-${randomUUID()}`;
  const options = ["A", "B", "C", "D", "E"].map((key) => ({ key, text: `Pilihan ${key}` }));
  const defaults = { subtest: "PU", topic: "Logika", language: "id", stem: `Soal ${code}`, cognitiveLevel: "APPLY" };
  return await db.item.create({
    data: {
      ...defaults,
      code,
      options,
      status: "PUBLISHED",
      ...over,
      examTypeId,
      key: {
        create: {
          correct: [correct],
          explanation: `Kunci ${correct}`,
          discrimination: 1,
          difficulty: 0,
          guessing: 0.2,
        },
      },
    },
  });
}

/** A practice tryout of new items, half of them of each of the subtests PU and PK. */
export async function buildTryout(
  db: PrismaClient,
  { itemCount = 4, ...over }: Partial<Prisma.TryoutUncheckedCreateInput> & { itemCount?: number } = {},
) {
  const examTypeId = over.examTypeId ?? (await buildExamType(db)).id;
  const subtests = ["PU", "PK"];
  const subtestAt = (index: number): string => subtests[Math.floor((index * subtests.length) / itemCount)] ?? "PU";
  const items = await Promise.all(
    Array.from({ length: itemCount }, (_, index) => buildItem(db, { examTypeId, subtest: subtestAt(index) })),
  );
  const sections = subtests.map((subtest, position) => ({
    subtest,
    name: subtest,
    position,
    itemCount: items.filter((item) => item.subtest === subtest).length,
    durationMinutes: 15,
  }));
  const defaults = { title: `Tryout ${next()}`, kind: "PRACTICE", status: "ACTIVE", durationMinutes: 30 } as const;
  return await db.tryout.create({
    data: {
      ...defaults,
      ...over,
      examTypeId,
      sections: { create: sections },
      items: { create: items.map(({ id, subtest }, position) => ({ itemId: id, subtest, position: position + 1 })) },
    },
    include: { items: { orderBy: { position: "asc" } } },
  });
}

/** A sitting; without `status` one that began just now. */
export async function buildAttempt(db: PrismaClient, over: Partial<Prisma.AttemptUncheckedCreateInput> = {}) {
  const tryoutId = over.tryoutId ?? (await buildTryout(db)).id;
  const startedAt = new Date();
  const deadline = new Date(startedAt.getTime() + 30 * 60_000);
  const submittedAt = over.status === undefined || over.status === "IN_PROGRESS" ? null : startedAt;
  return await db.attempt.create({
    data: { studentId: randomUUID(), startedAt, deadline, submittedAt, ...over, tryoutId },
  });
}
