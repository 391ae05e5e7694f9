import { randomUUID } from "node:crypto";
import { type EventEnvelope, anonymous, asViewer } from "@lentera/kit";
import { type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildNotification } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let community: TestSubgraph;
beforeAll(async () => {
  community = await startTestSubgraph("community", createSubgraph);
  await community.subgraph.startWorkers();
});
afterAll(() => community.stop());

interface Notification {
  id: string;
  title: string;
  message: string;
  createdAt: string;
  readAt: string | null;
}
interface Notifications {
  notifications: { edges: { node: Notification }[]; totalCount: number };
}

const NOTIFICATIONS = `query ($first: Int) {
  notifications(first: $first) { edges { node { id title message createdAt readAt } } totalCount }
}`;
const MARK_READ = `mutation ($id: ID!) {
  markNotificationRead(input: { notificationId: $id }) { notification { id title readAt } }
}`;

function attemptScored(studentId: string): EventEnvelope {
  return {
    id: randomUUID(),
    type: "attempt.scored",
    version: 1,
    occurredAt: "2026-11-20T07:30:00.000Z",
    data: { attemptId: randomUUID(), studentId, tryoutTitle: "Tryout UTBK 1", scaled: 612.4, points: 120 },
  };
}

async function quietQueue(): Promise<void> {
  await eventually(async () => {
    const { rows } = await community.owner.query("select from graphile_worker.jobs");
    return rows.length === 0 ? true : undefined;
  });
}

describe("the event attempt.scored", () => {
  it("000-14: becomes one notification of the student, in the language of the request", async () => {
    const student = buildViewer();
    await community.events.publish(attemptScored(student.userId));
    await quietQueue();

    const { notifications } = await community.as(student, "id").data<Notifications>(NOTIFICATIONS);
    expect(notifications).toMatchObject({
      totalCount: 1,
      edges: [
        {
          node: {
            title: "Skor tryout Anda sudah keluar",
            message: "Anda mendapat skor 612 di Tryout UTBK 1. Anda memperoleh 120 poin.",
            createdAt: "2026-11-20T07:30:00.000Z",
            readAt: null,
          },
        },
      ],
    });
    const english = await community.as(student, "en").data<Notifications>(NOTIFICATIONS);
    expect(english.notifications.edges[0]?.node.title).toBe("Your tryout has its score");
  });

  it("is consumed once when it is delivered twice, together or one after the other", async () => {
    const student = buildViewer();
    const event = attemptScored(student.userId);
    await Promise.all([community.events.publish(event), community.events.publish(event)]);
    await quietQueue();
    await community.events.publish(event);
    await quietQueue();
    const { notifications } = await community.as(student).data<Notifications>(NOTIFICATIONS);
    expect(notifications.totalCount).toBe(1);

    await community.events.publish(attemptScored(student.userId));
    await quietQueue();
    expect((await community.as(student).data<Notifications>(NOTIFICATIONS)).notifications.totalCount).toBe(2);
  });
});

describe("notifications", () => {
  it("003-73: are the caller's own, newest first", async () => {
    const reader = buildViewer();
    const older = await buildNotification(community.owner, {
      userId: reader.userId,
      createdAt: new Date("2026-11-01T00:00:00Z"),
    });
    const newer = await buildNotification(community.owner, {
      userId: reader.userId,
      createdAt: new Date("2026-11-02T00:00:00Z"),
    });
    await buildNotification(community.owner);
    const { notifications } = await community.as(reader).data<Notifications>(NOTIFICATIONS);
    expect(notifications.edges.map(({ node }) => node.id)).toEqual([newer, older]);
    expect(notifications.totalCount).toBe(2);
  });

  it("refuse nobody, and a page that is too long", async () => {
    expect((await community.as(anonymous).run(NOTIFICATIONS)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect((await community.as(buildViewer()).run(NOTIFICATIONS, { first: 101 })).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "first" }] },
    ]);
  });

  it("003-73: are hidden from others, even administrators, by the database itself", async () => {
    const reader = buildViewer();
    const id = await buildNotification(community.owner, { userId: reader.userId });
    const seenBy = async (viewer: Parameters<typeof asViewer>[0]): Promise<unknown[]> =>
      (await asViewer(viewer, () => community.subgraph.pool.query<{ id: string }>("select id from notifications")))
        .rows;
    expect(await seenBy(reader)).toEqual([{ id }]);
    expect(await seenBy(buildViewer({ role: "PLATFORM_ADMIN" }))).toEqual([]);
    expect(await seenBy(buildViewer({ role: "OWNER", staff: true, organizationId: randomUUID() }))).toEqual([]);
    expect(await seenBy(anonymous)).toEqual([]);
    const forge = asViewer(reader, () =>
      community.subgraph.pool.query(
        "insert into notifications (user_id, type, data) values ($1, 'ATTEMPT_SCORED', '{}')",
        [reader.userId],
      ),
    );
    await expect(forge).rejects.toThrow(/row-level security/);
  });
});

describe("markNotificationRead", () => {
  it("003-73: notes when it was read, and the first time stays", async () => {
    const reader = buildViewer();
    const id = await buildNotification(community.owner, { userId: reader.userId });
    interface Marked {
      markNotificationRead: { notification: Notification };
    }
    const { markNotificationRead: first } = await community.as(reader).data<Marked>(MARK_READ, { id });
    expect(first.notification).toMatchObject({ id, title: "Your tryout has its score" });
    expect(first.notification.readAt).not.toBeNull();
    const { markNotificationRead: second } = await community.as(reader).data<Marked>(MARK_READ, { id });
    expect(second.notification.readAt).toBe(first.notification.readAt);
  });

  it("003-73: is NOT_FOUND for another's, UNAUTHORIZED for nobody, VALIDATION_ERROR for what is no id", async () => {
    const id = await buildNotification(community.owner);
    expect((await community.as(buildViewer()).run(MARK_READ, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await community.as(anonymous).run(MARK_READ, { id })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect((await community.as(buildViewer()).run(MARK_READ, { id: "42" })).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.notificationId" }] },
    ]);
    const { rows } = await community.owner.query("select read_at from notifications where id = $1", [id]);
    expect(rows).toEqual([{ read_at: null }]);
  });
});
