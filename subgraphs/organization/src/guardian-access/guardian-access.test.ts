import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildGuardianLink, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { type Access, AccessRecorder } from "./access-recorder.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date("2026-11-20T16:30:00Z");

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const ENTITIES = `query ($people: [_Any!]!) {
  _entities(representations: $people) { ... on User { viewerAccess { viewScores ...more } } }
}
fragment more on ViewerAccess { viewStudyTime }`;
const LOG = `query ($first: Int, $after: String) { accessLog(first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage } edges { node { day kind readCount guardian { fullName } } } } }`;

interface Log {
  accessLog: {
    totalCount: number;
    pageInfo: { endCursor: string; hasNextPage: boolean };
    edges: { node: { day: string; kind: string; readCount: number; guardian: { fullName: string } } }[];
  };
}

async function family() {
  const guardian = await buildUser(db, { role: "GUARDIAN", fullName: "Ibu Ratna" });
  const { studentId } = await buildGuardianLink(db, {
    guardianId: guardian.id,
    status: "VERIFIED",
    viewStudyTime: false,
  });
  return {
    studentId,
    guardian: test.as(buildViewer({ userId: guardian.id, role: "GUARDIAN" })),
    student: test.as(buildViewer({ userId: studentId })),
    reference: { people: [{ __typename: "User", id: studentId }] },
  };
}

describe("000-44: the access log", () => {
  it("counts what each guardian read, by kind and by the student's day, and the student reads it page by page", async () => {
    const { guardian, student, reference } = await family();
    now = new Date("2026-11-20T16:30:00Z");
    await guardian.data(ENTITIES, reference);
    await guardian.data(ENTITIES, reference);
    await guardian.data("{ viewer { children { id } } }");
    now = new Date("2026-11-20T17:30:00Z");
    await guardian.data(ENTITIES, reference);
    const log = await eventually(async () => {
      const { accessLog } = await student.data<Log>(LOG);
      return accessLog.edges.reduce((sum, { node }) => sum + node.readCount, 0) === 4 ? accessLog : undefined;
    });
    const seen = log.edges.map(({ node }) => `${node.day} ${node.kind} ${node.readCount} ${node.guardian.fullName}`);
    expect(seen.toSorted()).toEqual([
      "2026-11-20 PROFILE 1 Ibu Ratna",
      "2026-11-20 SCORES 2 Ibu Ratna",
      "2026-11-21 SCORES 1 Ibu Ratna",
    ]);
    const first = (await student.data<Log>(LOG, { first: 1 })).accessLog;
    expect([first.totalCount, first.pageInfo.hasNextPage, first.edges[0]!.node.day]).toEqual([3, true, "2026-11-21"]);
    const rest = (await student.data<Log>(LOG, { first: 5, after: first.pageInfo.endCursor })).accessLog;
    expect(rest.edges).toHaveLength(2);
  });

  it("is the student's alone", async () => {
    const { guardian, student, reference } = await family();
    await guardian.data(ENTITIES, reference);
    await eventually(async () => ((await student.data<Log>(LOG)).accessLog.totalCount > 0 ? true : undefined));
    expect((await guardian.data<Log>(LOG)).accessLog.totalCount).toBe(0);
  });

  it("knows nothing of a student who looks at their own page", async () => {
    const { guardian, student, reference } = await family();
    await student.data(ENTITIES, reference);
    await guardian.data(ENTITIES, reference);
    const log = await eventually(async () => {
      const { accessLog } = await student.data<Log>(LOG);
      return accessLog.edges.length > 0 ? accessLog : undefined;
    });
    expect(log.edges.map(({ node }) => [node.guardian.fullName, node.readCount])).toEqual([["Ibu Ratna", 1]]);
  });

  it("User.viewerAccess for 1,000 students takes as many statements as for one, and one to write down", async () => {
    const { id: guardianId } = await buildUser(db, { role: "TUTOR" });
    const students = Array.from({ length: 1000 }, (_, index) => ({
      fullName: `Murid ${index}`,
      role: "STUDENT" as const,
    }));
    const created = await db.user.createManyAndReturn({ data: students, select: { id: true } });
    const link = { guardianId, relationship: "TUTOR", status: "VERIFIED", verifiedAt: new Date() } as const;
    await db.guardianLink.createMany({ data: created.map(({ id: studentId }) => ({ ...link, studentId })) });
    const client = test.as(buildViewer({ userId: guardianId, role: "TUTOR" }));
    const people = created.map(({ id }) => ({ __typename: "User", id }));
    const statementsFor = async (count: number) => {
      const expected = await db.guardianAccess.aggregate({ where: { guardianId }, _sum: { readCount: true } });
      const before = expected._sum.readCount ?? 0;
      return test.statementsOf(async () => {
        const { _entities } = await client.data<{ _entities: { viewerAccess: { viewScores: boolean } }[] }>(ENTITIES, {
          people: people.slice(0, count),
        });
        expect(_entities.filter(({ viewerAccess }) => viewerAccess.viewScores)).toHaveLength(count);
        await eventually(async () => {
          const { _sum } = await db.guardianAccess.aggregate({ where: { guardianId }, _sum: { readCount: true } });
          return _sum.readCount === before + 2 * count ? true : undefined;
        });
      });
    };
    const [one, many] = [await statementsFor(1), await statementsFor(1000)];
    expect(many.length).toBe(one.length);
    expect(many.filter((text) => text.includes("guardian_accesses"))).toHaveLength(1);
  });
});

describe("a recorder of accesses", () => {
  const access: Access = { guardianId: "g", studentId: "s", kind: "SCORES", readCount: 1, at: now };

  it("keeps what could not be written and tries again", async () => {
    const failures: unknown[] = [];
    const written: Access[][] = [];
    const recorder = new AccessRecorder((error) => failures.push(error));
    const write = async (accesses: readonly Access[]) => {
      if (failures.length === 0) throw new Error("the database is away");
      written.push([...accesses]);
    };
    recorder.note(access, write);
    recorder.note(access, write);
    await recorder.written();
    expect(failures).toHaveLength(1);
    expect(written).toEqual([[{ ...access, readCount: 2 }]]);
  });

  it("tells what is lost when it must close while nothing can be written", async () => {
    const lost: number[] = [];
    const recorder = new AccessRecorder((_error, count) => lost.push(count));
    recorder.note(access, () => Promise.reject(new Error("the database is away")));
    await recorder.close();
    expect(lost).toEqual([1]);
  });
});
