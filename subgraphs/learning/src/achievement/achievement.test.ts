import { randomUUID } from "node:crypto";
import { type EventEnvelope, asSystem } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LearningContext } from "../context.js";
import { createSubgraph } from "../subgraph.js";
import { award } from "../xp/xp.service.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let ctx: LearningContext;
const now = new Date();
const heard: EventEnvelope[] = [];

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph);
  db = connectLearning(test.ownerUrl);
  const identity = { viewer: buildViewer(), requestId: "test", language: "en" } as const;
  ctx = new LearningContext(db, identity, test.pubSub, () => now);
  await test.events.subscribe("test", ["achievement.granted"], async (event) => void heard.push(event));
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const earn = (userId: string, earnedAt = now) => {
  const earning = { userId, organizationId: null, source: `test:${randomUUID()}`, kind: "TRYOUT" as const, points: 60 };
  return asSystem(() => ctx.transaction((tx) => award(tx, [{ ...earning, earnedAt }], now)));
};
const ACHIEVEMENTS = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User {
  achievements { code name tiers { tier progress grantedAt } } } } }`;
type Shown = { code: string; name: string; tiers: { tier: string; progress: number; grantedAt: string | null }[] };

async function achievements(userId: string, language: "id" | "en" = "en", viewScores = true): Promise<Shown[] | null> {
  const people = [{ __typename: "User", id: userId, viewerAccess: { viewScores } }];
  const client = test.as(buildViewer({ userId }), language);
  const { _entities } = await client.data<{ _entities: [{ achievements: Shown[] | null }] }>(ACHIEVEMENTS, { people });
  return _entities[0].achievements;
}

describe("000-33: achievements", () => {
  it("are granted once, however concurrently they are reached, and told of once", async () => {
    const userId = randomUUID();
    await Promise.all(Array.from({ length: 10 }, () => earn(userId)));
    const { rows } = await test.owner.query("select code, tier from achievement_grants where user_id = $1", [userId]);
    expect(rows.map(({ code, tier }) => `${code} ${tier}`).toSorted()).toEqual([
      "COLLECTOR BRONZE",
      "FINISHER BRONZE",
      "FINISHER SILVER",
    ]);
    await test.subgraph.jobsDone();
    const told = heard.filter(({ data }) => JSON.stringify(data).includes(userId));
    expect(told).toHaveLength(3);
    await expect(test.owner.query("delete from achievement_grants")).rejects.toThrow("never changed");
  });

  it("show how far the learner has come, in the reader's language, to whom the scores may be shown", async () => {
    const userId = randomUUID();
    await earn(userId);
    const [finisher] = (await achievements(userId))!;
    expect(finisher).toMatchObject({
      code: "FINISHER",
      name: "Finisher",
      tiers: [
        { tier: "BRONZE", progress: 1, grantedAt: now.toISOString() },
        { tier: "SILVER", progress: 0.1, grantedAt: null },
        { tier: "GOLD", progress: 0.02 },
      ],
    });
    expect((await achievements(userId, "id"))![0]!.name).toBe("Penuntas");
    expect(await achievements(userId, "en", false)).toBeNull();
    expect((await achievements(randomUUID()))![0]!.tiers[0]).toEqual({ tier: "BRONZE", progress: 0, grantedAt: null });
    expect(await test.rowsAs(buildViewer(), ["select * from achievement_grants"])).toEqual([[]]);
  });

  it("of long ago are granted without telling anybody", async () => {
    const userId = randomUUID();
    await earn(userId, new Date(now.getTime() - 30 * 24 * 60 * 60 * 1000));
    await test.subgraph.jobsDone();
    expect((await achievements(userId))![0]!.tiers[0]!.progress).toBe(1);
    expect(heard.filter(({ data }) => JSON.stringify(data).includes(userId))).toEqual([]);
  });
});
