import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  DEMO_PASSWORD,
  buildAccount,
  buildClass,
  buildMembership,
  buildOrganization,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";
import { type SmtpForTests, startSmtp } from "../testing/smtp.js";
import { staffViewer } from "../testing/viewers.js";

let test: TestSubgraph;
let smtp: SmtpForTests;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();

beforeAll(async () => {
  smtp = await startSmtp();
  const environment = { SMTP_URL: smtp.url };
  test = await startTestSubgraph("organization", createSubgraph, { environment, clock: () => now });
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
  await smtp.stop();
});

const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id role permissions } } }`;
const ACCEPT = `mutation ($token: String!) { acceptInvitation(input: { token: $token }) { membership { id role permissions user { id } } } }`;
const CHANGE = `mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { membership { role permissions hasCustomPermissions } } }`;
const REMOVE = `mutation ($id: ID!) { removeMember(input: { membershipId: $id }) { membershipId } }`;
const REVOKE = `mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitationId } }`;
const MEMBERS = `query ($first: Int, $after: String) {
  members(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id role user { fullName } } } }
}`;

async function school(over: object = {}) {
  const { id } = await buildOrganization(db, over);
  const owner = await buildMembership(db, { organizationId: id, role: "OWNER" });
  return { id, owner, as: (role: "OWNER" | "ADMIN" | "TEACHER") => test.as(staffViewer(id, role, owner.userId)) };
}
async function person(email: string) {
  const { id } = await buildUser(db, { role: "TUTOR" });
  await buildAccount(db, { userId: id, email });
  return test.as(buildViewer({ userId: id, role: "TUTOR" }));
}
async function tokenFor(email: string): Promise<string> {
  const letter = await eventually(async () => smtp.letters.findLast(({ to }) => to.includes(email)));
  return decodeURIComponent(/#token=([\w%-]+)/.exec(letter.text)?.[1] ?? "");
}
const invite = (email: string, role = "TEACHER", more: object = {}) => ({
  input: { email, role, idempotencyKey: `${email} ${role}`, ...more },
});

describe("003-13, 003-44: invitations", () => {
  it("000-49: arrive by mail, are stored as a hash, and make a member once", async () => {
    const { id, as } = await school();
    await as("ADMIN").data(INVITE, invite("Guru.Baru@example.test"));
    const token = await tokenFor("guru.baru@example.test");
    const { rows } = await test.owner.query("select *, encode(token_hash, 'escape') from invitations");
    expect(JSON.stringify(rows)).not.toContain(token);
    const invited = await person("guru.baru@example.test");
    const accepted = await invited.data<{ acceptInvitation: { membership: object } }>(ACCEPT, { token });
    expect(accepted.acceptInvitation.membership).toMatchObject({
      role: "TEACHER",
      permissions: permissionsOf("TEACHER"),
      user: { id: invited.viewer.userId },
    });
    expect((await invited.run(ACCEPT, { token })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const audited = await test.owner.query("select action from app.audit_log where organization_id = $1", [id]);
    expect(audited.rows).toEqual([{ action: "invitation.sent" }, { action: "member.joined" }]);
  });

  it("are good for the address they were sent to, for 7 days, and until a new or no one stands", async () => {
    const { as } = await school();
    const admin = as("ADMIN");
    const email = "tamu@example.test";
    const sent = await admin.data<{ inviteMember: { invitation: { id: string } } }>(INVITE, invite(email));
    const token = await tokenFor(email);
    const thief = await person("lain@example.test");
    expect((await thief.run(ACCEPT, { token })).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    expect((await thief.run(ACCEPT, { token: "made-up" })).errors).toMatchObject([{ code: "INVALID_TOKEN" }]);
    const invited = await person(email);
    const today = now;
    now = new Date(today.getTime() + 7 * 86_400_000 + 1);
    expect((await invited.run(ACCEPT, { token })).errors).toMatchObject([{ code: "TOKEN_EXPIRED" }]);
    now = today;
    const { id } = sent.inviteMember.invitation;
    await admin.data(REVOKE, { id });
    expect((await invited.run(ACCEPT, { token })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect((await admin.run(REVOKE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await test.as(anonymous).run(ACCEPT, { token })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("C-05, C-06: give at most what the inviter has, and a viewer only reading", async () => {
    const { as } = await school();
    const refused = [
      await as("ADMIN").run(INVITE, invite("a@example.test", "OWNER")),
      await as("TEACHER").run(INVITE, invite("a@example.test", "VIEWER")),
    ];
    for (const { errors } of refused) expect(errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    for (const [role, permissions] of [
      ["STAFF", ["students:read", "payments:refund"]],
      ["VIEWER", ["students:read", "students:delete"]],
    ] as const) {
      const { errors } = await as("ADMIN").run(INVITE, invite("a@example.test", role, { permissions }));
      expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.permissions.1" }] }]);
    }
    const student = await as("OWNER").run(INVITE, invite("not an address", "STUDENT"));
    expect(student.errors[0]!.details).toMatchObject([{ path: "input.email" }, { path: "input.role" }]);
    const custom = await as("ADMIN").data(
      INVITE,
      invite("b@example.test", "STAFF", { permissions: ["students:read"] }),
    );
    expect(custom).toMatchObject({ inviteMember: { invitation: { permissions: ["students:read"] } } });
  });

  it("003-01: count against the plan's staff, and no two take the last place", async () => {
    const { id, as } = await school({ maxStaff: 2 });
    await as("ADMIN").data(INVITE, invite("satu@example.test"));
    const full = await as("ADMIN").run(INVITE, invite("dua@example.test"));
    expect(full.errors).toMatchObject([{ code: "LIMIT_EXCEEDED", details: [{ path: "organization.maxStaff" }] }]);
    const token = await tokenFor("satu@example.test");
    await buildMembership(db, { organizationId: id });
    const late = await (await person("satu@example.test")).run(ACCEPT, { token });
    expect(late.errors).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  });
});

describe("003-44: members", () => {
  it("are listed page by page, in the same number of statements for few and for many", async () => {
    const { id, as } = await school();
    const admin = as("ADMIN");
    const few = await test.statementsOf(() => admin.data(MEMBERS));
    for (let index = 0; index < 5; index++) await buildMembership(db, { organizationId: id });
    const many = await test.statementsOf(() => admin.data(MEMBERS));
    expect(many.length).toBe(few.length);
    const { members } = await admin.data<{ members: { totalCount: number; pageInfo: { endCursor: string } } }>(
      MEMBERS,
      {
        first: 4,
      },
    );
    expect(members.totalCount).toBe(6);
    const rest = await admin.data(MEMBERS, { first: 4, after: members.pageInfo.endCursor });
    expect(rest).toMatchObject({ members: { pageInfo: { hasNextPage: false }, edges: { length: 2 } } });
    expect((await as("TEACHER").run(MEMBERS)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("003-25: with another role may do something else from their next token on", async () => {
    const { id, as } = await school();
    const member = await buildMembership(db, { organizationId: id, role: "ADMIN" });
    const { email } = await buildAccount(db, { userId: member.userId });
    const nobody = test.as(anonymous);
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${DEMO_PASSWORD}" }) { accessToken refreshToken } }`;
    const { signIn: first } = await nobody.data<{ signIn: { accessToken: string; refreshToken: string } }>(signIn);
    expect(decodeJwt(first.accessToken)).toMatchObject({ role: "ADMIN", permissions: permissionsOf("ADMIN") });
    const permissions = ["classes:read"];
    const input = { membershipId: member.id, role: "VIEWER", permissions };
    expect(await as("OWNER").data(CHANGE, { input })).toEqual({
      changeMemberRole: { membership: { role: "VIEWER", permissions, hasCustomPermissions: true } },
    });
    const refresh = `mutation { refreshSession(input: { refreshToken: "${first.refreshToken}" }) { accessToken } }`;
    const { refreshSession } = await nobody.data<{ refreshSession: { accessToken: string } }>(refresh);
    expect(decodeJwt(refreshSession.accessToken)).toMatchObject({ role: "VIEWER", permissions });
  });

  it("keep an owner, whoever tries, at once, and in the database", async () => {
    const { id, owner, as } = await school();
    expect((await as("OWNER").run(REMOVE, { id: owner.id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const demote = { input: { membershipId: owner.id, role: "ADMIN" } };
    expect((await as("OWNER").run(CHANGE, demote)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await expect(test.owner.query("delete from memberships where id = $1", [owner.id])).rejects.toThrow("one owner");
    await expect(test.owner.query("update memberships set role = 'ADMIN' where id = $1", [owner.id])).rejects.toThrow(
      "one owner",
    );
    const second = await buildMembership(db, { organizationId: id, role: "OWNER" });
    const both = await Promise.all([owner, second].map((each) => as("OWNER").run(REMOVE, { id: each.id })));
    expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    const left = await test.owner.query("select 1 from memberships where organization_id = $1 and role = 'OWNER'", [
      id,
    ]);
    expect(left.rowCount).toBe(1);
  });

  it("are removed with their classes, by somebody who has no less than they; or leave", async () => {
    const { id, owner } = await school();
    const teacher = await buildMembership(db, { organizationId: id, role: "TEACHER" });
    await buildClass(db, { organizationId: id, teacherIds: [teacher.userId] });
    const upwards = await test.as(staffViewer(id, "ADMIN")).run(REMOVE, { id: owner.id });
    expect(upwards.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const colleague = test.as(staffViewer(id, "TEACHER"));
    expect((await colleague.run(REMOVE, { id: teacher.id })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
    const leaving = test.as(staffViewer(id, "TEACHER", teacher.userId));
    expect(await leaving.data(REMOVE, { id: teacher.id })).toEqual({ removeMember: { membershipId: teacher.id } });
    const left = await test.owner.query("select 1 from class_teachers where teacher_id = $1", [teacher.userId]);
    expect(left.rowCount).toBe(0);
    const strangers = await school();
    expect((await strangers.as("OWNER").run(REMOVE, { id: owner.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});
