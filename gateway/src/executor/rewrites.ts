import type { FetchDataRewrite } from "@apollo/query-planner";
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from "graphql";
import { type JsonObject, isObject } from "./json.js";

const FRAGMENT = "... on ";

/** Changes an object in place. */
export type Rewrite = (value: unknown) => void;

/** What the planner wants changed in what a subgraph is sent, or in what it answers; undefined when that is nothing. */
export function compileRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => at(schema, rewrite.path.slice(0, -1), change(rewrite)));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function change(rewrite: FetchDataRewrite): (object: JsonObject) => void {
  const field = rewrite.path.at(-1) ?? "";
  if (rewrite.kind === "ValueSetter") {
    const value: unknown = rewrite.setValueTo;
    return (object) => void (object[field] = value);
  }
  return (object) => {
    if (!Object.hasOwn(object, field)) return;
    object[rewrite.renameKeyTo] = object[field];
    delete object[field];
  };
}

function at(schema: GraphQLSchema, path: readonly string[], apply: (object: JsonObject) => void): Rewrite {
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element, depth);
      return;
    }
    if (!isObject(value)) return;
    const step = path[depth];
    if (step === undefined) apply(value);
    else if (!step.startsWith(FRAGMENT)) visit(value[step], depth + 1);
    else if (isOfType(schema, value, step.slice(FRAGMENT.length)) ?? true) visit(value, depth + 1);
  };
  return (value) => visit(value, 0);
}

/** Whether an object of an answer is of a type or one of its subtypes; undefined when it does not tell its own type. */
export function isOfType(schema: GraphQLSchema, object: JsonObject, condition: string): boolean | undefined {
  const name = object["__typename"];
  if (typeof name !== "string") return undefined;
  if (name === condition) return true;
  const type = schema.getType(name);
  const wanted = schema.getType(condition);
  if (!isAbstractType(wanted)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
