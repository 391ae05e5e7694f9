import {
  GraphQLError,
  Kind,
  type ParseOptions,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

/** Lexical tokens of one document. */
const MAX_TOKENS = 10_000;
/** Levels of fields below the root; introspection does not count. */
const MAX_DEPTH = 15;
/** Fields that stand side by side anywhere in one document, as they are written. */
const MAX_BREADTH = 200;
/** Fields of one document that are given another name: the way to ask for the same thing many times. */
const MAX_ALIASES = 50;
/** Directives in one document. */
const MAX_DIRECTIVES = 50;
/** Fields that one operation may ask of Query, Mutation or Subscription. */
const MAX_ROOT_FIELDS = 20;

export const parseOptions: ParseOptions = { maxLexicalTokens: MAX_TOKENS };

/** Refuses operations that nest deeper than {@link MAX_DEPTH}. */
const depthLimit: ValidationRule = (context) => {
  const depthOfFragment = new Map<string, number>();

  function depthOf(selectionSet: SelectionSetNode | undefined): number {
    let deepest = 0;
    for (const selection of selectionSet?.selections ?? []) {
      switch (selection.kind) {
        case Kind.FIELD:
          if (!selection.name.value.startsWith("__")) deepest = Math.max(deepest, 1 + depthOf(selection.selectionSet));
          break;
        case Kind.INLINE_FRAGMENT:
          deepest = Math.max(deepest, depthOf(selection.selectionSet));
          break;
        case Kind.FRAGMENT_SPREAD:
          deepest = Math.max(deepest, depthOfSpread(selection.name.value));
      }
    }
    return deepest;
  }

  /** A fragment is measured once; one that contains itself (another rule refuses it) counts as 0 inside itself. */
  function depthOfSpread(name: string): number {
    const known = depthOfFragment.get(name);
    if (known !== undefined) return known;
    depthOfFragment.set(name, 0);
    const depth = depthOf(context.getFragment(name)?.selectionSet);
    depthOfFragment.set(name, depth);
    return depth;
  }

  return {
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet);
      if (depth > MAX_DEPTH)
        context.reportError(
          new GraphQLError(
            `This operation is ${depth} levels deep; the limit is ${MAX_DEPTH}. Ask for the deeper levels in a second operation.`,
            { nodes: operation },
          ),
        );
    },
  };
};

/** Refuses operations with more than {@link MAX_ROOT_FIELDS} root fields, however they are spelt. */
const rootFieldLimit: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const count = countFields(context, operation.selectionSet, new Set());
    if (count > MAX_ROOT_FIELDS)
      context.reportError(
        new GraphQLError(
          `This operation has ${count} root fields; the limit is ${MAX_ROOT_FIELDS}. Send the others in a second operation.`,
          { nodes: operation },
        ),
      );
  },
});

function countFields(context: ValidationContext, selectionSet: SelectionSetNode, seen: Set<string>): number {
  let count = 0;
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) count += 1;
    else if (selection.kind === Kind.INLINE_FRAGMENT) count += countFields(context, selection.selectionSet, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = context.getFragment(selection.name.value);
      if (fragment) count += countFields(context, fragment.selectionSet, seen);
    }
  }
  return count;
}

/** Refuses documents with more aliases, directives or neighbouring fields than anybody needs. */
const documentLimit: ValidationRule = (context) => {
  const counts = { aliases: 0, directives: 0 };
  const refuse = (what: string, count: number, limit: number): void => {
    if (count === limit + 1)
      context.reportError(
        new GraphQLError(`This document has more than ${limit} ${what}. Send the others in a second operation.`),
      );
  };
  return {
    Field({ alias }) {
      if (alias !== undefined) refuse("aliases", ++counts.aliases, MAX_ALIASES);
    },
    Directive() {
      refuse("directives", ++counts.directives, MAX_DIRECTIVES);
    },
    SelectionSet({ selections }) {
      refuse("fields side by side", Math.min(selections.length, MAX_BREADTH + 1), MAX_BREADTH);
    },
  };
};

export const validationRules: ValidationRule[] = [depthLimit, rootFieldLimit, documentLimit];
