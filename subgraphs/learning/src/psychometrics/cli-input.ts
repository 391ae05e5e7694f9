import { z } from "zod";
import { InvalidInputError } from "./model.js";

const finite = z.number();
const blank = z.enum(["wrong", "ignore"]);
const quadrature = z
  .strictObject({ nodes: finite, min: finite, max: finite, rule: z.enum(["rectangular", "trapezoid"]).optional() })
  .optional();
const item = z.object({ a: finite.default(1), b: finite, c: finite.default(0) });
const common = { D: finite.default(1), quadrature };
const policies = { omitted: blank.default("wrong"), notReached: blank.default("wrong") };

export const scoreInput = z.object({
  ...common,
  ...policies,
  items: z.array(item),
  method: z.enum(["EAP", "MAP", "MLE", "WLE"]).default("EAP"),
  responses: z.array(z.string()),
});

export const calibrateInput = z
  .object({
    ...common,
    ...policies,
    model: z.enum(["RASCH", "1PL", "2PL", "3PL"]),
    prior: z.enum(["none", "default", "beta"]).optional(),
    responses: z.array(z.string()).optional(),
    patterns: z.array(z.tuple([z.string(), z.number().nonnegative()])).optional(),
    maxIterations: z.int().positive().optional(),
  })
  .refine(({ responses, patterns }) => (responses === undefined) !== (patterns === undefined), {
    error: "give either responses or patterns",
  });

export const adaptiveInput = z.object({
  ...common,
  items: z.array(item.extend({ id: z.union([z.string(), z.number()]).optional() })),
  responses: z.string(),
  length: z.int().positive(),
});

/**
 * Reads JSON of a given shape.
 * @throws InvalidInputError with one sentence that says where the first mistake is
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? "The input" : `"${issue.path.join(".")}"`;
  const reason = issue?.message.replace(/^Invalid input: /u, "") ?? "unknown";
  throw new InvalidInputError(`${place} is not as it must be: ${reason}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError("The standard input is not valid JSON: send one JSON object.");
  }
}
