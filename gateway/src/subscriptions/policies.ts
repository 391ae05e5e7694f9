import { type DocumentNode, Kind, type SelectionSetNode, getOperationAST } from "graphql";
import type { SlowPolicy } from "./subscriber.js";

/** By field of `Subscription`. Every result of these is the whole state, so that the newest replaces those before it. */
const POLICIES: Readonly<Record<string, SlowPolicy>> = {
  leaderboardChanged: "COALESCE",
  importProgressed: "COALESCE",
};

/** What happens to a slow subscriber of this subscription: CLOSE unless its field is declared otherwise. */
export function policyFor(document: DocumentNode, operationName: string | undefined): SlowPolicy {
  const field = rootFieldOf(document, getOperationAST(document, operationName)?.selectionSet);
  return (field !== undefined && Object.hasOwn(POLICIES, field) ? POLICIES[field] : undefined) ?? "CLOSE";
}

/** A valid subscription has one root field, perhaps inside fragments. */
function rootFieldOf(document: DocumentNode, selectionSet: SelectionSetNode | undefined): string | undefined {
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind === Kind.FIELD) return selection.name.value;
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFieldOf(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
    );
    if (fragment?.kind === Kind.FRAGMENT_DEFINITION) return rootFieldOf(document, fragment.selectionSet);
  }
  return undefined;
}
