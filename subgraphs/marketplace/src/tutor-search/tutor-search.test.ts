import { randomUUID } from "node:crypto";
import { anonymous, asViewer, validate } from "@lentera/kit";
import { type TestClient, type TestSubgraph, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { type BuiltSubject, buildSubject, buildTutorProfile } from "@lentera/prisma/factories";
import { Prisma } from "@lentera/prisma/marketplace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "../context.js";
import { createSubgraph } from "../subgraph.js";
import { type TutorFilter, type TutorOrder, tutorFilterRules } from "./tutor-search.input.js";
import { type Criteria, criteriaOf } from "./tutor-search.rules.js";
import { findHits } from "./tutor-search.store.js";

let test: TestSubgraph;
let visitor: TestClient;
beforeAll(async () => {
  test = await startTestSubgraph("marketplace", createSubgraph);
  visitor = test.as(anonymous);
});
afterAll(() => test.stop());

const TUTORS = `query ($first: Int, $after: String, $filter: TutorFilter, $orderBy: TutorOrder! = RECOMMENDED) {
  tutors(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { id isNew rating ratingCount hourlyRate { amount currency } subjects user { id } } }
  }
}`;
interface Tutors {
  tutors: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: {
      node: {
        id: string;
        isNew: boolean;
        rating: number | null;
        ratingCount: number;
        subjects: string[];
        user: { id: string };
      };
    }[];
  };
}

async function find(filter: Record<string, unknown>, orderBy = "RECOMMENDED"): Promise<string[]> {
  const { tutors } = await visitor.data<Tutors>(TUTORS, { filter, orderBy, first: 100 });
  expect(tutors.totalCount).toBe(tutors.edges.length);
  return tutors.edges.map(({ node }) => node.id);
}

describe("the filter", () => {
  it("002-25: finds by subject and level, city, mode and rate", async () => {
    const [physics, music] = [await buildSubject(test.owner), await buildSubject(test.owner)];
    const city = `Kota ${randomUUID()}`;
    const a = await buildTutorProfile(test.owner, {
      baseCity: city,
      subjects: [{ subject: physics, level: "SMA" }],
      hourlyRateMinor: 60_000,
    });
    const b = await buildTutorProfile(test.owner, {
      baseCity: city,
      teachingModes: ["OFFLINE", "ONLINE"],
      hourlyRateMinor: 90_000,
      subjects: [
        { subject: physics, level: "SD" },
        { subject: music, level: "SMA" },
      ],
    });
    const both = [a.id, b.id].toSorted();
    expect((await find({ subject: physics.slug })).toSorted()).toEqual(both);
    expect(await find({ subject: physics.slug, level: "SMA" })).toEqual([a.id]);
    expect((await find({ city: city.toUpperCase(), level: "SMA" })).toSorted()).toEqual(both);
    expect(await find({ city, mode: "OFFLINE" })).toEqual([b.id]);
    expect(await find({ city, minimumRate: "60001" })).toEqual([b.id]);
    expect(await find({ city, minimumRate: "50000", maximumRate: "60000" })).toEqual([a.id]);
    expect(await find({ city, currency: "INR" })).toEqual([]);
  });

  it("002-25: searches headline, bio and subjects by beginnings, in any order, without accents, and forgives slips", async () => {
    const token = randomUUID().replaceAll(/[^a-z]/g, "");
    const subject = await buildSubject(test.owner, { name: `Termodinamika ${token}` });
    const tutor = await buildTutorProfile(test.owner, {
      headline: `Guru Kalkulus ${token}`,
      bio: `Saya dari kafé Sérénade ${token}, pengalaman olimpiade`,
      subjects: [{ subject }],
    });
    await buildTutorProfile(test.owner, { headline: "Guru Kalkulus", bio: "olimpiade" });
    for (const search of [
      `kalkulus ${token}`,
      `${token} kalk`,
      `OLIMPIADE ${token}`,
      `serenade ${token}`,
      `termodinamika ${token}`,
      `trmodinamika ${token}`,
    ])
      expect(await find({ search }), search).toEqual([tutor.id]);
    expect(await find({ search: `biologi ${token}` })).toEqual([]);
    expect(await find({ search: `${token}' | ! ( :*` })).toEqual([tutor.id]);
  });

  it("names everything that is wrong at once", async () => {
    const { errors } = await visitor.run(TUTORS, {
      filter: { minimumRating: 6, currency: "XXX", search: "x".repeat(201) },
    });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    const paths = ((errors[0]?.details ?? []) as { path: string }[]).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(["filter.currency", "filter.minimumRating", "filter.search"]);
  });
});

describe("who is listed", () => {
  it("002-03: only active and verified tutors, from the moment they are and no longer", async () => {
    const baseCity = `Kota ${randomUUID()}`;
    for (const status of ["DRAFT", "INACTIVE", "BANNED"]) await buildTutorProfile(test.owner, { baseCity, status });
    for (const verificationStatus of ["NONE", "PENDING", "REJECTED"])
      await buildTutorProfile(test.owner, { baseCity, verificationStatus });
    const tutor = await buildTutorProfile(test.owner, { baseCity });
    expect(await find({ city: baseCity })).toEqual([tutor.id]);
    await test.owner.query("update tutor_profiles set status = 'BANNED' where id = $1", [tutor.id]);
    expect(await find({ city: baseCity })).toEqual([]);
    await test.owner.query(
      "update tutor_profiles set status = 'ACTIVE' where base_city = $1 and verification_status = 'APPROVED'",
      [baseCity],
    );
    expect(await find({ city: baseCity })).toHaveLength(4);
    await test.owner.query("delete from tutor_profiles where id = $1", [tutor.id]);
    expect(await find({ city: baseCity })).toHaveLength(3);
  });

  it("002-04 002-05: follows the tutor's subjects and their names", async () => {
    const subject = await buildSubject(test.owner);
    const tutor = await buildTutorProfile(test.owner, { subjects: [{ subject }] });
    await test.owner.query("update subjects set name = 'Zoologi Purba' where id = $1", [subject.id]);
    expect(await find({ search: "zoologi purba" })).toEqual([tutor.id]);
    await test.owner.query("update subjects set is_active = false where id = $1", [subject.id]);
    expect(await find({ subject: subject.slug })).toEqual([]);
    await test.owner.query("update subjects set is_active = true where id = $1", [subject.id]);
    expect(await find({ subject: subject.slug })).toEqual([tutor.id]);
    await test.owner.query("delete from tutor_subjects where tutor_id = $1", [tutor.id]);
    expect(await find({ subject: subject.slug })).toEqual([]);
  });

  it("keeps both of two changes that happen at once", async () => {
    const subject = await buildSubject(test.owner);
    const tutor = await buildTutorProfile(test.owner, { headline: "Sebelum" });
    const [one, two] = [await test.owner.connect(), await test.owner.connect()];
    try {
      await one.query("begin");
      await one.query("update tutor_profiles set headline = 'Sesudahnya' where id = $1", [tutor.id]);
      const second = two.query("insert into tutor_subjects (tutor_id, subject_id, level) values ($1, $2, 'SD')", [
        tutor.id,
        subject.id,
      ]);
      await eventually(async () => {
        const { rowCount } = await test.owner.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return rowCount === 0 ? undefined : true;
      });
      await one.query("commit");
      await second;
    } finally {
      one.release();
      two.release();
    }
    expect(await find({ search: "sesudahnya", subject: subject.slug })).toEqual([tutor.id]);
  });
});

describe("the order", () => {
  it("C-10: recommends by a Bayesian mean, so that new tutors are found between the good and the bad", async () => {
    const baseCity = `Kota ${randomUUID()}`;
    const times = (rating: number, count: number) => Array.from({ length: count }, () => rating);
    const excellent = await buildTutorProfile(test.owner, { baseCity, ratings: times(5, 30) });
    const lucky = await buildTutorProfile(test.owner, { baseCity, ratings: [5] });
    const fresh = await buildTutorProfile(test.owner, { baseCity });
    const poor = await buildTutorProfile(test.owner, { baseCity, ratings: times(3, 30) });
    expect(await find({ city: baseCity })).toEqual([excellent.id, lucky.id, fresh.id, poor.id]);
    expect(await find({ city: baseCity, minimumRating: 4 })).toEqual([excellent.id, lucky.id, fresh.id]);
    expect(await find({ city: baseCity, isNew: true })).toEqual([lucky.id, fresh.id]);
    expect(await find({ city: baseCity, isNew: false })).toEqual([excellent.id, poor.id]);
    const { tutors } = await visitor.data<Tutors>(TUTORS, { filter: { city: baseCity } });
    expect(tutors.edges.map(({ node }) => [node.isNew, node.rating, node.ratingCount])).toEqual([
      [false, 5, 30],
      [true, 5, 1],
      [true, null, 0],
      [false, 3, 30],
    ]);
    const { rows } = await test.owner.query<{ score: number }>(
      "select score from tutor_listings where city = $1 order by score",
      [baseCity.toLowerCase()],
    );
    // (sum of ratings + 5 · 4.3) / (count + 5)
    const expected = [111.5 / 35, 4.3, 26.5 / 6, 171.5 / 35];
    for (const [index, { score }] of rows.entries()) expect(score).toBeCloseTo(expected[index] ?? 0, 10);
  });

  it("002-25: sorts by price, and by experience", async () => {
    const baseCity = `Kota ${randomUUID()}`;
    const cheap = await buildTutorProfile(test.owner, { baseCity, hourlyRateMinor: 50_000, completedLessonsCount: 5 });
    const dear = await buildTutorProfile(test.owner, { baseCity, hourlyRateMinor: 200_000, completedLessonsCount: 50 });
    const rupees = await buildTutorProfile(test.owner, {
      baseCity,
      hourlyRateMinor: 100,
      currency: "INR",
      completedLessonsCount: 9,
    });
    expect(await find({ city: baseCity }, "PRICE_ASC")).toEqual([cheap.id, dear.id]);
    expect(await find({ city: baseCity }, "PRICE_DESC")).toEqual([dear.id, cheap.id]);
    expect(await find({ city: baseCity }, "EXPERIENCE")).toEqual([dear.id, rupees.id, cheap.id]);
  });

  it.each(["RECOMMENDED", "PRICE_ASC", "PRICE_DESC", "EXPERIENCE"])(
    "pages through %s without gaps or repetition, also among equals",
    async (orderBy) => {
      const baseCity = `Kota ${randomUUID()}`;
      for (const index of [0, 1, 2, 3, 4, 5, 6]) {
        const ratings = index % 3 === 0 ? [5, 4, 4] : [];
        await buildTutorProfile(test.owner, {
          baseCity,
          ratings,
          hourlyRateMinor: 50_000 + (index % 2),
          completedLessonsCount: index % 3,
        });
      }
      const whole = await find({ city: baseCity }, orderBy);
      expect(whole).toHaveLength(7);
      const paged: string[] = [];
      let after: string | undefined;
      do {
        const { tutors } = await visitor.data<Tutors>(TUTORS, { filter: { city: baseCity }, orderBy, first: 2, after });
        paged.push(...tutors.edges.map(({ node }) => node.id));
        after = tutors.pageInfo.hasNextPage ? tutors.pageInfo.endCursor : undefined;
      } while (after !== undefined);
      expect(paged).toEqual(whole);
    },
  );

  it("refuses the cursor of another order", async () => {
    await buildTutorProfile(test.owner, { ratings: [5, 4, 4] });
    await buildTutorProfile(test.owner);
    const { tutors } = await visitor.data<Tutors>(TUTORS, { orderBy: "PRICE_ASC", first: 1 });
    const { errors } = await visitor.run(TUTORS, { orderBy: "RECOMMENDED", after: tutors.pageInfo.endCursor });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "after" }] }]);
  });
});

it("answers with the same number of SQL statements for one tutor as for many", async () => {
  const build = async (count: number): Promise<BuiltSubject> => {
    const subject = await buildSubject(test.owner);
    for (let built = 0; built < count; built += 1) await buildTutorProfile(test.owner, { subjects: [{ subject }] });
    return subject;
  };
  const [one, many] = [await build(1), await build(5)];
  const statementsFor = (subject: BuiltSubject) =>
    test.statementsOf(() => visitor.data(TUTORS, { filter: { subject: subject.slug } }));
  await statementsFor(one);
  const [few, lots] = [await statementsFor(one), await statementsFor(many)];
  expect(lots).toHaveLength(few.length);
  expect(few.length).toBeGreaterThan(0);
});

describe("with 20,000 tutors", () => {
  beforeAll(async () => {
    await test.owner.query(
      `insert into tutor_profiles (user_id, headline, bio, teaching_modes, base_city, hourly_rate_minor, status,
         verification_status, rating_sum, rating_count, completed_lessons_count, updated_at)
       select uuidv7(), 'Guru ' || md5(n::text), 'Pengalaman ' || md5((n % 500)::text), '{ONLINE}', 'Kota ' || n % 50, 50000 + n % 200,
         'ACTIVE', 'APPROVED', 4 * (n % 40), n % 40, n % 300, now()
       from generate_series(1, 20000) n`,
    );
    const subject = await buildSubject(test.owner, { slug: "langka" });
    await test.owner.query(
      `insert into tutor_subjects (tutor_id, subject_id, level)
       select id, $1, 'SMA' from tutor_profiles where headline like 'Guru a1%'`,
      [subject.id],
    );
    await test.owner.query("vacuum analyze tutor_profiles, tutor_listings, tutor_subjects");
  }, 60_000);

  const explain = async (sql: string, values?: unknown[]): Promise<string> =>
    asViewer(anonymous, async () => {
      const { rows } = await test.subgraph.pool.query<{ "QUERY PLAN": string }>(sql, values);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });

  /** PostgreSQL's plan of the store's own statement, with the subgraph's role and a visitor's rights. */
  async function planOf(
    filter: TutorFilter,
    orderBy: TutorOrder,
    spelling: Criteria["spelling"] = "EXACT",
  ): Promise<string> {
    const plans: string[] = [];
    const explainer = {
      $queryRaw: async (strings: TemplateStringsArray, ...values: unknown[]) => {
        const { text, values: parameters } = Prisma.sql(strings, ...values);
        plans.push(await explain(`explain ${text}`, parameters));
        return [];
      },
    };
    const criteria = { ...criteriaOf(validate(tutorFilterRules, filter, "filter"), orderBy), spelling };
    await findHits(explainer as unknown as Transaction, criteria, orderBy, { take: 21, beyond: null });
    return plans.join("\n");
  }

  it.each([
    ["RECOMMENDED", "tutor_listings_score_tutor_id_idx"],
    ["PRICE_ASC", "tutor_listings_currency_hourly_rate_minor_tutor_id_idx"],
    ["PRICE_DESC", "tutor_listings_currency_hourly_rate_minor_tutor_id_idx"],
    ["EXPERIENCE", "tutor_listings_completed_lessons_count_tutor_id_idx"],
  ] as const)("002-25: reads a page in the order %s from an index, without sorting", async (orderBy, index) => {
    const plan = await planOf({}, orderBy);
    expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan|Sort/);
  });

  it("002-25: reads the profiles of a page by an index", async () => {
    const statements = await test.statementsOf(() =>
      visitor.data("{ tutors(first: 20) { edges { node { id headline } } } }"),
    );
    const ofProfiles = statements.filter((text) => text.includes("tutor_profiles"));
    expect(ofProfiles).toHaveLength(1);
    const plan = await explain(`explain (generic_plan) ${ofProfiles.join("")}`);
    expect(plan).toContain("tutor_profiles_pkey");
    expect(plan).not.toContain("Seq Scan");
  });

  it.each([
    ["words", { search: "guru a1b2" }, "EXACT", "tutor_listings_words_idx"],
    ["misspelt words", { search: "guru a1b2" }, "NEARLY", "tutor_listings_text_idx"],
    ["a rare subject", { subject: "langka" }, "EXACT", "tutor_listings_offerings_idx"],
    ["a city", { city: "kota 7" }, "EXACT", "tutor_listings_city_score_tutor_id_idx"],
  ] as const)("002-25: finds %s by an index", async (_, filter, spelling, index) => {
    const plan = await planOf(filter, "RECOMMENDED", spelling);
    expect(plan).toContain(index);
    expect(plan).not.toContain("Seq Scan");
  });
});
