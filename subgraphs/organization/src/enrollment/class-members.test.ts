import type { EventEnvelope } from "@lentera/kit";
import { type TestSubgraph, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildClass, buildEnrollment, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { classMembersChanged } from "../events.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
const heard: EventEnvelope[] = [];

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
  await test.events.subscribe("test", [classMembersChanged.type], async (event) => void heard.push(event));
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

/** The next `count` events, by class. */
async function next(count: number) {
  const events = await eventually(async () => (heard.length >= count ? heard.splice(0) : undefined));
  return Object.fromEntries(
    events.map(({ data }) => {
      const { classId, joined, left } = classMembersChanged.data.parse(data);
      return [classId, { joined: joined.toSorted(), left: left.toSorted() }];
    }),
  );
}

it("000-33: whoever begins or ceases to be in a class is told of, once for each class and statement", async () => {
  const first = await buildClass(db);
  const second = await buildClass(db, { organizationId: first.organizationId });
  const { organizationId } = first;
  const students = [(await buildUser(db)).id, (await buildUser(db)).id].toSorted();
  await db.enrollment.createMany({
    data: students.map((studentId) => ({ organizationId, studentId, classId: first.id })),
  });
  expect(await next(1)).toEqual({ [first.id]: { joined: students, left: [] } });

  await db.enrollment.updateMany({ where: { organizationId }, data: { classId: second.id } });
  expect(await next(2)).toEqual({
    [first.id]: { joined: [], left: students },
    [second.id]: { joined: students, left: [] },
  });

  await db.enrollment.updateMany({ where: { organizationId }, data: { targetMajor: "Kedokteran" } });
  await db.enrollment.updateMany({
    where: { studentId: students[0]! },
    data: { status: "GRADUATED", endedAt: new Date() },
  });
  expect(await next(1)).toEqual({ [second.id]: { joined: [], left: [students[0]] } });

  const { classId, studentId } = await buildEnrollment(db);
  expect(await next(1)).toEqual({ [classId!]: { joined: [studentId], left: [] } });
});
