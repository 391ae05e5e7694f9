import { randomUUID } from "node:crypto";
import {
  type GraphQLNamedType,
  buildSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { buildExam } from "../../prisma/seed/exam.js";
import { Visitor } from "../src/tour/client.js";

const url = inject("lenteraUrl");
let student: Visitor;
let publicSchema: ReturnType<typeof buildSchema>;

beforeAll(async () => {
  const { signIn } = await new Visitor(url).ask<{ signIn: { accessToken: string } }>(
    "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }",
    { input: { email: "student@nusantara.test", password: "lentera-demo" } },
  );
  student = new Visitor(url, signIn.accessToken);
  publicSchema = buildSchema(await (await fetch(`${url}/schema.graphql`)).text());
});

/** Types for those who write questions; every way to them is refused to students (learning's
 * question.test.ts), and for reviews, which stay closed until the tryout allows them (tryout.test.ts). */
const AUTHORS = /^(Question|ReviewedItem|ExplanationTranslation|(Create|Update|Revise|Move|Set)Question)/;

/** Everything that can be selected of a type without arguments, down to a depth. */
function everythingOf(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const of = getNamedType(field.type);
    if (isLeafType(of)) return [field.name];
    const inner = depth === 0 ? "" : everythingOf(of, depth - 1);
    return inner === "" ? [] : [`${field.name} ${inner}`];
  });
  return fields.length === 0 ? "" : `{ ${fields.join(" ")} }`;
}

describe("000-36: an answer key", () => {
  it("is nowhere in what a student can read of a sitting, before and after submitting", async () => {
    const { tryouts } = await student.ask<{ tryouts: { edges: { node: { id: string } }[] } }>(
      "{ tryouts(first: 1) { edges { node { id } } } }",
    );
    const everything = everythingOf(publicSchema.getType("Attempt")!, 3);
    const { startAttempt } = await student.ask<{
      startAttempt: { attempt: { id: string; items: { stem: string }[] } };
    }>(`mutation ($input: StartAttemptInput!) { startAttempt(input: $input) { attempt ${everything} } }`, {
      input: { tryoutId: tryouts.edges[0]!.node.id, idempotencyKey: randomUUID() },
    });
    const { submitAttempt } = await student.ask<{ submitAttempt: { attempt: object } }>(
      `mutation ($input: SubmitAttemptInput!) { submitAttempt(input: $input) { attempt ${everything} } }`,
      { input: { attemptId: startAttempt.attempt.id } },
    );
    const bank = new Map(buildExam().items.map((item) => [item.stem, item]));
    const items = startAttempt.attempt.items.flatMap(({ stem }) => bank.get(stem) ?? []);
    expect(items.length).toBe(startAttempt.attempt.items.length);
    const read = JSON.stringify([startAttempt, submitAttempt]);
    for (const { explanation } of items) expect(read).not.toContain(JSON.stringify(explanation).slice(1, -1));
    for (const item of startAttempt.attempt.items)
      expect(Object.keys(item).toSorted()).toEqual(
        [
          "id",
          "imageIds",
          "kind",
          "options",
          "passage",
          "position",
          "response",
          "stem",
          "subtest",
          "translations",
        ].filter((field) => field in item),
      );
  });

  it("has no field in the public schema but on the authors' types, which no other type leads to, and after an answer in practice", () => {
    const types = Object.values(publicSchema.getTypeMap()).filter(
      (type) =>
        isObjectType(type) && !type.name.startsWith("__") && !AUTHORS.test(type.name) && type.name !== "PracticeResult",
    );
    const ways = types.flatMap((type) =>
      isObjectType(type) && type.name !== "Query" && type.name !== "Mutation"
        ? Object.values(type.getFields()).map((field) => `${type.name}.${field.name}: ${getNamedType(field.type).name}`)
        : [],
    );
    expect(ways.filter((way) => /: Question(Key|Version)?$/.test(way))).toEqual([]);
    const names = types.flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));
    expect(names.filter((name) => /correct(Answer|Option|Key)|answerKey|explanation|guessing/i.test(name))).toEqual([]);
  });
});
