import { randomUUID } from "node:crypto";
import { describePersonalData } from "@lentera/kit/testing";
import { buildAttempt, buildItem, connectLearning } from "@lentera/prisma/factories";
import { createSubgraph } from "../subgraph.js";
import { PERSONAL_DATA } from "./personal-data.store.js";

describePersonalData({
  subgraph: "learning",
  create: createSubgraph,
  records: PERSONAL_DATA,
  store: async (test, userId, trace) => {
    const db = connectLearning(test.ownerUrl);
    const { id: attemptId, tryoutId } = await buildAttempt(db, { studentId: userId, status: "SUBMITTED" });
    const { itemId } = await db.tryoutItem.findFirstOrThrow({ where: { tryoutId } });
    const fact = { attemptId, itemId, response: ["A"], answeredAt: new Date(), elapsedMs: 1000 };
    await db.answer.createMany({ data: Array.from({ length: 401 }, () => ({ ...fact, clientId: randomUUID() })) });
    await db.subtestScore.create({
      data: { attemptId, subtest: "PU", ability: 0.4, scaled: 540, standardError: 31, correct: 1, total: 2 },
    });
    await db.xpEvent.create({ data: { userId, source: `attempt:${attemptId}`, points: 20 } });
    const board = await db.leaderboard.create({ data: { scope: "ORGANIZATION", organizationId: randomUUID() } });
    await db.leaderboardEntry.create({ data: { leaderboardId: board.id, userId, points: 20 } });
    const { id: writtenId } = await buildItem(db, { authorId: userId, status: "DRAFT" });
    await db.itemVersion.create({
      data: {
        originId: writtenId,
        version: 1,
        itemId: writtenId,
        content: {},
        changes: [],
        authorId: userId,
        createdAt: new Date(),
      },
    });
    const device = { userId, publicKey: "A".repeat(43), name: trace, registeredAt: new Date() };
    const { id: deviceId } = await db.offlineDevice.create({ data: device });
    await db.syncItem.create({
      data: {
        userId,
        deviceId,
        clientId: randomUUID(),
        kind: "ANALYTICS",
        priority: "LOW",
        payload: JSON.stringify({ name: trace }),
        createdAt: new Date(),
        receivedAt: new Date(),
        clockOffsetMs: 0n,
      },
    });
    const [startsAt, endsAt] = [new Date("2026-02-01"), new Date("2026-03-01")];
    const goal = { kind: "STUDY_HOURS", title: trace, target: 2, rewardNote: trace, startsAt, endsAt } as const;
    await db.goal.create({ data: { ...goal, studentId: userId, createdById: userId, createdAt: startsAt } });
    const content = { sittings: [], studyMinutes: 0, activeDays: 0, goalsReached: [trace], weakTopics: [] };
    const period = {
      kind: "MONTHLY",
      startsOn: startsAt,
      endsOn: new Date("2026-02-28"),
      timeZone: "Asia/Jakarta",
    } as const;
    const pair = { guardianId: randomUUID(), studentId: userId };
    await db.guardianReport.create({ data: { ...period, ...pair, content, createdAt: endsAt } });
    await db.guardianFollow.create({ data: { ...pair, linkId: randomUUID(), verifiedAt: startsAt } });
    await db.$disconnect();
  },
});
