import { randomUUID } from "node:crypto";
import { type Answer, Visitor } from "./client.js";

const PASSWORD = "lentera-demo";

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string; readonly fullName: string; readonly role: string };
}

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { accessToken refreshToken expiresAt user { id fullName role } }
}`;
const REFRESH = `mutation ($token: String!) {
  refreshSession(input: { refreshToken: $token }) { accessToken refreshToken expiresAt user { id fullName role } }
}`;

/** Somebody who has signed in. */
interface Guest extends Visitor {
  readonly tokens: Tokens;
}

/** What one stop of the tour needs. */
interface Guide {
  readonly baseUrl: string;
  readonly say: (line: string) => void;
  readonly signIn: (email: string) => Promise<Guest>;
}

/**
 * Walks the journey through the public API: who may sign in, a tryout with its score, what parent and school see of it,
 * the live leaderboard, a conversation, and what stays hidden from whom.
 * @returns 0 when everything was as it should be, else 1
 */
export async function runTour(baseUrl: string, say: (line: string) => void): Promise<0 | 1> {
  const guide: Guide = {
    baseUrl,
    say: (line) => say(`    ${line}`),
    signIn: async (email) => {
      const { signIn } = await new Visitor(baseUrl).ask<{ signIn: Tokens }>(SIGN_IN, { email, password: PASSWORD });
      return Object.assign(new Visitor(baseUrl, signIn.accessToken), { tokens: signIn });
    },
  };
  say(`A tour of Lentera at ${baseUrl}`);
  let failures = 0;
  for (const [name, stop] of STOPS) {
    say(`\n  ${name}`);
    try {
      await stop(guide);
    } catch (error) {
      failures += 1;
      say(`    ✗ ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  say(failures === 0 ? "\nEverything is as it should be." : `\n${failures} of ${STOPS.length} stops went wrong.`);
  return failures === 0 ? 0 : 1;
}

const STOPS: readonly (readonly [string, (guide: Guide) => Promise<void>])[] = [
  ["The house is open", visitEntrance],
  ["Everybody signs in", visitSignIn],
  ["A student sits a tryout, and the leaderboard moves", visitTryout],
  ["The parent follows", visitParent],
  ["Parent and child talk", visitConversation],
  ["The school looks at its classes", visitSchool],
  ["The platform's admin looks at the whole", visitPlatform],
  ["Tutors and money", visitMarket],
];

async function visitEntrance({ baseUrl, say }: Guide): Promise<void> {
  for (const path of [
    "/healthz",
    "/readyz",
    "/metrics",
    "/schema.graphql",
    "/.well-known/jwks.json",
    "/graphiql",
    "/parent",
    "/school",
    "/admin",
  ]) {
    const { status } = await fetch(new URL(path, baseUrl));
    insist(status === 200, `${path} answers ${status}`);
  }
  say("Health, metrics, schema, keys, the explorer and the three dashboards answer.");
}

async function visitSignIn({ baseUrl, say, signIn }: Guide): Promise<void> {
  for (const name of [
    "admin@lentera",
    "principal@nusantara",
    "teacher@nusantara",
    "student@nusantara",
    "parent@nusantara",
    "tutor@lentera",
    "owner@warung",
  ]) {
    const { user } = (await signIn(`${name}.test`)).tokens;
    say(`${user.fullName} signs in as ${user.role}.`);
  }
  const anybody = new Visitor(baseUrl);
  const tries = [
    { email: "student@nusantara.test", password: "wrong" },
    { email: "nobody@nusantara.test", password: "wrong" },
  ];
  const [wrong, unknown] = await Promise.all(tries.map((variables) => anybody.run(SIGN_IN, variables)));
  insist(
    codeOf(wrong) === "INVALID_CREDENTIALS" && codeOf(unknown) === "INVALID_CREDENTIALS",
    "A wrong password and an unknown e-mail do not look alike",
  );
  const { tokens } = await signIn("student@nusantara.test");
  const next = (await anybody.ask<{ refreshSession: Tokens }>(REFRESH, { token: tokens.refreshToken })).refreshSession;
  const again = await anybody.run(REFRESH, { token: tokens.refreshToken });
  const stolen = await anybody.run(REFRESH, { token: next.refreshToken });
  insist(
    codeOf(again) === "INVALID_TOKEN" && codeOf(stolen) === "INVALID_TOKEN",
    "A refresh token that is used twice does not end the session",
  );
  say("A wrong password and an unknown e-mail look alike; a refresh token works once.");
}

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
interface Result {
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
interface Ranking {
  readonly entries: readonly {
    readonly rank: number;
    readonly points: number;
    readonly user: { readonly id: string; readonly fullName: string };
  }[];
}

async function visitTryout({ say, signIn }: Guide): Promise<void> {
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

async function visitParent({ say, signIn }: Guide): Promise<void> {
  const student = await signIn("student@nusantara.test");
  const parent = await signIn("parent@nusantara.test");
  const { viewer } = await parent.ask<{
    viewer: {
      children: {
        student: { id: string; fullName: string; attempts: { edges: { node: Result & { submittedAt: string } }[] } };
      }[];
    };
  }>(`{ viewer { id fullName email role permissions children {
    permissions { viewScores viewStudyTime }
    student { id fullName attempts(first: 20) { edges { node { id status submittedAt score { scaled ability standardError interval { low high } } } } } }
  } } }`);
  const child = viewer.children.find((link) => link.student.id === student.tokens.user.id)?.student;
  insist(child !== undefined, "The parent does not see the child");
  const scored = child.attempts.edges.filter(({ node }) => node.status === "SCORED");
  insist(scored.length > 0 && scored.every(({ node }) => node.score !== null), "The parent sees no score");
  say(
    `${child.fullName}'s latest scores: ${scored
      .slice(0, 5)
      .map(({ node }) => node.score.scaled)
      .join(", ")}`,
  );

  const { leaderboard } = await parent.ask<{ leaderboard: Ranking }>(
    "{ leaderboard(scope: GLOBAL) { entries(first: 20) { rank points user { id fullName } } } }",
  );
  const stranger = leaderboard.entries.find(({ user }) =>
    viewer.children.every((link) => link.student.id !== user.id),
  )?.user;
  insist(stranger !== undefined, "The leaderboard shows only own children");
  const answer = await parent.run("query ($id: ID!) { user(id: $id) { id } }", { id: stranger.id });
  insist(codeOf(answer) === "NOT_FOUND", "The parent can open somebody else's child");
  say("To this parent, other children do not exist.");
}

async function visitConversation({ say, signIn }: Guide): Promise<void> {
  const [student, parent] = [await signIn("student@nusantara.test"), await signIn("parent@nusantara.test")];
  const { conversations } = await student.ask<{
    conversations: {
      edges: {
        node: { id: string; participants: { id: string; fullName: string }[]; lastMessage: { text: string } | null };
      }[];
    };
  }>("{ conversations(first: 20) { edges { node { id participants { id fullName } lastMessage { text sentAt } } } } }");
  const conversation = conversations.edges.find(({ node }) =>
    node.participants.some(({ id }) => id === parent.tokens.user.id),
  )?.node;
  insist(conversation !== undefined, "Parent and child share no conversation");

  const listening = parent.listen<{ messageAdded: { message: { text: string; author: { fullName: string } } } }>(
    `subscription ($id: ID!) { messageAdded(conversationId: $id) { message { id text sentAt author { id fullName } } } }`,
    { id: conversation.id },
  );
  const text = `Tryout selesai! (${randomUUID().slice(0, 8)})`;
  const heard = listening.next(({ messageAdded }) => messageAdded.message.text === text);
  heard.catch(() => undefined);
  await listening.ready();
  const variables = { id: conversation.id, text, key: randomUUID() };
  const send = () =>
    student.ask<{ sendMessage: { message: { id: string } } }>(
      `mutation ($id: ID!, $text: String!, $key: String!) {
        sendMessage(input: { conversationId: $id, text: $text, idempotencyKey: $key }) { message { id text sentAt author { id fullName } } }
      }`,
      variables,
    );
  const [sent, again] = [await send(), await send()];
  insist(sent.sendMessage.message.id === again.sendMessage.message.id, "A repeated message was sent twice");
  const { message } = (await heard).messageAdded;
  await listening.stop();
  say(`${parent.tokens.user.fullName} hears live from ${message.author.fullName}: “${message.text}”`);

  const tutor = await signIn("tutor@lentera.test");
  const answer = await tutor.run(
    `mutation ($id: ID!, $text: String!, $key: String!) {
      sendMessage(input: { conversationId: $id, text: $text, idempotencyKey: $key }) { message { id } }
    }`,
    variables,
  );
  insist(codeOf(answer) === "NOT_FOUND", "A stranger can write into the conversation");
  say("To strangers this conversation does not exist.");
}

async function visitSchool({ say, signIn }: Guide): Promise<void> {
  const query = `{ classes(first: 100) { totalCount edges { node { id name studentCount performance { averageScaled completionRate distribution { from to count } } } } } }`;
  interface Classes {
    classes: {
      totalCount: number;
      edges: {
        node: {
          id: string;
          name: string;
          studentCount: number;
          performance: {
            averageScaled: number;
            completionRate: number;
            distribution: { from: number; to: number; count: number }[];
          };
        };
      }[];
    };
  }
  const [principal, teacher, owner] = [
    await signIn("principal@nusantara.test"),
    await signIn("teacher@nusantara.test"),
    await signIn("owner@warung.test"),
  ];
  const whole = (await principal.ask<Classes>(query)).classes;
  insist(whole.totalCount > 0, "The school has no classes");
  for (const { node } of whole.edges) {
    const { averageScaled, completionRate, distribution } = node.performance;
    insist(
      distribution.reduce((sum, { count }) => sum + count, 0) === Math.round(completionRate * node.studentCount),
      `The distribution of ${node.name} does not add up`,
    );
    say(
      `${node.name}: ${node.studentCount} students, average ${averageScaled}, ${Math.round(completionRate * 100)} % have a score.`,
    );
  }
  const taught = (await teacher.ask<Classes>(query)).classes;
  insist(
    taught.totalCount > 0 && taught.totalCount < whole.totalCount,
    "The teacher does not see exactly the own classes",
  );
  say(`${teacher.tokens.user.fullName} teaches and sees ${taught.totalCount} of ${whole.totalCount} classes.`);
  const answer = await owner.run("query ($id: ID!) { class(id: $id) { id } }", { id: whole.edges[0]?.node.id });
  insist(codeOf(answer) === "NOT_FOUND", "Somebody else can open the school's class");
}

async function visitPlatform({ say, signIn }: Guide): Promise<void> {
  const query = `{
    platformOverview { organizationCount userCount studentCount }
    organizations(first: 10) { totalCount edges { node { name kind status memberCount studentCount } } }
    attemptsPerDay(days: 7) { date started submitted }
  }`;
  interface Platform {
    platformOverview: { organizationCount: number; userCount: number; studentCount: number };
    organizations: { totalCount: number; edges: { node: { name: string; studentCount: number } }[] };
    attemptsPerDay: { date: string; started: number }[];
  }
  const admin = await signIn("admin@lentera.test");
  const { platformOverview, organizations, attemptsPerDay } = await admin.ask<Platform>(query);
  insist(organizations.totalCount >= 2, "The organizations are missing");
  insist(attemptsPerDay.length === 7 && attemptsPerDay.at(-1)!.started > 0, "Today's attempts are missing");
  say(
    `${platformOverview.organizationCount} organizations, ${platformOverview.userCount} users, ${platformOverview.studentCount} students.`,
  );
  say(`Attempts of the last seven days: ${attemptsPerDay.map(({ started }) => started).join(", ")}`);
  const refused = await (await signIn("principal@nusantara.test")).run(query);
  insist(codeOf(refused) === "INSUFFICIENT_PERMISSIONS", "A principal sees the platform's numbers");
}

async function visitMarket({ say, signIn }: Guide): Promise<void> {
  const owner = await signIn("owner@warung.test");
  const { tutors, accounts } = await owner.ask<{
    tutors: {
      edges: {
        node: { headline: string; user: { fullName: string }; hourlyRate: { amount: string; currency: string } };
      }[];
    };
    accounts: { edges: { node: { purpose: string; balance: { amount: string; currency: string } } }[] };
  }>(`{
    tutors(first: 3) { edges { node { headline user { fullName } hourlyRate { amount currency } } } }
    accounts(first: 5) { edges { node { purpose balance { amount currency } } } }
  }`);
  insist(tutors.edges.length === 3, "No tutors are found");
  for (const { node } of tutors.edges)
    say(`${node.user.fullName}: ${node.headline}, ${node.hourlyRate.currency} ${node.hourlyRate.amount} an hour`);
  const wallet = accounts.edges[0]?.node;
  insist(wallet !== undefined, "The wallet is missing");
  say(
    `${owner.tokens.user.fullName}'s ${wallet.purpose.toLowerCase()}: ${wallet.balance.currency} ${wallet.balance.amount}`,
  );
}

/** @throws unless `condition` holds: the tour's stop has failed */
function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

function codeOf(answer: Answer<unknown> | undefined): string {
  return answer?.errors[0]?.code ?? "none";
}
