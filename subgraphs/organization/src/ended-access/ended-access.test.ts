import { randomBytes } from "node:crypto";
import { system } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildGuardianLink,
  buildOrganization,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const ENDED = "query ($since: DateTime!) { endedAccess(since: $since) { kind id } }";

describe("001-40: access that has ended", () => {
  const ended = async (since: Date): Promise<{ kind: string; id: string }[]> =>
    (await test.as(system).data<{ endedAccess: { kind: string; id: string }[] }>(ENDED, { since: since.toISOString() }))
      .endedAccess;

  it("tells the gateway of sessions that were signed out everywhere", async () => {
    const { userId } = await buildAccount(db);
    const sessions = await db.session.createManyAndReturn({ data: [{ userId }, { userId }] });
    const since = new Date(Date.now() - 1000);
    expect(await ended(since)).toEqual([]);
    const kept = sessions[0]!.id;
    await test
      .as({ ...buildViewer({ userId }), sessionId: kept })
      .data("mutation { revokeOtherSessions { endedSessions } }");
    expect(await ended(since)).toEqual([{ kind: "SESSION", id: sessions[1]!.id }]);
    expect(await ended(new Date(Date.now() + 1000))).toEqual([]);
  });

  it("tells of impersonations, keys and guardians, in one statement", async () => {
    const since = new Date(Date.now() + 60_000);
    const endedAt = new Date(since.getTime() + 1000);
    const [admin, person, guardian] = await Promise.all([buildUser(db), buildUser(db), buildUser(db)]);
    const impersonation = await db.impersonation.create({
      data: { adminId: admin.id, userId: person.id, reason: "A ticket that needs it.", expiresAt: endedAt, endedAt },
    });
    const organization = await buildOrganization(db);
    const key = await db.apiKey.create({
      data: {
        organizationId: organization.id,
        name: "integration",
        prefix: "lnt_live_Ab3d",
        secretHash: randomBytes(32),
        scopes: [],
        mode: "LIVE",
        createdById: admin.id,
        revokedAt: endedAt,
      },
    });
    await buildGuardianLink(db, {
      guardianId: guardian.id,
      studentId: person.id,
      status: "REVOKED",
      verifiedAt: since,
      endedAt,
      endReason: "STUDENT",
    });
    const statements = await test.statementsOf(async () => {
      expect((await ended(since)).toSorted((one, other) => one.kind.localeCompare(other.kind))).toEqual([
        { kind: "API_KEY", id: key.id },
        { kind: "SESSION", id: impersonation.id },
        { kind: "USER", id: guardian.id },
      ]);
    });
    expect(statements).toHaveLength(1);
  });

  it("tells nobody but the gateway", async () => {
    const variables = { since: new Date(0).toISOString() };
    const { errors } = await test.as(buildViewer({ role: "PLATFORM_ADMIN" })).run(ENDED, variables);
    expect(errors?.[0]).toMatchObject({ code: "INSUFFICIENT_PERMISSIONS" });
  });
});
