import { anonymous } from "@lentera/kit";
import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { buildAccount, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { REMOVE_ENDED_JOB } from "./retention.service.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
const now = new Date("2026-11-20T19:45:00.000Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
const hash = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

/** As the clock would start it. */
async function runJob(): Promise<void> {
  await test.owner.query("select app.add_job($1, '{}')", [REMOVE_ENDED_JOB]);
  await test.subgraph.jobsDone();
}

describe("001-44: what is no longer needed is removed", () => {
  it("removes secrets a day after they ended, and keeps those that may still be used", async () => {
    const { id: userId } = await buildUser(db);
    const token = (expiresAt: Date, usedAt: Date | null = null) =>
      db.accountToken.create({
        data: { userId, purpose: "PASSWORD_RESET", tokenHash: hash(), expiresAt, usedAt },
      });
    const challenge = (expiresAt: Date) => db.passkeyChallenge.create({ data: { challenge: "c", expiresAt } });
    const signIn = (expiresAt: Date) =>
      db.externalSignIn.create({
        data: {
          provider: "GOOGLE",
          redirectUri: "https://lentera.example.test/",
          sealedSecrets: "s",
          role: "STUDENT",
          timeZone: "Asia/Jakarta",
          expiresAt,
        },
      });
    const throttle = (lastFailedAt: Date, blockedUntil: Date) =>
      db.throttle.create({ data: { key: hash(), failures: 9, lastFailedAt, blockedUntil } });

    await Promise.all([
      token(daysAgo(1.01)),
      token(daysAgo(-1), daysAgo(1.01)),
      challenge(daysAgo(1.01)),
      signIn(daysAgo(1.01)),
      throttle(daysAgo(1.01), daysAgo(1.01)),
    ]);
    const kept = {
      tokens: [await token(daysAgo(0.99)), await token(daysAgo(-1), daysAgo(0.5)), await token(daysAgo(-1))],
      challenges: [await challenge(daysAgo(0.99)), await challenge(daysAgo(-1))],
      signIns: [await signIn(daysAgo(0.99)), await signIn(daysAgo(-1))],
      throttles: [await throttle(daysAgo(0.99), daysAgo(2)), await throttle(daysAgo(2), daysAgo(-0.01))],
    };
    for (const times of [1, 2]) {
      await runJob();
      expect(
        {
          tokens: await db.accountToken.findMany({ orderBy: { id: "asc" } }),
          challenges: await db.passkeyChallenge.findMany({ orderBy: { expiresAt: "asc" } }),
          signIns: await db.externalSignIn.findMany({ orderBy: { expiresAt: "asc" } }),
          throttles: await db.throttle.findMany({ orderBy: { lastFailedAt: "desc" } }),
        },
        `after ${times}`,
      ).toEqual(kept);
    }
  });

  it("removes sessions with their tokens 90 days after they ended, by whomever or by themselves", async () => {
    const { userId } = await buildAccount(db);
    const session = async (lastUsedAt: Date, revokedAt: Date | null) => {
      const { id } = await db.session.create({ data: { userId, createdAt: lastUsedAt, lastUsedAt, revokedAt } });
      for (const usedAt of [lastUsedAt, null])
        await db.refreshToken.create({ data: { sessionId: id, tokenHash: hash(), expiresAt: lastUsedAt, usedAt } });
      return id;
    };
    await session(daysAgo(95), daysAgo(90.01));
    await session(daysAgo(97.01), null);
    const kept = [await session(daysAgo(120), daysAgo(89.99)), await session(daysAgo(96.99), null)];
    const living = await session(now, null);
    await runJob();
    const sessions = await db.session.findMany({ where: { userId }, orderBy: { id: "asc" } });
    expect(sessions.map(({ id }) => id)).toEqual([...kept, living]);
    expect(await db.refreshToken.count()).toBe(6);
  });

  it("goes on over more than fits into one statement", async () => {
    await db.passkeyChallenge.createMany({
      data: Array.from({ length: 2001 }, () => ({ challenge: "c", expiresAt: daysAgo(2) })),
    });
    await runJob();
    expect(await db.passkeyChallenge.count({ where: { expiresAt: { lt: daysAgo(1) } } })).toBe(0);
  });

  it("leaves the letters of today usable", async () => {
    const { email, userId } = await buildAccount(db);
    await test.as(anonymous).data(`mutation { requestPasswordReset(input: { email: "${email}" }) { email } }`);
    await runJob();
    expect(await db.accountToken.count({ where: { userId, usedAt: null } })).toBe(1);
  });
});
