import { randomUUID } from "node:crypto";
import { type Guide, codeOf, insist } from "./guide.js";
import type { Ranking, Result } from "./sitting.js";

export async function visitParent({ say, signIn }: Guide): Promise<void> {
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

export async function visitConversation({ say, signIn }: Guide): Promise<void> {
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
