import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { anonymous } from "@lentera/kit";
import {
  DEMO_PASSWORD,
  buildAccount,
  buildPlatformAdmin,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";
import { platformPermissionsOf } from "./platform-admin.permissions.js";

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

type PlatformRole = "SUPER_ADMIN" | "ADMIN" | "SUPPORT" | "ANALYST";
function as(role: PlatformRole, userId?: string) {
  const permissions = platformPermissionsOf(role);
  return test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions, ...(userId && { userId }) }));
}

interface Admin {
  id: string;
  role: string;
  department: string;
  isActive: boolean;
}
const CREATE = `mutation ($input: CreatePlatformAdminInput!) {
  createPlatformAdmin(input: $input) { platformAdmin { id role department isActive user { fullName } } }
}`;
const UPDATE = `mutation ($input: UpdatePlatformAdminInput!) {
  updatePlatformAdmin(input: $input) { platformAdmin { id role department isActive } }
}`;
const LIST = `query ($first: Int) { platformAdmins(first: $first) { totalCount edges { node {
  id role user { fullName } lastSignIn { ip } activity(first: 2) { totalCount edges { node { action } } }
} } } }`;
const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { accessToken }
}`;

let keys = 0;
const newAdmin = (over: object = {}) => ({
  email: `admin${(keys += 1)}@example.test`,
  fullName: "Ratna Dewi",
  role: "SUPPORT",
  department: "OPERATIONS",
  idempotencyKey: `key-${keys}`,
  ...over,
});
const claimsOf = (token: string): { role: string; permissions: string[] } =>
  JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()) as { role: string; permissions: string[] };

describe("003-02, 003-43: the platform's own people", () => {
  it("are made by a super admin, get a letter, and have no password yet", async () => {
    const input = newAdmin();
    const { createPlatformAdmin } = await as("SUPER_ADMIN").data<{ createPlatformAdmin: { platformAdmin: Admin } }>(
      CREATE,
      { input },
    );
    expect(createPlatformAdmin.platformAdmin).toMatchObject({
      role: "SUPPORT",
      department: "OPERATIONS",
      isActive: true,
      user: { fullName: "Ratna Dewi" },
    });
    const account = await db.account.findUniqueOrThrow({ where: { email: input.email }, include: { user: true } });
    expect(account).toMatchObject({ passwordHash: null, user: { role: "PLATFORM_ADMIN" } });
    const { rows } = await test.owner.query(
      "select payload->>'template' as template from graphile_worker._private_jobs where payload->>'to' = $1",
      [input.email],
    );
    expect(rows).toEqual([{ template: "platform-admin-invited" }]);
  });

  it("are made once for one key, and another input under the key is a conflict", async () => {
    const client = as("SUPER_ADMIN");
    const input = newAdmin();
    const first = await client.data(CREATE, { input });
    expect(await client.data(CREATE, { input })).toEqual(first);
    const { errors } = await client.run(CREATE, { input: { ...input, role: "ANALYST" } });
    expect(errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("name every bad field at once, and an address that has an account", async () => {
    const client = as("SUPER_ADMIN");
    const bad = await client.run(CREATE, { input: newAdmin({ email: "x", fullName: " " }) });
    expect(bad.errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.email" }, { path: "input.fullName" }] },
    ]);
    const { email } = await buildAccount(db);
    const taken = await client.run(CREATE, { input: newAdmin({ email }) });
    expect(taken.errors).toMatchObject([{ details: [{ path: "input.email", code: "DUPLICATE_ENTRY" }] }]);
  });

  it("003-25: may do what their role says and nothing else", async () => {
    expect(platformPermissionsOf("SUPER_ADMIN")).toEqual(permissionsOf("PLATFORM_ADMIN"));
    expect(platformPermissionsOf(undefined)).toEqual([]);
    for (const role of ["ADMIN", "SUPPORT", "ANALYST"] as const) {
      const { errors } = await as(role).run(CREATE, { input: newAdmin() });
      expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
    for (const role of ["SUPPORT", "ANALYST"] as const) {
      expect(platformPermissionsOf(role).filter((permission) => !permission.endsWith(":read"))).toEqual([]);
      expect((await as(role).run(LIST)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    }
    expect((await test.as(anonymous).run(LIST)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("003-25: carry their role's permissions in their token, and none when nobody made them an admin", async () => {
    const { email } = await buildPlatformAdmin(db, { role: "SUPPORT" });
    const { signIn } = await test
      .as(anonymous)
      .data<{ signIn: { accessToken: string } }>(SIGN_IN, { email, password: DEMO_PASSWORD });
    expect(claimsOf(signIn.accessToken)).toMatchObject({
      role: "PLATFORM_ADMIN",
      permissions: platformPermissionsOf("SUPPORT"),
    });
    const pretender = await buildUser(db, { role: "PLATFORM_ADMIN" });
    const account = await buildAccount(db, { userId: pretender.id });
    const { signIn: other } = await test
      .as(anonymous)
      .data<{ signIn: { accessToken: string } }>(SIGN_IN, { email: account.email, password: DEMO_PASSWORD });
    expect(claimsOf(other.accessToken).role).not.toBe("PLATFORM_ADMIN");
  });

  it("who are deactivated cannot sign in and lose their sessions, until they are active again", async () => {
    await buildPlatformAdmin(db);
    const { userId, email } = await buildPlatformAdmin(db, { role: "ADMIN" });
    await test.as(anonymous).data(SIGN_IN, { email, password: DEMO_PASSWORD });
    const signIn = () => test.as(anonymous).run(SIGN_IN, { email, password: DEMO_PASSWORD });
    await as("SUPER_ADMIN").data(UPDATE, { input: { id: userId, isActive: false } });
    expect((await signIn()).errors).toMatchObject([{ code: "ACCOUNT_INACTIVE" }]);
    expect(await db.session.count({ where: { userId, revokedAt: null } })).toBe(0);
    await as("SUPER_ADMIN").data(UPDATE, { input: { id: userId, isActive: true } });
    expect((await signIn()).errors).toEqual([]);
  });

  it("003-10: who change leave old and new values in the audit log, which is their activity", async () => {
    await buildPlatformAdmin(db);
    const boss = await buildPlatformAdmin(db);
    const { userId } = await buildPlatformAdmin(db, { role: "SUPPORT" });
    await as("SUPER_ADMIN", boss.userId).data(UPDATE, { input: { id: userId, role: "ANALYST" } });
    const { platformAdmin } = await as("ADMIN").data<{ platformAdmin: object }>(
      "query ($id: ID!) { platformAdmin(id: $id) { activity { edges { node { action entityId oldValues newValues } } } } }",
      { id: boss.userId },
    );
    expect(platformAdmin).toMatchObject({
      activity: {
        edges: [
          {
            node: {
              action: "platform_admin.updated",
              entityId: userId,
              oldValues: { role: "SUPPORT" },
              newValues: { role: "ANALYST" },
            },
          },
        ],
      },
    });
  });

  it("are listed with the same number of statements for one and for many", async () => {
    const client = as("ADMIN");
    await buildPlatformAdmin(db);
    const one = await test.statementsOf(() => client.data(LIST, { first: 1 }));
    for (let count = 0; count < 8; count++) await buildPlatformAdmin(db, { role: "ANALYST" });
    const many = await test.statementsOf(() => client.data(LIST, { first: 100 }));
    expect(many.length).toBe(one.length);
  });

  it("do not exist for others: an unknown one is NOT_FOUND, and row level security hides them without any where", async () => {
    await buildPlatformAdmin(db);
    const { errors } = await as("SUPER_ADMIN").run(UPDATE, { input: { id: buildViewer().userId, isActive: false } });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await test.rowsAs(buildViewer(), ["select * from platform_admins"])).toEqual([[]]);
  });
});

describe("the last super admin", () => {
  let alone: TestSubgraph;
  let own: ReturnType<typeof connectOrganization>;
  beforeAll(async () => {
    alone = await startTestSubgraph("organization", createSubgraph);
    own = connectOrganization(alone.ownerUrl);
  });
  afterAll(async () => {
    await own.$disconnect();
    await alone.stop();
  });

  it("stays, whatever is tried at the same time, in the service and in the database", async () => {
    const [first, second] = [await buildPlatformAdmin(own), await buildPlatformAdmin(own)];
    const client = alone.as(
      buildViewer({ role: "PLATFORM_ADMIN", permissions: platformPermissionsOf("SUPER_ADMIN"), userId: first.userId }),
    );
    const results = await Promise.all([
      client.run(UPDATE, { input: { id: first.userId, isActive: false } }),
      client.run(UPDATE, { input: { id: second.userId, role: "ADMIN" } }),
    ]);
    expect(results.flatMap(({ errors }) => errors)).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    for (const sql of ["update platform_admins set role = 'ADMIN'", "delete from platform_admins"])
      await expect(alone.owner.query(sql)).rejects.toThrow("the last super admin stays");
    expect(await own.platformAdmin.count({ where: { role: "SUPER_ADMIN", isActive: true } })).toBe(1);
  });
});
