import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildOrganization, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { platformPermissionsOf } from "../platform-admin/platform-admin.permissions.js";
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

interface Viewer {
  viewer: { features: string[]; experiments: { feature: string; variant: string }[] };
}
const MINE = "{ viewer { features experiments { feature variant } } }";
const LIST =
  "query ($first: Int) { featureFlags(first: $first) { totalCount edges { node { key rolloutPercent variants { name } } } } }";
const SAVE = `mutation ($input: SaveFeatureFlagInput!) {
  saveFeatureFlag(input: $input) { featureFlag { key isEnabled rolloutPercent roles plans variants { name weight } } }
}`;

const platform = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: permissionsOf("PLATFORM_ADMIN") }));
let flags = 0;
const newFlag = (over: object = {}) => ({
  key: `flag-${(flags += 1)}`,
  description: "The new home.",
  isEnabled: true,
  rolloutPercent: 100,
  ...over,
});
async function featuresOf(over: Parameters<typeof buildViewer>[0] = {}): Promise<string[]> {
  const { id: userId } = await buildUser(db);
  return (await test.as(buildViewer({ userId, ...over })).data<Viewer>(MINE)).viewer.features;
}

describe("001-50: feature flags", () => {
  it("reach the people whom they target, at once, and nobody after the kill switch", async () => {
    const input = newFlag({ roles: ["TEACHER"] });
    await platform().data(SAVE, { input });
    expect(await featuresOf({ role: "TEACHER" })).toContain(input.key);
    expect(await featuresOf({ role: "STUDENT" })).not.toContain(input.key);
    await platform().data(SAVE, { input: { ...input, isEnabled: false } });
    expect(await featuresOf({ role: "TEACHER" })).not.toContain(input.key);
  });

  it("target organizations and their plans", async () => {
    const premium = await buildOrganization(db, { plan: "PREMIUM" });
    const basic = await buildOrganization(db, { plan: "BASIC" });
    const byPlan = newFlag({ plans: ["PREMIUM"] });
    const byId = newFlag({ organizationIds: [basic.id], bucketing: "ORGANIZATION" });
    for (const input of [byPlan, byId]) await platform().data(SAVE, { input });
    const inPremium = await featuresOf({ organizationId: premium.id });
    const inBasic = await featuresOf({ organizationId: basic.id });
    expect([inPremium.includes(byPlan.key), inPremium.includes(byId.key)]).toEqual([true, false]);
    expect([inBasic.includes(byPlan.key), inBasic.includes(byId.key)]).toEqual([false, true]);
  });

  it("tell the person which arm of an experiment they are in, always the same", async () => {
    const input = newFlag({
      variants: [
        { name: "a", weight: 1 },
        { name: "b", weight: 1 },
      ],
    });
    await platform().data(SAVE, { input });
    const { id: userId } = await buildUser(db);
    const client = test.as(buildViewer({ userId }));
    const armOf = async () =>
      (await client.data<Viewer>(MINE)).viewer.experiments.find(({ feature }) => feature === input.key);
    const first = await armOf();
    expect(["a", "b"]).toContain(first?.variant);
    expect(await armOf()).toEqual(first);
  });

  it("of somebody else are nobody's business", async () => {
    await platform().data(SAVE, { input: newFlag() });
    const other = await buildUser(db);
    const { _entities } = await test
      .as(buildViewer())
      .data<{ _entities: object[] }>(
        "query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { features experiments { variant } } } }",
        { people: [{ __typename: "User", id: other.id }] },
      );
    expect(_entities).toEqual([{ features: [], experiments: [] }]);
  });

  it("003-10: are saved by who may, with old and new values in the audit log", async () => {
    const input = newFlag();
    await platform().data(SAVE, { input });
    await platform().data(SAVE, { input: { ...input, rolloutPercent: 20 } });
    const { rows } = await test.owner.query(
      "select action, old_values->>'rolloutPercent' as old, new_values->>'rolloutPercent' as new from app.audit_log where entity_id = $1 order by id",
      [input.key],
    );
    expect(rows).toEqual([
      { action: "feature_flag.created", old: null, new: "100" },
      { action: "feature_flag.updated", old: "100", new: "20" },
    ]);
    const admin = buildViewer({ role: "PLATFORM_ADMIN", permissions: platformPermissionsOf("ADMIN") });
    const owner = buildViewer({ role: "OWNER", permissions: permissionsOf("OWNER") });
    for (const viewer of [admin, owner])
      for (const [operation, variables] of [
        [SAVE, { input }],
        [LIST, {}],
      ] as const)
        expect((await test.as(viewer).run(operation, variables)).errors).toMatchObject([
          { code: "INSUFFICIENT_PERMISSIONS" },
        ]);
    expect((await test.as(anonymous).run(LIST)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("name every bad field at once", async () => {
    const variants = [
      { name: "a", weight: 1 },
      { name: "a", weight: 1 },
    ];
    const input = newFlag({ key: "No!", rolloutPercent: 101, organizationIds: ["x"], variants });
    const { errors } = await platform().run(SAVE, { input });
    expect((errors[0]!.details as { path: string }[]).map(({ path }) => path)).toEqual([
      "input.key",
      "input.rolloutPercent",
      "input.organizationIds.0",
      "input.variants",
    ]);
  });

  it("take the same number of statements for one flag and for many", async () => {
    const client = platform();
    const { id: userId } = await buildUser(db);
    const person = test.as(buildViewer({ userId }));
    await client.data(SAVE, { input: newFlag() });
    const [listed, mine] = [
      await test.statementsOf(() => client.data(LIST, { first: 1 })),
      await test.statementsOf(() => person.data(MINE)),
    ];
    for (let count = 0; count < 5; count++) await client.data(SAVE, { input: newFlag() });
    expect((await test.statementsOf(() => client.data(LIST, { first: 100 }))).length).toBe(listed.length);
    expect((await test.statementsOf(() => person.data(MINE))).length).toBe(mine.length);
  });
});
