import { type Viewer, anonymous, accessTokenToViewer } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildMembership,
  buildPlatformAdmin,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { platformPermissionsOf } from "../platform-admin/platform-admin.permissions.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const IMPERSONATE = `mutation ($userId: ID!, $reason: String!) {
  impersonate(input: { userId: $userId, reason: $reason }) { accessToken impersonation { id reason startedAt expiresAt endedAt } }
}`;
const END = `mutation ($id: ID!) { endImpersonation(input: { id: $id }) { ended } }`;
const MINE = "{ viewer { impersonations { totalCount edges { node { id reason endedAt admin { fullName } } } } } }";
const REASON = "The student cannot open the tryout (ticket 812).";

interface Payload {
  impersonate: { accessToken: string; impersonation: { id: string; startedAt: string; expiresAt: string } };
}

async function buildAdmin(role: "SUPER_ADMIN" | "ADMIN" | "SUPPORT" = "ADMIN") {
  const { userId } = await buildPlatformAdmin(db, { role });
  return buildViewer({ role: "PLATFORM_ADMIN", userId, permissions: platformPermissionsOf(role) });
}

/** What the gateway makes of a token. */
async function viewerOf(accessToken: string): Promise<Viewer> {
  const keys = await test.subgraph.documents["/.well-known/jwks.json"]!();
  const { payload } = await jwtVerify(accessToken, createLocalJWKSet(keys as { keys: [] }), {
    issuer: "lentera",
    audience: "lentera",
    currentDate: now,
  });
  return accessTokenToViewer(payload);
}

describe("003-43: acting as somebody", () => {
  it("gives a token of 30 minutes that names both, with the person's own permissions and nothing to refresh", async () => {
    const admin = await buildAdmin();
    const { userId, organizationId } = await buildMembership(db, { role: "TEACHER" });
    await buildAccount(db, { userId });
    const { impersonate } = await test.as(admin).data<Payload>(IMPERSONATE, { userId, reason: REASON });
    const { startedAt, expiresAt, id } = impersonate.impersonation;
    expect(Date.parse(expiresAt) - Date.parse(startedAt)).toBe(30 * 60 * 1000);
    expect(await viewerOf(impersonate.accessToken)).toMatchObject({
      userId,
      organizationId,
      role: "TEACHER",
      permissions: permissionsOf("TEACHER"),
      impersonatorId: admin.userId,
      sessionId: id,
    });
    expect(await db.session.count({ where: { userId } })).toBe(0);
  });

  it("tells the person by mail and in their account, and nobody else", async () => {
    const admin = await buildAdmin();
    const { userId, email } = await buildAccount(db);
    await test.as(admin).data<Payload>(IMPERSONATE, { userId, reason: REASON });
    const { rows } = await test.owner.query<{ payload: { template: string; values: object } }>(
      "select payload from graphile_worker._private_jobs where payload->>'to' = $1",
      [email],
    );
    expect(rows).toMatchObject([{ payload: { template: "impersonated", values: { reason: REASON } } }]);
    const { viewer } = await test.as(buildViewer({ userId })).data<{ viewer: object }>(MINE);
    expect(viewer).toMatchObject({ impersonations: { totalCount: 1, edges: [{ node: { reason: REASON } }] } });
    const other = await buildUser(db);
    const { _entities } = await test
      .as(buildViewer({ userId: other.id }))
      .data<{ _entities: object[] }>(
        "query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { impersonations { totalCount } } } }",
        { people: [{ __typename: "User", id: userId }] },
      );
    expect(_entities).toEqual([{ impersonations: { totalCount: 0 } }]);
    expect(await test.rowsAs(buildViewer({ userId: other.id }), ["select * from impersonations"])).toEqual([[]]);
  });

  it("003-10: is written down with the reason, and every entry made meanwhile names both", async () => {
    const admin = await buildAdmin();
    const { userId, organizationId } = await buildMembership(db, { role: "OWNER" });
    await buildAccount(db, { userId });
    const { impersonate } = await test.as(admin).data<Payload>(IMPERSONATE, { userId, reason: REASON });
    const acting = await viewerOf(impersonate.accessToken);
    await test
      .as(acting)
      .data(`mutation { updateSetting(input: { key: "organization.report-footer", value: "x" }) { setting { key } } }`);
    await test.as(acting).data(END, { id: impersonate.impersonation.id });
    const { rows } = await test.owner.query(
      "select action, actor_id, impersonator_id, organization_id, new_values from app.audit_log where actor_id in ($1, $2) order by id",
      [admin.userId, userId],
    );
    expect(rows).toMatchObject([
      { action: "impersonation.started", actor_id: admin.userId, new_values: { userId, reason: REASON } },
      { action: "setting.updated", actor_id: userId, impersonator_id: admin.userId, organization_id: organizationId },
      { action: "impersonation.ended", actor_id: userId, impersonator_id: admin.userId },
    ]);
  });

  it("needs the permission, a reason of 10 characters, and somebody who could sign in", async () => {
    const { userId } = await buildAccount(db);
    const support = await test.as(await buildAdmin("SUPPORT")).run(IMPERSONATE, { userId, reason: REASON });
    expect(support.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const owner = buildViewer({ role: "OWNER", permissions: permissionsOf("OWNER") });
    expect((await test.as(owner).run(IMPERSONATE, { userId, reason: REASON })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
    const admin = test.as(await buildAdmin());
    expect((await admin.run(IMPERSONATE, { userId: "x", reason: "because  " })).errors).toMatchObject([
      { details: [{ path: "input.userId" }, { path: "input.reason" }] },
    ]);
    const suspended = await buildAccount(db, { status: "SUSPENDED" });
    expect((await admin.run(IMPERSONATE, { userId: suspended.userId, reason: REASON })).errors).toMatchObject([
      { code: "ACCOUNT_INACTIVE" },
    ]);
    expect((await admin.run(IMPERSONATE, { userId: buildViewer().userId, reason: REASON })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    expect((await test.as(anonymous).run(IMPERSONATE, { userId, reason: REASON })).errors).toMatchObject([
      { code: "UNAUTHORIZED" },
    ]);
  });

  it("is never as another platform admin, active or not", async () => {
    const admin = test.as(await buildAdmin("SUPER_ADMIN"));
    for (const isActive of [true, false]) {
      const { userId } = await buildPlatformAdmin(db, { role: "ANALYST", isActive });
      const { errors } = await admin.run(IMPERSONATE, { userId, reason: REASON });
      expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
  });

  it("ends once, by its admin only", async () => {
    const admin = await buildAdmin();
    const { userId } = await buildAccount(db);
    const { impersonate } = await test.as(admin).data<Payload>(IMPERSONATE, { userId, reason: REASON });
    const { id } = impersonate.impersonation;
    expect((await test.as(await buildAdmin()).run(END, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await test.as(buildViewer({ userId })).run(END, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await test.as(admin).data(END, { id })).toEqual({ endImpersonation: { ended: true } });
    expect(await test.as(admin).data(END, { id })).toEqual({ endImpersonation: { ended: false } });
  });

  it("leaves what only the person may do out of reach", async () => {
    const { userId } = await buildAccount(db);
    const acting = { ...buildViewer({ userId }), impersonatorId: buildViewer().userId };
    for (const mutation of [
      'requestDataExport(input: { idempotencyKey: "a" }) { dataExport { id } }',
      'requestErasure(input: { idempotencyKey: "a" }) { erasure { id } }',
    ]) {
      const { errors } = await test.as(acting).run(`mutation { ${mutation} }`);
      expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
  });
});
