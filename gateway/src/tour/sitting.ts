import { randomUUID } from "node:crypto";
import type { Visitor } from "./client.js";
import { type Guide, codeOf, insist } from "./guide.js";

interface Paper {
  readonly id: string;
  readonly status: string;
  readonly deadline: string;
  readonly items: readonly {
    readonly id: string;
    readonly subtest: string;
    readonly stem: string;
    readonly options: readonly { readonly key: string }[];
  }[];
}
export interface Result {
  readonly id: string;
  readonly status: string;
  readonly score: {
    readonly scaled: number;
    readonly ability: number;
    readonly standardError: number;
    readonly interval: { readonly low: number; readonly high: number };
  };
  readonly subtestScores: readonly {
    readonly subtest: string;
    readonly scaled: number;
    readonly correct: number;
    readonly total: number;
  }[];
}
export interface Ranking {
  readonly entries: readonly {
    readonly rank: number;
    readonly points: number;
    readonly user: { readonly id: string; readonly fullName: string };
  }[];
}

export async function visitTryout({ say, signIn }: Guide): Promise<void> {
  const student = await signIn("student@nusantara.test");
  const { tryouts } = await student.ask<{
    tryouts: { edges: { node: { id: string; title: string; subtests: { code: string; itemCount: number }[] } }[] };
  }>(
    "{ tryouts(first: 5) { edges { node { id title durationMinutes subtests { code name itemCount durationMinutes } } } } }",
  );
  const tryout = tryouts.edges[0]?.node;
  insist(tryout !== undefined, "No tryout is offered");

  const { leaderboard } = await student.ask<{ leaderboard: Ranking & { id: string } }>(
    "{ leaderboard(scope: GLOBAL) { id entries(first: 5) { rank points user { id fullName } } } }",
  );
  const watching = student.listen<{ leaderboardChanged: Ranking }>(
    `subscription ($id: ID!) { leaderboardChanged(leaderboardId: $id) { entries(first: 5) { rank points user { id fullName } } } }`,
    { id: leaderboard.id },
  );
  const moved = watching.next(() => true);
  moved.catch(() => undefined);
  await watching.ready();

  const start = { tryoutId: tryout.id, key: randomUUID() };
  const paper = await startPaper(student, start);
  insist((await startPaper(student, start)).id === paper.id, "Starting twice gave two sittings");
  insist(
    paper.items.length === tryout.subtests.reduce((sum, { itemCount }) => sum + itemCount, 0),
    "The paper is not complete",
  );
  say(
    `${student.tokens.user.fullName} starts “${tryout.title}”: ${paper.items.length} items, until ${paper.deadline}.`,
  );

  const answers = paper.items.map((item, index) => ({
    clientId: randomUUID(),
    itemId: item.id,
    response: [item.options[index % item.options.length]?.key ?? ""],
    answeredAt: new Date().toISOString(),
    elapsedMs: 30_000,
  }));
  const first = await saveAnswers(student, paper.id, answers);
  const second = await saveAnswers(student, paper.id, answers);
  insist(
    first.every((status) => status === "SAVED"),
    "An answer was not saved",
  );
  insist(
    second.every((status) => status === "ALREADY_SAVED"),
    "A repeated answer was saved twice",
  );

  const result = await submit(student, paper.id);
  insist(result.status === "SCORED", "The attempt has no score");
  insist(
    JSON.stringify(await submit(student, paper.id)) === JSON.stringify(result),
    "Submitting again changed the score",
  );
  const { scaled, interval } = result.score;
  insist(interval.low <= scaled && scaled <= interval.high, "The score lies outside its interval");
  say(`Score ${scaled}, between ${interval.low} and ${interval.high} at 95 %.`);
  say(result.subtestScores.map(({ subtest, correct, total }) => `${subtest} ${correct}/${total}`).join(", "));

  const { leaderboardChanged } = await moved;
  await watching.stop();
  const top = leaderboardChanged.entries.map(({ rank, points, user }) => `${rank}. ${user.fullName} (${points})`);
  insist(top.length > 0, "The leaderboard is empty");
  say(`Live leaderboard: ${top.join(", ")}`);

  const others = await Promise.all(["tutor@lentera.test", "owner@warung.test", "parent@nusantara.test"].map(signIn));
  for (const other of others) {
    const answer = await other.run("query ($id: ID!) { attempt(id: $id) { id } }", { id: paper.id });
    insist(codeOf(answer) === "NOT_FOUND", `${other.tokens.user.fullName} can open the attempt`);
  }
  say("To strangers this attempt does not exist.");
}

async function startPaper(student: Visitor, variables: { tryoutId: string; key: string }): Promise<Paper> {
  const query = `mutation ($tryoutId: ID!, $key: String!) {
    startAttempt(input: { tryoutId: $tryoutId, idempotencyKey: $key }) {
      attempt { id status startedAt deadline items { id position subtest stem options { key text } } }
    }
  }`;
  return (await student.ask<{ startAttempt: { attempt: Paper } }>(query, variables)).startAttempt.attempt;
}

async function saveAnswers(student: Visitor, attemptId: string, answers: readonly object[]): Promise<string[]> {
  const query = `mutation ($attemptId: ID!, $answers: [AnswerInput!]!) {
    saveAnswers(input: { attemptId: $attemptId, answers: $answers }) { attempt { answeredCount } results { clientId status } }
  }`;
  const { saveAnswers: saved } = await student.ask<{ saveAnswers: { results: { status: string }[] } }>(query, {
    attemptId,
    answers,
  });
  return saved.results.map(({ status }) => status);
}

async function submit(student: Visitor, attemptId: string): Promise<Result> {
  const query = `mutation ($attemptId: ID!) {
    submitAttempt(input: { attemptId: $attemptId }) {
      attempt {
        id status
        score { scaled ability standardError interval { low high } }
        subtestScores { subtest scaled standardError correct total }
      }
    }
  }`;
  return (await student.ask<{ submitAttempt: { attempt: Result } }>(query, { attemptId })).submitAttempt.attempt;
}
