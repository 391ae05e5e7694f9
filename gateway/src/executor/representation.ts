import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import { type JsonObject, isObject, merge } from "./json.js";
import { isOfType } from "./rewrites.js";

/** What a subgraph has to be told about an object to find it as its own; undefined when the object does not know enough. */
export type Representation = (object: JsonObject) => JsonObject | undefined;

/** `nameOf` gives the name that the subgraph knows a field by. */
export function compileRepresentation(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
  nameOf: (key: string) => string,
): Representation {
  const pick = compileSelections(schema, selections, nameOf);
  return (object) => {
    const representation = pick(object);
    return typeof representation?.["__typename"] === "string" ? representation : undefined;
  };
}

function compileSelections(
  schema: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
  nameOf: (key: string) => string,
): Representation {
  const steps = selections.map((selection) => {
    if (selection.kind === "Field") {
      const key = selection.alias ?? selection.name;
      const name = nameOf(key);
      const pick =
        selection.selections === undefined ? undefined : compileSelections(schema, selection.selections, nameOf);
      return (object: JsonObject, result: JsonObject): boolean => {
        const value = object[key];
        if (value === undefined) return false;
        result[name] = pick === undefined ? value : pickEach(value, pick);
        return true;
      };
    }
    const { typeCondition } = selection;
    const pick = compileSelections(schema, selection.selections, nameOf);
    return (object: JsonObject, result: JsonObject): boolean => {
      if (typeCondition === undefined || isOfType(schema, object, typeCondition) !== true) return true;
      const picked = pick(object);
      if (picked !== undefined) merge(result, picked);
      return true;
    };
  });
  return (object) => {
    const result: JsonObject = {};
    return steps.every((step) => step(object, result)) ? result : undefined;
  };
}

function pickEach(value: unknown, pick: Representation): unknown {
  if (Array.isArray(value)) return value.map((element) => pickEach(element, pick));
  return isObject(value) ? (pick(value) ?? null) : null;
}
