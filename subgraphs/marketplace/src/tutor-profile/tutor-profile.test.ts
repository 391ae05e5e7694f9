import { randomUUID } from "node:crypto";
import { anonymous, asViewer } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildSubject, buildTutorProfile } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("marketplace", createSubgraph);
});
afterAll(() => test.stop());

const PROFILE = `
  id headline bio teachingModes baseCity status verificationStatus rating ratingCount completedLessonsCount isNew subjects
  hourlyRate { amount currency }
  offerings { level hourlyRate { amount currency } subject { slug name category { name } } }
  user { id }`;
const TUTOR = `query ($id: ID!) { tutor(id: $id) { ${PROFILE} } }`;
const UPDATE = `mutation ($input: UpdateTutorProfileInput!) { updateTutorProfile(input: $input) { tutorProfile { ${PROFILE} } } }`;
interface Updated {
  updateTutorProfile: { tutorProfile: { id: string; status: string; subjects: string[] } };
}

const tutorClient = (userId: string = randomUUID()): TestClient & { viewer: { userId: string } } => {
  const client = test.as(buildViewer({ userId, role: "TUTOR" }));
  return { ...client, viewer: { ...client.viewer, userId } };
};

const valid = {
  headline: "  Guru fisika yang sabar ",
  bio: "Sepuluh tahun mengajar.",
  teachingModes: ["ONLINE", "OFFLINE", "ONLINE"],
  baseCity: "Yogyakarta",
  hourlyRate: "125000",
};

describe("updateTutorProfile", () => {
  it("002-03 002-05: makes a draft the first time, changes it afterwards, and writes both down", async () => {
    const [physics, chemistry] = [
      await buildSubject(test.owner, { name: "Fisika Dasar" }),
      await buildSubject(test.owner, { name: "Kimia Dasar" }),
    ];
    const client = tutorClient();
    const subjects = [
      { subject: physics.slug, level: "SMA" },
      { subject: physics.slug, level: "UNIVERSITY", hourlyRate: "200000" },
      { subject: chemistry.slug, level: "SMA" },
    ];
    const first = await client.data<Updated>(UPDATE, { input: { ...valid, subjects } });
    expect(first.updateTutorProfile.tutorProfile).toMatchObject({
      headline: "Guru fisika yang sabar",
      teachingModes: ["ONLINE", "OFFLINE"],
      baseCity: "Yogyakarta",
      status: "DRAFT",
      verificationStatus: "NONE",
      rating: null,
      isNew: true,
      hourlyRate: { amount: "125000", currency: "IDR" },
      subjects: ["Fisika Dasar", "Kimia Dasar"],
      offerings: [
        {
          level: "SMA",
          hourlyRate: { amount: "125000" },
          subject: { slug: physics.slug, category: { name: "Akademik" } },
        },
        { level: "UNIVERSITY", hourlyRate: { amount: "200000" } },
        { level: "SMA", subject: { slug: chemistry.slug } },
      ],
      user: { id: client.viewer.userId },
    });
    const { id } = first.updateTutorProfile.tutorProfile;
    const kept = await client.data<Updated>(UPDATE, { input: { ...valid, headline: "Guru kimia" } });
    expect(kept.updateTutorProfile.tutorProfile).toMatchObject({
      id,
      headline: "Guru kimia",
      subjects: ["Fisika Dasar", "Kimia Dasar"],
    });
    const replaced = await client.data<Updated>(UPDATE, {
      input: { ...valid, subjects: [{ subject: chemistry.slug, level: "SMP" }] },
    });
    expect(replaced.updateTutorProfile.tutorProfile).toMatchObject({ id, subjects: ["Kimia Dasar"] });
    const { rows } = await test.owner.query(
      "select action, actor_id, old_values->>'headline' as old, new_values->>'headline' as new from app.audit_log where entity_id = $1 order by sequence",
      [id],
    );
    const actor_id = client.viewer.userId;
    expect(rows).toEqual([
      { action: "tutor_profile.created", actor_id, old: null, new: "Guru fisika yang sabar" },
      { action: "tutor_profile.updated", actor_id, old: "Guru fisika yang sabar", new: "Guru kimia" },
      { action: "tutor_profile.updated", actor_id, old: "Guru kimia", new: "Guru fisika yang sabar" },
    ]);
  });

  it("makes one profile when the first is written twice at once", async () => {
    const client = tutorClient();
    const results = await Promise.all([1, 2, 3].map(() => client.data<Updated>(UPDATE, { input: valid })));
    expect(new Set(results.map((result) => result.updateTutorProfile.tutorProfile.id)).size).toBe(1);
  });

  it("names every field that is wrong at once, and keeps nothing", async () => {
    const client = tutorClient();
    const subject = await buildSubject(test.owner);
    const subjects = [
      { subject: "no-such-subject", level: "SMA" },
      { subject: subject.slug, level: "SMA", hourlyRate: "0" },
      { subject: subject.slug, level: "SMA" },
    ];
    const input = {
      headline: " ",
      bio: "x".repeat(5001),
      teachingModes: [],
      baseCity: "",
      hourlyRate: "0.5",
      subjects,
    };
    const { errors } = await client.run(UPDATE, { input });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    const paths = ((errors[0]?.details ?? []) as { path: string }[]).map(({ path }) => path);
    expect(paths.toSorted()).toEqual([
      "input.baseCity",
      "input.bio",
      "input.headline",
      "input.hourlyRate",
      "input.subjects.0.subject",
      "input.subjects.1.hourlyRate",
      "input.subjects.2",
      "input.teachingModes",
    ]);
    const { rows } = await test.owner.query("select from tutor_profiles where user_id = $1", [client.viewer.userId]);
    expect(rows).toEqual([]);
  });

  it("refuses whoever is no tutor, and tutors who are banned", async () => {
    const student = await test.as(buildViewer()).run(UPDATE, { input: valid });
    expect(student.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const nobody = await test.as(anonymous).run(UPDATE, { input: valid });
    expect(nobody.errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const banned = await buildTutorProfile(test.owner, { status: "BANNED", headline: "Sebelum" });
    const refused = await tutorClient(banned.userId).run(UPDATE, { input: valid });
    expect(refused.errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const { rows } = await test.owner.query("select headline from tutor_profiles where id = $1", [banned.id]);
    expect(rows).toEqual([{ headline: "Sebelum" }]);
  });
});

describe("tutor", () => {
  it("002-03: shows an active and verified profile to everybody", async () => {
    const { id, userId } = await buildTutorProfile(test.owner, { ratings: [5, 4, 4, 5] });
    const { tutor } = await test.as(anonymous).data<{ tutor: unknown }>(TUTOR, { id });
    expect(tutor).toMatchObject({ id, user: { id: userId }, rating: 4.5, ratingCount: 4, isNew: false });
  });

  it("002-03: shows a draft and an unverified profile to their owner only", async () => {
    const subject = await buildSubject(test.owner, { name: "Rahasia" });
    const draft = await buildTutorProfile(test.owner, { status: "DRAFT", subjects: [{ subject }] });
    const unverified = await buildTutorProfile(test.owner, { verificationStatus: "PENDING" });
    for (const { id, userId } of [draft, unverified]) {
      for (const client of [test.as(anonymous), tutorClient(), test.as(buildViewer())])
        expect((await client.run(TUTOR, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
      expect(await tutorClient(userId).data(TUTOR, { id })).toMatchObject({ tutor: { id } });
    }
    expect(await tutorClient(draft.userId).data(TUTOR, { id: draft.id })).toMatchObject({
      tutor: { subjects: ["Rahasia"] },
    });
  });

  it("is NOT_FOUND for an unknown tutor and for what is no id", async () => {
    for (const id of [randomUUID(), "not-an-id"])
      expect((await test.as(anonymous).run(TUTOR, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("is there for other subgraphs by its id, and for a person by theirs", async () => {
    const { id, userId } = await buildTutorProfile(test.owner);
    const draft = await buildTutorProfile(test.owner, { status: "DRAFT" });
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on TutorProfile { headline } ... on User { tutorProfile { id } }
    } }`;
    const of = [
      { __typename: "TutorProfile", id },
      { __typename: "User", id: userId },
      { __typename: "User", id: draft.userId },
      { __typename: "User", id: randomUUID() },
    ];
    const { _entities } = await test.as(anonymous).data<{ _entities: unknown }>(query, { of });
    expect(_entities).toEqual([
      { headline: "Guru privat" },
      { tutorProfile: { id } },
      { tutorProfile: null },
      { tutorProfile: null },
    ]);
    const statements = await test.statementsOf(() => test.as(anonymous).data(query, { of: of.slice(1) }));
    expect(statements).toHaveLength(1);
  });
});

describe("row level security", () => {
  it("002-03: without any filter PostgreSQL gives nobody a draft but its owner, nor its subjects or a listing", async () => {
    const subject = await buildSubject(test.owner);
    const draft = await buildTutorProfile(test.owner, { status: "DRAFT", subjects: [{ subject }] });
    const listed = await buildTutorProfile(test.owner, { subjects: [{ subject }] });
    const query = `select (select array_agg(id order by id) from tutor_profiles where id in ($1, $2)) profiles,
      (select count(*)::int from tutor_subjects where tutor_id in ($1, $2)) subjects,
      (select array_agg(tutor_id) from tutor_listings where tutor_id in ($1, $2)) listings`;
    const seenBy = (viewer: Parameters<typeof asViewer>[0]) =>
      asViewer(viewer, async () => (await test.subgraph.pool.query(query, [draft.id, listed.id])).rows[0] as unknown);
    const asStranger = { profiles: [listed.id], subjects: 1, listings: [listed.id] };
    expect(await seenBy(anonymous)).toEqual(asStranger);
    expect(await seenBy(buildViewer({ role: "TUTOR" }))).toEqual(asStranger);
    expect(await seenBy(buildViewer({ userId: draft.userId }))).toEqual({
      profiles: [draft.id, listed.id].toSorted(),
      subjects: 2,
      listings: [listed.id],
    });
  });

  it("lets nobody change another's profile or subjects, nor approve or praise themselves", async () => {
    const mine = await buildTutorProfile(test.owner, { status: "DRAFT", verificationStatus: "NONE" });
    const other = await buildTutorProfile(test.owner);
    const subject = await buildSubject(test.owner);
    const run = (sql: string, ...values: unknown[]) =>
      asViewer(
        buildViewer({ userId: mine.userId, role: "TUTOR" }),
        async () => await test.subgraph.pool.query(sql, values),
      );
    expect((await run("update tutor_profiles set headline = 'x' where id = $1", other.id)).rowCount).toBe(0);
    expect((await run("update tutor_profiles set headline = 'x' where id = $1", mine.id)).rowCount).toBe(1);
    await expect(
      run("insert into tutor_subjects (tutor_id, subject_id, level) values ($1, $2, 'SD')", other.id, subject.id),
    ).rejects.toThrow("row-level security");
    await expect(
      run("insert into subjects (category_id, name, slug) select category_id, 'x', 'x' from subjects limit 1"),
    ).rejects.toThrow("row-level security");
    await expect(run("update tutor_listings set score = 5 returning tutor_id")).resolves.toMatchObject({ rowCount: 0 });
    for (const change of [
      "status = 'ACTIVE'",
      "verification_status = 'APPROVED'",
      "rating_sum = 5, rating_count = 1",
      "completed_lessons_count = 9",
    ])
      await expect(run(`update tutor_profiles set ${change} where id = $1`, mine.id), change).rejects.toThrow(
        "not its owner's to write",
      );
  });
});
