import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../tools/vitest/system.ts";
import { Visitor } from "../src/tour/client.js";
import { Program } from "./program.ts";

let directory: string;
let port: number;
let running: Program;

const start = async (): Promise<void> => {
  running = new Program("all-in-one", { PORT: String(port), LENTERA_DATA_DIR: directory });
  await running.says("Lentera is ready");
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lentera-crash-"));
  port = await freePort();
  await start();
});
afterAll(async () => {
  await running.stop();
  await rm(directory, { recursive: true, force: true });
});

async function signIn(): Promise<Visitor> {
  const { signIn: session } = await new Visitor(`http://localhost:${port}`).ask<{ signIn: { accessToken: string } }>(
    "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }",
    { input: { email: "student@nusantara.test", password: "lentera-demo" } },
  );
  return new Visitor(`http://localhost:${port}`, session.accessToken);
}

interface Paper {
  id: string;
  answeredCount: number;
  items: { id: string; response: string[]; options: { key: string }[] }[];
}

async function startAttempt(student: Visitor): Promise<Paper> {
  const { tryouts } = await student.ask<{ tryouts: { edges: { node: { id: string } }[] } }>(
    "{ tryouts(first: 1) { edges { node { id } } } }",
  );
  const { startAttempt: started } = await student.ask<{ startAttempt: { attempt: Paper } }>(
    `mutation ($input: StartAttemptInput!) {
      startAttempt(input: $input) { attempt { id answeredCount items { id response options { key } } } }
    }`,
    { input: { tryoutId: tryouts.edges[0]?.node.id, idempotencyKey: randomUUID() } },
  );
  return started.attempt;
}

async function save(student: Visitor, attemptId: string, answers: object[]): Promise<string[]> {
  const { saveAnswers } = await student.ask<{ saveAnswers: { results: { status: string }[] } }>(
    "mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) { results { clientId status } } }",
    { input: { attemptId, answers } },
  );
  return saveAnswers.results.map(({ status }) => status);
}

const SUBMIT = `mutation ($input: SubmitAttemptInput!) {
  submitAttempt(input: $input) { attempt { status score { scaled } subtestScores { subtest correct total } } }
}`;

describe("kill -9 between saving and submitting", () => {
  it("loses no saved answer, and replays change nothing", async () => {
    const before = await signIn();
    const paper = await startAttempt(before);
    const answers = paper.items.map(({ id, options }) => ({
      clientId: randomUUID(),
      itemId: id,
      response: [options[0]?.key],
      answeredAt: new Date().toISOString(),
      elapsedMs: 1000,
    }));
    expect(new Set(await save(before, paper.id, answers))).toEqual(new Set(["SAVED"]));

    await running.stop("SIGKILL");
    await start();

    const after = await signIn();
    const resumed = await startAttempt(after);
    expect([resumed.id, resumed.answeredCount]).toEqual([paper.id, answers.length]);
    expect(resumed.items.map(({ response }) => response)).toEqual(answers.map(({ response }) => response));
    expect(new Set(await save(after, paper.id, answers))).toEqual(new Set(["ALREADY_SAVED"]));
    const submit = () => after.ask(SUBMIT, { input: { attemptId: paper.id } });
    const first = await submit();
    expect(first).toMatchObject({ submitAttempt: { attempt: { status: "SCORED" } } });

    await running.stop("SIGKILL");
    await start();
    const again = await (await signIn()).ask(SUBMIT, { input: { attemptId: paper.id } });
    expect(again).toEqual(first);
  });
});
