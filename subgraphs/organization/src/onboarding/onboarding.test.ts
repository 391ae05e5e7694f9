import { type EventEnvelope, anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildClass,
  buildMembership,
  buildOrganization,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { platformViewer, staffViewer } from "../testing/viewers.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
const heard: EventEnvelope[] = [];

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
  await test.events.subscribe("listener", ["organization.approved"], async (event) => void heard.push(event));
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const FIELDS = "application { id status note organization { id } }";
const START = `mutation ($input: StartOnboardingInput!) { startOnboarding(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateOnboardingInput!) { updateOnboarding(input: $input) { ${FIELDS} } }`;
const SUBMIT = `mutation ($id: ID!) { submitOnboarding(input: { applicationId: $id }) { ${FIELDS} } }`;
const APPROVE = `mutation ($id: ID!) { approveOnboarding(input: { applicationId: $id }) { ${FIELDS} } }`;
const REJECT = `mutation ($id: ID!, $note: String!) { rejectOnboarding(input: { applicationId: $id, note: $note }) { ${FIELDS} } }`;
const RETURN = `mutation ($id: ID!, $note: String!) { requestOnboardingChanges(input: { applicationId: $id, note: $note }) { ${FIELDS} } }`;
const ONE = `query ($id: ID!) { onboardingApplication(id: $id) { id status applicant { id } } }`;

const profile = {
  contactEmail: "kantor@sekolah.example",
  phone: "+622112345678",
  address: "Jl. Merdeka 1",
  city: "Bandung",
  province: "Jawa Barat",
  postalCode: "40111",
  taxId: "01.234.567.8-901.000",
};

async function applicant() {
  const { id } = await buildUser(db, { role: "BUSINESS_OWNER" });
  return test.as(buildViewer({ userId: id, role: "BUSINESS_OWNER" }));
}
async function start(client: Awaited<ReturnType<typeof applicant>>, over: object = {}): Promise<string> {
  const input = { name: "SMA Harapan", kind: "SCHOOL", plan: "PREMIUM", profile, idempotencyKey: "1", ...over };
  const { startOnboarding } = await client.data<{ startOnboarding: { application: { id: string } } }>(START, { input });
  return startOnboarding.application.id;
}

describe("003-42: onboarding", () => {
  it("003-22, C-13, C-14: draft, submitted, returned, submitted again and approved: the organization works on trial", async () => {
    const client = await applicant();
    const platform = test.as(platformViewer());
    const id = await start(client);
    await client.data(SUBMIT, { id });
    const note = "Please attach the operating licence.";
    expect(await platform.data(RETURN, { id, note })).toMatchObject({
      requestOnboardingChanges: { application: { status: "CHANGES_REQUESTED", note } },
    });
    await client.data(UPDATE, { input: { applicationId: id, profile: { businessLicense: "NIB 812" } } });
    await client.data(SUBMIT, { id });
    const approved = await platform.data<{ approveOnboarding: { application: { organization: { id: string } } } }>(
      APPROVE,
      { id },
    );
    const organizationId = approved.approveOnboarding.application.organization.id;
    const owner = test.as(staffViewer(organizationId, "OWNER", client.viewer.userId ?? ""));
    const query = `query ($id: ID!) { organization(id: $id) {
      name status plan maxStudents features contactEmail phone address city province postalCode taxId businessLicense
    } }`;
    expect(await owner.data(query, { id: organizationId })).toEqual({
      organization: {
        name: "SMA Harapan",
        status: "TRIAL",
        plan: "PREMIUM",
        maxStudents: 1000,
        businessLicense: "NIB 812",
        features: ["STUDENT_MANAGEMENT", "BASIC_ANALYTICS", "CUSTOM_TRYOUTS", "ADVANCED_ANALYTICS"],
        ...profile,
      },
    });
    const classes = `mutation { createClass(input: { name: "X", gradeLevel: "10", academicYear: "2026/2027", idempotencyKey: "1" }) { class { id } } }`;
    expect((await owner.run(classes)).errors).toEqual([]);
    const event = await eventually(async () =>
      heard.find(({ data }) => (data as { organizationId: string }).organizationId === organizationId),
    );
    expect(event.data).toEqual({ organizationId, ownerId: client.viewer.userId, kind: "SCHOOL", plan: "PREMIUM" });
    const { rows } = await test.owner.query("select encrypted_tax_id from organizations where id = $1", [
      organizationId,
    ]);
    expect(JSON.stringify(rows)).not.toContain("234.567");
  });

  it("approving twice makes one organization and one event", async () => {
    const client = await applicant();
    const id = await start(client);
    await client.data(SUBMIT, { id });
    const platform = test.as(platformViewer());
    const before = heard.length;
    const both = await Promise.all([platform.run(APPROVE, { id }), platform.run(APPROVE, { id })]);
    expect(both.filter(({ errors }) => errors.length === 0).length).toBeGreaterThanOrEqual(1);
    const again = await platform.data<object>(APPROVE, { id });
    expect(again).toMatchObject({ approveOnboarding: { application: { status: "APPROVED" } } });
    const { userId } = client.viewer;
    const owned = await test.owner.query("select 1 from memberships where user_id = $1 and role = 'OWNER'", [userId]);
    expect(owned.rowCount).toBe(1);
    await test.subgraph.jobsDone();
    expect(heard.length).toBe(before + 1);
  });

  it("says everything that is missing at once, and everything that is wrong", async () => {
    const client = await applicant();
    const id = await start(client, { profile: null });
    const incomplete = await client.run(SUBMIT, { id });
    expect(incomplete.errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    expect(incomplete.errors[0]!.details).toHaveLength(6);
    const wrong = { name: "", kind: "SCHOOL", idempotencyKey: "2", profile: { phone: "0812", postalCode: "x" } };
    const { errors } = await client.run(START, { input: wrong });
    expect((errors[0]!.details as { path: string }[]).map(({ path }) => path)).toEqual([
      "input.name",
      "input.profile.phone",
      "input.profile.postalCode",
    ]);
  });

  it("the same key gives the same application, another input is a conflict", async () => {
    const client = await applicant();
    const id = await start(client);
    expect(await start(client)).toBe(id);
    const input = { name: "Lain", kind: "SCHOOL", idempotencyKey: "1" };
    expect((await client.run(START, { input })).errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("is decided by the platform alone, and only after it was submitted", async () => {
    const client = await applicant();
    const id = await start(client);
    expect((await client.run(APPROVE, { id })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const platform = test.as(platformViewer());
    expect((await platform.run(APPROVE, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await client.data(SUBMIT, { id });
    const late = await client.run(UPDATE, { input: { applicationId: id, name: "Lain" } });
    expect(late.errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await platform.data(REJECT, { id, note: "This is not a school." });
    expect((await client.run(SUBMIT, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });

  it("is nobody else's business", async () => {
    const id = await start(await applicant());
    const stranger = await applicant();
    expect((await stranger.run(ONE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await stranger.run(SUBMIT, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await test.as(anonymous).run(ONE, { id })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect(await test.rowsAs(stranger.viewer, ["select * from onboarding_applications"])).toEqual([[]]);
  });

  it("pages of applications take the same number of statements for one and for many", async () => {
    const platform = test.as(platformViewer());
    const query =
      "{ onboardingApplications(status: DRAFT, first: 100) { totalCount edges { node { id applicant { fullName } organization { name } } } } }";
    await start(await applicant());
    const few = await test.statementsOf(() => platform.data(query));
    for (let index = 0; index < 5; index++) await start(await applicant());
    expect((await test.statementsOf(() => platform.data(query))).length).toBe(few.length);
  });
});

const SUSPEND = `mutation ($id: ID!, $reason: String!) {
  suspendOrganization(input: { organizationId: $id, reason: $reason }) { organization { status suspensionReason } }
}`;
const REACTIVATE = SUSPEND.replace("suspendOrganization", "reactivateOrganization");
const PLAN = `mutation ($input: ChangeOrganizationPlanInput!) {
  changeOrganizationPlan(input: $input) { organization { plan maxStudents maxClasses features } }
}`;
const RENAME = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { organization { name phone } } }`;
const CREATE_CLASS = `mutation ($name: String!) {
  createClass(input: { name: $name, gradeLevel: "10", academicYear: "2026/2027", idempotencyKey: $name }) { class { id } }
}`;

describe("003-41: an organization", () => {
  it("that is suspended can be read and not changed, until it is reactivated; both are in the audit", async () => {
    const { id } = await buildOrganization(db);
    const platform = test.as(platformViewer());
    const admin = test.as(staffViewer(id, "ADMIN"));
    const reason = "Invoices are unpaid since May.";
    expect(await platform.data(SUSPEND, { id, reason })).toEqual({
      suspendOrganization: { organization: { status: "SUSPENDED", suspensionReason: reason } },
    });
    expect((await admin.run(CREATE_CLASS, { name: "a" })).errors).toMatchObject([{ code: "TENANT_SUSPENDED" }]);
    expect((await admin.run(RENAME, { input: { name: "x" } })).errors).toMatchObject([{ code: "TENANT_SUSPENDED" }]);
    expect((await admin.run("{ classes { totalCount } }")).errors).toEqual([]);
    expect((await platform.run(SUSPEND, { id, reason })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await platform.data(REACTIVATE, { id, reason: "Everything was paid." });
    expect((await admin.run(CREATE_CLASS, { name: "a" })).errors).toEqual([]);
    const { rows } = await test.owner.query<{ action: string }>(
      "select action from app.audit_log where organization_id = $1 order by sequence",
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "organization.suspended",
      "organization.reactivated",
      "class.created",
    ]);
  });

  it("C-14: on trial works, an expired one only reads", async () => {
    const trial = await buildOrganization(db, { status: "TRIAL" });
    const expired = await buildOrganization(db, { status: "EXPIRED" });
    expect((await test.as(staffViewer(trial.id, "ADMIN")).run(CREATE_CLASS, { name: "a" })).errors).toEqual([]);
    const refused = await test.as(staffViewer(expired.id, "ADMIN")).run(CREATE_CLASS, { name: "a" });
    expect(refused.errors).toMatchObject([{ code: "SUBSCRIPTION_EXPIRED" }]);
  });

  it("is suspended and gets its plan from the platform alone, even in the database", async () => {
    const { id } = await buildOrganization(db);
    const owner = staffViewer(id, "OWNER");
    const suspended = await test.as(owner).run(SUSPEND, { id, reason: "I feel like it today." });
    expect(suspended.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const upgraded = await test.as(owner).run(PLAN, { input: { organizationId: id, plan: "ENTERPRISE" } });
    expect(upgraded.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    await expect(test.rowsAs(owner, ["update organizations set max_students = 1000000"])).rejects.toThrow(
      "Only the platform",
    );
  });

  it("000-48, 003-01: has the plan's limits, or others that were agreed, and they hold", async () => {
    const { id } = await buildOrganization(db);
    const input = {
      organizationId: id,
      plan: "BASIC",
      maxClasses: 2,
      features: [{ feature: "API_ACCESS", isEnabled: true }],
    };
    expect(await test.as(platformViewer()).data(PLAN, { input })).toEqual({
      changeOrganizationPlan: {
        organization: {
          plan: "BASIC",
          maxStudents: 50,
          maxClasses: 2,
          features: ["STUDENT_MANAGEMENT", "BASIC_ANALYTICS", "API_ACCESS"],
        },
      },
    });
    const admin = test.as(staffViewer(id, "ADMIN"));
    const results = await Promise.all(["a", "b", "c", "d"].map((name) => admin.run(CREATE_CLASS, { name })));
    const refused = results.filter(({ errors }) => errors.length > 0);
    expect(refused.map(({ errors }) => errors[0])).toMatchObject([
      { code: "LIMIT_EXCEEDED", details: [{ path: "organization.maxClasses" }] },
      { code: "LIMIT_EXCEEDED" },
    ]);
  });

  it("000-48: changes its own profile, checked field by field, and nobody else's", async () => {
    const { id } = await buildOrganization(db);
    const other = await buildOrganization(db, { name: "Sekolah Lain" });
    const admin = test.as(staffViewer(id, "ADMIN"));
    expect(await admin.data(RENAME, { input: { name: "SMA 3", profile: { phone: "+6281234567890" } } })).toEqual({
      updateOrganization: { organization: { name: "SMA 3", phone: "+6281234567890" } },
    });
    const foreign = await admin.run(RENAME, { input: { organizationId: other.id, name: "Milik saya" } });
    expect(foreign.errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const teacher = await test.as(staffViewer(id, "TEACHER")).run(RENAME, { input: { name: "x" } });
    expect(teacher.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const bad = await admin.run(RENAME, { input: { profile: { contactEmail: "x", taxId: "1" } } });
    expect(bad.errors[0]!.details).toMatchObject([
      { path: "input.profile.contactEmail" },
      { path: "input.profile.taxId" },
    ]);
  });

  it("000-54: in numbers, for its staff", async () => {
    const { organizationId: id } = await buildMembership(db, { role: "ADMIN" });
    await buildClass(db, { organizationId: id });
    const query =
      "query ($id: ID!) { organization(id: $id) { taxId statistics { activeStudentCount classCount staffCount } } }";
    expect(await test.as(staffViewer(id, "VIEWER")).data(query, { id })).toEqual({
      organization: { taxId: null, statistics: { activeStudentCount: 0, classCount: 1, staffCount: 1 } },
    });
    const student = test.as(buildViewer({ organizationId: id }));
    expect(await student.data(query, { id })).toEqual({ organization: { taxId: null, statistics: null } });
    const stranger = test.as(staffViewer((await buildOrganization(db)).id, "ADMIN"));
    expect((await stranger.run(query, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});
